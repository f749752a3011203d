import type { Payload, Where } from 'payload'
import { toDocumentId } from '../../content/toDocumentId.ts'
import { withUnsaved } from '../../content/unsavedText.ts'
import type { Id } from '../../newsletter/model.ts'
import type { UnsavedText } from '../../newsletter/ports.ts'

/**
 * What the mailing of an article is made from besides its text, as the system reads it (who it goes to is for staff),
 * with each localised text in all its languages. Null when there is none of that id, when it is in the trash, or when
 * it does not match `where`.
 * @param draft reads the newest draft instead of what is published.
 * @param unsaved stands in the draft's place where it has a value.
 */
export async function findArticle({
  payload,
  articleId,
  where = {},
  draft = false,
  unsaved = null,
}: {
  payload: Payload
  articleId: Id
  where?: Where
  draft?: boolean
  unsaved?: UnsavedText | null
}) {
  const id = toDocumentId({ payload, text: articleId })
  if (id === null) return null
  const { docs } = await payload.find({
    collection: 'articles',
    where: { and: [{ id: { equals: id } }, where] },
    select: {
      title: true,
      excerpt: true,
      topics: true,
      relatedArticles: true,
      newsletter: true,
      visibility: true,
      createdAt: true,
      updatedAt: true,
    },
    locale: 'all',
    draft,
    depth: 0,
    limit: 1,
    pagination: false,
    overrideAccess: true,
    ...(unsaved && { context: withUnsaved({ id, ...unsaved }) }),
  })
  return docs[0] ?? null
}

export type FoundArticle = NonNullable<Awaited<ReturnType<typeof findArticle>>>
