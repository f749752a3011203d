import type { Payload, TypedUser, Where } from 'payload'
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

/** With a user, their newest draft; without, what is published. */
async function readArticle({
  payload,
  where,
  locale,
  user = null,
}: {
  payload: Payload
  where: Where
  locale: Locale
  user?: TypedUser | null
}): Promise<ArticleFacts | null> {
  const draft = user !== null
  const [outline] = await findOutlines({ payload, where, user, draft, limit: 1 })
  if (!outline) return null
  const [article, related] = await Promise.all([
    readText({ payload, outline, locale, user, draft }),
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
}: {
  payload: Payload
  outline: ArticleOutline
  locale: Locale
  user: TypedUser | null
  draft: boolean
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
      articles: { title: true, slug: true },
    },
    // Its authors, and their portraits.
    depth: 2,
    locale,
    fallbackLocale: fallbackFor(locale),
    draft,
    overrideAccess: false,
    user,
    disableErrors: true,
  })
