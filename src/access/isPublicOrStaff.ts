import type { Access, PayloadRequest } from 'payload'
import { PUBLIC } from '../content/isPublic.ts'
import { isStaff } from './isStaff.ts'

const SHOWN = 'shownArticle'

/**
 * The context in which one article is read as its readers read it, or will, who see nothing else that is hidden: a draft, or
 * one that is only mailed. Payload takes a context from our own code alone, never from a request.
 */
export const asReadersOf = (id: string | number) => ({ [SHOWN]: id })

/** The id of the article that is shown to readers (asReadersOf); undefined for none. */
export const shownArticleOf = ({ context }: Pick<PayloadRequest, 'context'>): unknown => context[SHOWN]

/** Staff read everything; everybody else what is public, even when they ask for drafts or the trash. */
export const isPublicOrStaff: Access = ({ req }) => {
  if (isStaff({ req })) return true
  const shown = shownArticleOf(req)
  return shown === undefined ? PUBLIC : { or: [PUBLIC, { id: { equals: shown } }] }
}
