import type { Where } from 'payload'
import type { Article } from '../payload-types.ts'

/**
 * Who reads an article once it is published.
 * - `public`: everybody.
 * - `mail_only`: those whom it is mailed to. For everybody else it is not there.
 */
export const VISIBILITIES = ['public', 'mail_only'] as const
export type Visibility = (typeof VISIBILITIES)[number]

/** The articles that everybody reads, or would, were they not in the trash. */
export const PUBLIC_BUT_FOR_TRASH: Where = {
  and: [{ _status: { equals: 'published' } }, { visibility: { equals: 'public' } }],
}

/** The articles that everybody reads. Every question of somebody who is not staff is limited to them. */
export const PUBLIC: Where = { and: [PUBLIC_BUT_FOR_TRASH, { deletedAt: { exists: false } }] }

/** Whether everybody reads the article, by what was read of it; one that is in the trash has `deletedAt`. */
export const isPublic = ({
  _status,
  visibility,
  deletedAt,
}: Partial<Pick<Article, '_status' | 'visibility' | 'deletedAt'>>): boolean =>
  _status === 'published' && visibility === 'public' && !deletedAt
