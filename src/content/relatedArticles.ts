import type { Payload } from 'payload'
import type { Locale } from '../newsletter/model.ts'
import type { Article } from '../payload-types.ts'
import { readArticleCards, type ArticleCard } from './articleCards.ts'
import { rankRelatedArticles } from './rankRelatedArticles.ts'

/**
 * What to read after an article: the ones chosen by hand, in their order; when none of those is published, at most
 * `limit` that share a topic with it. Never a draft, never the article itself; the same for the site and for the mail.
 */
export async function relatedArticles({
  payload,
  article,
  locale,
  limit,
}: {
  payload: Payload
  article: Pick<Article, 'id' | 'topics' | 'relatedArticles'>
  locale: Locale
  limit: number
}): Promise<ArticleCard[]> {
  const chosen = idsOf(article.relatedArticles).filter((id) => id !== article.id)
  const byHand = await readArticleCards({ payload, ids: chosen, locale })
  if (byHand.length > 0) return byHand
  return readArticleCards({ payload, ids: await computeRelated({ payload, article, limit }), locale })
}

/** Only the most recent ones that share a topic are compared, so that a large archive costs no more than a small one. */
const CANDIDATES = 30

async function computeRelated({
  payload,
  article,
  limit,
}: {
  payload: Payload
  article: Pick<Article, 'id' | 'topics'>
  limit: number
}): Promise<Article['id'][]> {
  const topicIds = idsOf(article.topics)
  if (topicIds.length === 0) return []
  const { docs } = await payload.find({
    collection: 'articles',
    where: { and: [{ id: { not_equals: article.id } }, { topics: { in: topicIds } }] },
    select: { topics: true, publishedAt: true },
    sort: '-publishedAt',
    depth: 0,
    limit: CANDIDATES,
    pagination: false,
    overrideAccess: false,
  })
  const candidates = docs.map(({ id, topics, publishedAt }) => ({
    id,
    topicIds: idsOf(topics),
    publishedAt: publishedAt ?? null,
  }))
  return rankRelatedArticles({ topicIds, candidates, limit })
}

const idsOf = <DocId extends number | string>(
  values: (DocId | { id: DocId })[] | null | undefined,
): DocId[] => (values ?? []).map((value) => (typeof value === 'object' ? value.id : value))
