import type { FieldHook } from 'payload'
import { idOf } from '../content/idOf.ts'
import type { Article } from '../payload-types.ts'

/**
 * Of a row that belongs to an article: the newest title of that, since one that was never published has no other. Null where
 * what was asked for leaves out the article.
 */
export const showTitle: FieldHook<{ id: number; article: number | Article }> = async ({
  data,
  req,
}): Promise<string | null> => {
  if (!data?.article) return null
  const article = await req.payload.findByID({
    collection: 'articles',
    id: idOf(data.article),
    draft: true,
    trash: true,
    select: { title: true },
    depth: 0,
    overrideAccess: true,
    disableErrors: true,
    req,
  })
  return article?.title || null
}
