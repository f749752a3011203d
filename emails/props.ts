import type { Locale } from '../src/newsletter/model.ts'
import type { RichImage, RichText } from '../src/rich-text/model.ts'

/** All that a mail of an article shows, in each locale that readers can choose; every address in it is absolute. */
export type ArticleContent = Record<Locale, ArticleMailContent>

export interface ArticleMailContent {
  /** The language that the article's text is in; the frame around it is in the reader's locale. */
  language: Locale
  subject: string
  /** The line after the subject in the inbox; empty for none. */
  preheader: string
  site: MailSite
  article: MailArticle
  related: MailRelated[]
}

/** Who the mail is from. What the law asks for in the footer is never optional. */
export interface MailSite {
  name: string
  /** Absolute address of the start page in the reader's locale. */
  url: string
  /** `#rrggbb` */
  brandColor: string
  logo: RichImage | null
  /** Instead of `logo` where the reader's screen is dark. */
  logoOnDark: RichImage | null
  senderName: string
  replyTo: string
  postalAddress: string
  phone: string | null
  /** "We answer by e-mail within 24 hours." */
  answerTime: string | null
}

export interface MailArticle {
  title: string
  excerpt: string | null
  /** Absolute address of the article on the web. */
  url: string
  /** ISO 8601 */
  publishedAt: string | null
  heroImage: RichImage | null
  authors: MailAuthor[]
  text: RichText
}

export interface MailAuthor {
  name: string
  title: string | null
  bio: string | null
  portrait: RichImage | null
}

export interface MailRelated {
  /** The language of its title: another than the reader's where it is not translated. */
  language: Locale
  title: string
  excerpt: string | null
  url: string
  image: RichImage | null
}
