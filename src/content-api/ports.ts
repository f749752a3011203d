import type { Locale } from '../newsletter/model.ts'
import type { RichText } from '../rich-text/model.ts'
import type { Cursor, Sort } from './cursor.ts'
import type { AuthorsAnswer, Card, Image, SiteAnswer, TopicsAnswer } from './shapes.ts'

/** What the steps of the content API need from outside. Everything is read as anybody may read it. */
export interface ContentPorts {
  content: ContentReader
  render: ContentRenderer
}

/** A card with the text, where that was asked for. */
export interface ReadCard {
  card: Card
  /** Null where it was not asked for. */
  text: RichText | null
}

export interface ArticleFilter {
  locale: Locale
  /** Without those that are not there in the locale. */
  onlyTranslated: boolean
  topics?: string[]
  authors?: string[]
  publishedAfter?: Date
  publishedBefore?: Date
  updatedAfter?: Date
  /** Words that stand in the title or the excerpt. */
  words?: string
}

export interface ArticlePage {
  articles: ReadCard[]
  /** Null where a cursor was given. */
  total: number | null
  hasMore: boolean
}

export interface ReadArticle {
  card: Card
  text: RichText
  authors: AuthorsAnswer['authors']
  related: Card[]
  /** For who shares it. */
  image: Image | null
}

export interface ContentReader {
  findArticles: (question: {
    filter: ArticleFilter
    sort: Sort
    limit: number
    /** From 1, or after a cursor. */
    from: { page: number } | { after: Cursor }
    withText: boolean
  }) => Promise<ArticlePage>
  /** Null for one that is not there, not public, or (`onlyTranslated`) not in the locale. */
  readArticle: (question: {
    slug: string
    locale: Locale
    onlyTranslated: boolean
  }) => Promise<ReadArticle | null>
  /** The slug of the public article that had this one; null for none. */
  currentSlug: (slug: string) => Promise<string | null>
  readTopics: (locale: Locale) => Promise<TopicsAnswer['topics']>
  readAuthors: (locale: Locale) => Promise<AuthorsAnswer['authors']>
  readSite: (locale: Locale) => Promise<SiteAnswer>
  /** Where people read an article of that slug. */
  articleUrl: (article: { slug: string; locale: Locale }) => string
}

export interface ContentRenderer {
  html: (text: RichText, locale: Locale) => Promise<string>
  markdown: (text: RichText, locale: Locale) => string
  plain: (text: RichText, locale: Locale) => string
}
