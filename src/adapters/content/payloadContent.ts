import type { Payload, Where } from 'payload'
import type { ArticlePage, ContentReader, ReadCard } from '../../content-api/ports.ts'
import type { AuthorsAnswer, Card } from '../../content-api/shapes.ts'
import type { Sort } from '../../content-api/cursor.ts'
import { populated } from '../../content/articleCards.ts'
import { fallbackFor, findOutlines, languageFor } from '../../content/articleOutlines.ts'
import { PUBLIC } from '../../content/isPublic.ts'
import { relatedArticles } from '../../content/relatedArticles.ts'
import type { Locale } from '../../newsletter/model.ts'
import type { Article, Author } from '../../payload-types.ts'
import { PUBLIC_BOUNDS } from '../../public-api/readValue.ts'
import { articleUrl } from '../../rich-text/articleUrl.ts'
import { readRichText } from '../../rich-text/readRichText.ts'
import { currentSlugOf } from '../../slugs/formerSlugs.ts'
import { whereAfter, whereOf } from './filters.ts'
import { IMAGE, toImage } from './images.ts'
import { readSite } from './site.ts'

type Id = Article['id']

const RELATED = 3

/** No article has another slug, and no question may hold one. */
const isAskable = (slug: string): boolean =>
  slug.length <= PUBLIC_BOUNDS.textLength && !/[\p{Cc}\p{Cs}]/u.test(slug)

/** The content API's reading, through Payload and as anybody may. */
export const payloadContent = ({
  payload,
  baseUrl,
}: {
  payload: Payload
  /** Absolute, without a trailing slash. */
  baseUrl: string
}): ContentReader => {
  const reading = { payload, baseUrl }
  return {
    findArticles: async ({ filter, sort, limit, from, withText }) => {
      const asked = await whereOf(payload, filter)
      const after = 'after' in from ? whereAfter(payload, from.after) : {}
      if (!asked || !after) return { articles: [], total: 'page' in from ? 0 : null, hasMore: false }
      const where = { and: [PUBLIC, asked, after] }
      const page = 'page' in from ? from.page : null
      const { ids, ...found } = await findIds({ payload, where, sort, limit, page, locale: filter.locale })
      return { articles: await readCards({ ...reading, ids, locale: filter.locale, withText }), ...found }
    },

    readArticle: async ({ slug, locale, onlyTranslated }) => {
      if (!isAskable(slug)) return null
      const [outline] = await findOutlines({ payload, where: { slug: { equals: slug } }, limit: 1 })
      if (!outline || (onlyTranslated && !outline.languages.includes(locale))) return null
      const [[article], related] = await Promise.all([
        findDocs({ payload, ids: [outline.id], locale, withText: true }),
        relatedArticles({ payload, article: outline, locale, limit: RELATED }),
      ])
      if (!article) return null
      const language = languageFor(locale, outline.languages)
      return {
        card: toCard({ article, languages: outline.languages, locale, baseUrl }),
        text: readRichText({ content: article.content, place: { baseUrl, locale: language } }),
        authors: (article.authors ?? [])
          .map(populated)
          .filter((author) => author !== null)
          .map(toAuthor),
        related: (
          await readCards({ ...reading, ids: related.map(({ id }) => id), locale, withText: false })
        ).map(({ card }) => card),
        image: toImage(article.heroImage),
      }
    },

    currentSlug: async (slug) => (isAskable(slug) ? currentSlugOf({ payload, slug }) : null),

    readTopics: async (locale) => {
      const { docs } = await payload.find({
        ...ALL_OF({ locale }),
        collection: 'topics',
        select: { name: true, slug: true, description: true },
      })
      return docs
        .map(({ id, slug, name, description }) => ({
          ...{ id: String(id), slug, name, description: description ?? null },
          url: `${baseUrl}/${locale}?topic=${encodeURIComponent(slug)}`,
        }))
        .sort((a, b) => a.name.localeCompare(b.name, locale))
    },

    readAuthors: async (locale) => {
      const { docs } = await payload.find({
        ...ALL_OF({ locale }),
        collection: 'authors',
        select: AUTHOR,
        populate: { media: IMAGE },
        depth: 1,
      })
      return docs.map(toAuthor).sort((a, b) => a.name.localeCompare(b.name, locale))
    },

    readSite: (locale) => readSite({ payload, baseUrl, locale }),

    articleUrl: ({ slug, locale }) => articleUrl({ id: '', slug, place: { baseUrl, locale } }),
  }
}

const AUTHOR = { name: true, slug: true, title: true, bio: true, portrait: true } as const

const CARD = {
  title: true,
  slug: true,
  excerpt: true,
  heroImage: true,
  authors: true,
  topics: true,
  publishedAt: true,
  updatedAt: true,
} as const
const WITH_TEXT = { ...CARD, content: true } as const

/** More than any site has. */
const MOST = 1_000
const ALL_OF = ({ locale }: { locale: Locale }) => ({
  ...{ locale, fallbackLocale: fallbackFor(locale), depth: 0, limit: MOST },
  ...{ pagination: false, overrideAccess: false },
})

/** Which articles, without anything of them. `where` keeps to what is public: no hook adds that here. */
async function findIds({
  payload,
  where,
  sort,
  limit,
  page,
  locale,
}: {
  payload: Payload
  where: Where
  sort: Sort
  limit: number
  /** Null: after a cursor, where nothing is counted. */
  page: number | null
  locale: Locale
}): Promise<Omit<ArticlePage, 'articles'> & { ids: Id[] }> {
  const { docs, totalDocs, hasNextPage } = await payload.find({
    collection: 'articles',
    where,
    select: { slug: true },
    sort: [sort, sort.startsWith('-') ? '-id' : 'id'],
    ...{ locale, fallbackLocale: false, depth: 0 },
    ...(page === null ? { limit: limit + 1, pagination: false } : { limit, page }),
    overrideAccess: true,
  })
  const ids = docs.slice(0, limit).map(({ id }) => id)
  return page === null
    ? { ids, total: null, hasMore: docs.length > limit }
    : { ids, total: totalDocs, hasMore: hasNextPage }
}

/** As anybody may read them: pictures, authors and topics are filled in, and what is hidden is left out. */
async function findDocs({
  payload,
  ids,
  locale,
  withText,
}: {
  payload: Payload
  ids: Id[]
  locale: Locale
  withText: boolean
}) {
  const { docs } = await payload.find({
    collection: 'articles',
    where: { id: { in: ids } },
    // Who asks without the text does not look at it.
    select: withText ? WITH_TEXT : (CARD as typeof WITH_TEXT),
    populate: {
      media: IMAGE,
      authors: AUTHOR,
      topics: { name: true, slug: true },
      articles: { title: true, slug: true, visibility: true },
    },
    // With a text, the authors' portraits too.
    depth: withText ? 2 : 1,
    ...{ locale, fallbackLocale: fallbackFor(locale), limit: ids.length },
    ...{ pagination: false, overrideAccess: false },
  })
  return docs
}

type Doc = Awaited<ReturnType<typeof findDocs>>[number]

/** In the order of the ids; without those that are not public any more. */
async function readCards({
  payload,
  baseUrl,
  ids,
  locale,
  withText,
}: {
  payload: Payload
  baseUrl: string
  ids: Id[]
  locale: Locale
  withText: boolean
}): Promise<ReadCard[]> {
  if (ids.length === 0) return []
  const [docs, outlines] = await Promise.all([
    findDocs({ payload, ids, locale, withText }),
    findOutlines({ payload, where: { id: { in: ids } }, limit: ids.length }),
  ])
  const languagesOf = new Map(outlines.map(({ id, languages }) => [id, languages]))
  const read = new Map(
    docs.map((article) => {
      const languages = languagesOf.get(article.id) ?? [locale]
      const place = { baseUrl, locale: languageFor(locale, languages) }
      const text = withText ? readRichText({ content: article.content, place }) : null
      return [article.id, { card: toCard({ article, languages, locale, baseUrl }), text }]
    }),
  )
  return ids.map((id) => read.get(id)).filter((article) => article !== undefined)
}

function toCard({
  article,
  languages,
  locale,
  baseUrl,
}: {
  article: Doc
  languages: Locale[]
  locale: Locale
  baseUrl: string
}): Card {
  const { id, slug, title, excerpt, publishedAt, updatedAt } = article
  const named = ({ id: of, slug: at, name }: { id: Id; slug: string; name: string }) => ({
    ...{ id: String(of), slug: at, name },
  })
  return {
    ...{ id: String(id), slug, title, excerpt: excerpt ?? null, updatedAt },
    url: articleUrl({ id, slug, place: { baseUrl, locale } }),
    ...{ language: languageFor(locale, languages), languages },
    image: toImage(article.heroImage),
    authors: (article.authors ?? [])
      .map(populated)
      .filter((author) => author !== null)
      .map(named),
    topics: (article.topics ?? [])
      .map(populated)
      .filter((topic) => topic !== null)
      .map(named),
    publishedAt: publishedAt ?? updatedAt,
  }
}

const toAuthor = ({
  id,
  slug,
  name,
  title,
  bio,
  portrait,
}: Pick<
  Author,
  'id' | 'slug' | 'name' | 'title' | 'bio' | 'portrait'
>): AuthorsAnswer['authors'][number] => ({
  ...{ id: String(id), slug, name, title: title ?? null, bio: bio ?? null },
  portrait: toImage(portrait),
})
