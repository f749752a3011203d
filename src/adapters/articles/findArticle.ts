import type { Payload, Where } from 'payload'
import type { Id } from '../../newsletter/model.ts'

/**
 * What the mailing of an article is made from besides its text, as the system reads it (who it goes to is for staff),
 * with each localised text in all its languages. Null when there is none of that id, when it is in the trash, or when
 * it does not match `where`.
 */
export async function findArticle({
  payload,
  articleId,
  where = {},
}: {
  payload: Payload
  articleId: Id
  where?: Where
}) {
  const id = toDocumentId({ payload, articleId })
  if (id === null) return null
  const { docs } = await payload.find({
    collection: 'articles',
    where: { and: [{ id: { equals: id } }, where] },
    select: { title: true, excerpt: true, topics: true, relatedArticles: true, newsletter: true },
    locale: 'all',
    depth: 0,
    limit: 1,
    pagination: false,
    overrideAccess: true,
  })
  return docs[0] ?? null
}

export type FoundArticle = NonNullable<Awaited<ReturnType<typeof findArticle>>>

/** The flow's ids are text; Payload's are numbers on SQLite. Null for what can be no id of this database. */
function toDocumentId({ payload, articleId }: { payload: Payload; articleId: Id }): number | string | null {
  if (payload.db.defaultIDType === 'number') return /^\d{1,15}$/.test(articleId) ? Number(articleId) : null
  return /^[0-9a-f]{24}$/i.test(articleId) ? articleId : null
}
