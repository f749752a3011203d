import type { Access, PayloadRequest, Where } from 'payload'
import { isStaff } from './isStaff.ts'

const PUBLISHED: Where = { and: [{ _status: { equals: 'published' } }, { deletedAt: { exists: false } }] }

const SHOWN = 'shownDraft'

/**
 * The context in which the newest draft of one article is read as its readers will read it, who see nothing else that is
 * unpublished. Payload takes a context from our own code alone, never from a request.
 */
export const asReadersOf = (id: string | number) => ({ [SHOWN]: id })

/** The id of the article whose draft is shown to readers (asReadersOf); undefined for none. */
export const shownDraftOf = ({ context }: Pick<PayloadRequest, 'context'>): unknown => context[SHOWN]

/** Staff read everything; everybody else what is published and not in the trash, even when they ask for the trash. */
export const isPublishedOrStaff: Access = ({ req }) => {
  if (isStaff({ req })) return true
  const shown = shownDraftOf(req)
  return shown === undefined ? PUBLISHED : { or: [PUBLISHED, { id: { equals: shown } }] }
}
