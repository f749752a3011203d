import type { Payload, Where } from 'payload'
import type { Locale } from '../newsletter/model.ts'
import type { Article, Media, Topic } from '../payload-types.ts'
import { fallbackFor, findOutlines, languageFor } from './articleOutlines.ts'

/** What a list shows of a published article. */
export interface ArticleCard {
  id: Article['id']
  slug: string
  title: string
  excerpt: string | null
  publishedAt: string | null
  updatedAt: string
  heroImage: Media | null
  topics: Pick<Topic, 'id' | 'name' | 'slug'>[]
  /** Another one than was asked for where the article is not translated. */
  language: Locale
}

export interface ArticleCardPage {
  cards: ArticleCard[]
  page: number
  totalPages: number
}

/** Published articles as anybody sees them, the newest first. */
export async function findArticleCards({
  page = 1,
  ...query
}: Query & { page?: number }): Promise<ArticleCardPage> {
  const { docs, page: found, totalPages } = await findCardArticles({ ...query, page, pagination: true })
  return { cards: await toCards({ ...query, articles: docs }), page: found ?? 1, totalPages }
}

/** Those of the articles that anybody may see, in the order of the ids. */
export async function readArticleCards({
  payload,
  ids,
  locale,
}: {
  payload: Payload
  ids: Article['id'][]
  locale: Locale
}): Promise<ArticleCard[]> {
  if (ids.length === 0) return []
  const query = { payload, where: { id: { in: ids } }, locale, limit: ids.length }
  const { docs } = await findCardArticles({ ...query, page: 1, pagination: false })
  const cards = new Map((await toCards({ ...query, articles: docs })).map((card) => [card.id, card]))
  return ids.map((id) => cards.get(id)).filter((card) => card !== undefined)
}

interface Query {
  payload: Payload
  where?: Where
  locale: Locale
  limit: number
}

const findCardArticles = ({
  payload,
  where = {},
  locale,
  limit,
  page,
  pagination,
}: Query & { page: number; pagination: boolean }) =>
  payload.find({
    collection: 'articles',
    where,
    select: {
      title: true,
      slug: true,
      excerpt: true,
      publishedAt: true,
      updatedAt: true,
      heroImage: true,
      topics: true,
    },
    populate: { media: IMAGE, topics: { name: true, slug: true } },
    sort: '-publishedAt',
    locale,
    fallbackLocale: fallbackFor(locale),
    depth: 1,
    limit,
    page,
    pagination,
    overrideAccess: false,
  })

type CardArticle = Awaited<ReturnType<typeof findCardArticles>>['docs'][number]

async function toCards({
  payload,
  locale,
  articles,
}: Pick<Query, 'payload' | 'locale'> & { articles: CardArticle[] }): Promise<ArticleCard[]> {
  const ids = articles.map(({ id }) => id)
  const outlines =
    ids.length > 0 ? await findOutlines({ payload, where: { id: { in: ids } }, limit: ids.length }) : []
  const languages = new Map(outlines.map((outline) => [outline.id, outline.languages]))
  return articles.map((article) => ({
    id: article.id,
    slug: article.slug,
    title: article.title,
    excerpt: article.excerpt ?? null,
    publishedAt: article.publishedAt ?? null,
    updatedAt: article.updatedAt,
    heroImage: populated(article.heroImage),
    topics: (article.topics ?? []).map(populated).filter((topic) => topic !== null),
    language: languageFor(locale, languages.get(article.id) ?? [locale]),
  }))
}

/** What showing an image takes. */
export const IMAGE = { alt: true, filename: true, url: true, width: true, height: true, sizes: true } as const

/** The document that a relationship points to, or null when it is gone or not for everybody: then it is an id. */
export const populated = <Value>(value: Value): Extract<Value, object> | null =>
  typeof value === 'object' && value !== null ? (value as Extract<Value, object>) : null
