import type { Payload, RequestContext, TypedUser, Where } from 'payload'
import { asReadersOf } from '../../../access/isPublicOrStaff.ts'
import { IMAGE, type ArticleCard } from '../../../content/articleCards.ts'
import {
  fallbackFor,
  findOutlines,
  languageFor,
  type ArticleOutline,
} from '../../../content/articleOutlines.ts'
import { relatedArticles } from '../../../content/relatedArticles.ts'
import { toDocumentId } from '../../../content/toDocumentId.ts'
import type { Locale } from '../../../newsletter/model.ts'
import type { Article } from '../../../payload-types.ts'
import { PUBLIC_BOUNDS } from '../../../public-api/readValue.ts'
import { sitePayload } from './payload.ts'

export interface ArticleFacts {
  article: Pick<
    Article,
    | 'id'
    | 'title'
    | 'slug'
    | 'excerpt'
    | 'content'
    | 'heroImage'
    | 'authors'
    | 'topics'
    | 'publishedAt'
    | 'updatedAt'
  >
  /** The language that the text is in, which need not be the page's. */
  language: Locale
  /** All languages that the article is there in. */
  languages: Locale[]
  related: ArticleCard[]
}

/** The published article of that slug with all that its page shows, or null. */
export async function readPublishedArticle({
  slug,
  locale,
}: {
  slug: string
  locale: Locale
}): Promise<ArticleFacts | null> {
  // No article has such a slug, and no question may hold it.
  if (slug.length > PUBLIC_BOUNDS.textLength) return null
  const payload = await sitePayload()
  return readArticle({ payload, where: { slug: { equals: slug } }, locale })
}

/**
 * The newest draft of an article, for those who are logged in: null for anybody else.
 * @param name an id or a slug: a draft may have no slug yet.
 */
export async function readDraft({
  name,
  locale,
  headers,
}: {
  name: string
  locale: Locale
  headers: Headers
}): Promise<ArticleFacts | null> {
  const payload = await sitePayload()
  const { user } = await payload.auth({ headers })
  if (!user) return null
  const id = toDocumentId({ payload, text: name })
  const byId =
    id === null ? null : await readArticle({ payload, where: { id: { equals: id } }, locale, user })
  return byId ?? readArticle({ payload, where: { slug: { equals: name } }, locale, user })
}

/** What the system knows of an article that is published, whoever reads it; null for none. */
export async function readMailed(articleId: string): Promise<{
  id: Article['id']
  slug: string
  isPublic: boolean
  createdAt: Date
} | null> {
  const payload = await sitePayload()
  const id = toDocumentId({ payload, text: articleId })
  if (id === null) return null
  const { docs } = await payload.find({
    collection: 'articles',
    where: { and: [{ id: { equals: id } }, { _status: { equals: 'published' } }] },
    select: { slug: true, visibility: true, createdAt: true },
    depth: 0,
    limit: 1,
    pagination: false,
    overrideAccess: true,
  })
  const [found] = docs
  if (!found) return null
  const { slug, visibility, createdAt } = found
  return { id: found.id, slug, isPublic: visibility === 'public', createdAt: new Date(createdAt) }
}

/** An article that is only mailed, as those who got it read it. */
export async function readMailedArticle({
  id,
  locale,
}: {
  id: Article['id']
  locale: Locale
}): Promise<ArticleFacts | null> {
  const payload = await sitePayload()
  const isStill: Where = { and: [{ id: { equals: id } }, { _status: { equals: 'published' } }] }
  return readArticle({ payload, where: isStill, locale, context: asReadersOf(id) })
}

/**
 * With a user, their newest draft; without, what is published.
 * @param context reads more than everybody sees (asReadersOf).
 */
async function readArticle({
  payload,
  where,
  locale,
  user = null,
  context = {},
}: {
  payload: Payload
  where: Where
  locale: Locale
  user?: TypedUser | null
  context?: RequestContext
}): Promise<ArticleFacts | null> {
  const draft = user !== null
  const [outline] = await findOutlines({ payload, where, user, draft, context, limit: 1 })
  if (!outline) return null
  const [article, related] = await Promise.all([
    readText({ payload, outline, locale, user, draft, context }),
    relatedArticles({ payload, article: outline, locale, limit: 3 }),
  ])
  if (!article) return null
  return { article, language: languageFor(locale, outline.languages), languages: outline.languages, related }
}

const readText = ({
  payload,
  outline,
  locale,
  user,
  draft,
  context,
}: {
  payload: Payload
  outline: ArticleOutline
  locale: Locale
  user: TypedUser | null
  draft: boolean
  context: RequestContext
}) =>
  payload.findByID({
    collection: 'articles',
    id: outline.id,
    select: {
      title: true,
      slug: true,
      excerpt: true,
      content: true,
      heroImage: true,
      authors: true,
      topics: true,
      publishedAt: true,
      updatedAt: true,
    },
    populate: {
      media: IMAGE,
      authors: { name: true, slug: true, title: true, portrait: true, bio: true },
      topics: { name: true, slug: true },
      articles: { title: true, slug: true, visibility: true },
    },
    // Its authors, and their portraits.
    depth: 2,
    locale,
    fallbackLocale: fallbackFor(locale),
    draft,
    context,
    overrideAccess: false,
    user,
    disableErrors: true,
  })
