import type { Access, Where } from 'payload'
import { isStaff } from './isStaff.ts'

const PUBLISHED: Where = { and: [{ _status: { equals: 'published' } }, { deletedAt: { exists: false } }] }

/** What the newest draft of one article is read with as its readers will, who see nothing else that is unpublished. */
export const asReadersOf = (id: string | number) => ({ [SHOWN]: id })
const SHOWN = 'shownDraft'

/**
 * Staff read everything; everybody else what is published and not in the trash, even when they ask for the trash. A context
 * (`asReadersOf`) is never a request's: Payload takes it from our own code alone.
 */
export const isPublishedOrStaff: Access = ({ req }) => {
  if (isStaff({ req })) return true
  const shown = req.context?.[SHOWN]
  return shown === undefined ? PUBLISHED : { or: [PUBLISHED, { id: { equals: shown } }] }
}
