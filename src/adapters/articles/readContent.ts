import type { Payload } from 'payload'
import { asReadersOf } from '../../access/isPublicOrStaff.ts'
import type { ArticleMailContent, MailAuthor, MailRelated } from '../../../emails/props.ts'
import { fallbackFor, languageFor, languagesOf, textIn } from '../../content/articleOutlines.ts'
import type { ArticleCard } from '../../content/articleCards.ts'
import { relatedArticles } from '../../content/relatedArticles.ts'
import { withUnsaved } from '../../content/unsavedText.ts'
import type { Edition, Locale } from '../../newsletter/model.ts'
import type { UnsavedText } from '../../newsletter/ports.ts'
import type { Article, Author } from '../../payload-types.ts'
import { webVersionName } from '../../newsletter/rules/webVersion.ts'
import { articleUrl } from '../../rich-text/articleUrl.ts'
import type { Place } from '../../rich-text/model.ts'
import { readImage } from '../../rich-text/readImage.ts'
import { beginningOf } from '../../rich-text/beginningOf.ts'
import { readRichText } from '../../rich-text/readRichText.ts'
import type { FoundArticle } from './findArticle.ts'
import { readMailSite } from './readMailSite.ts'
import type { FullSender } from './sender.ts'

/** What is suggested when nobody has chosen. */
const RELATED = 3

/**
 * What the mail shows to the readers of one locale; null when the article is not published any more. One that is only mailed
 * leads to a page that nobody else finds.
 * @param draftAt shows the newest draft, as if it were published at this moment; null: what is published.
 * @param unsaved stands in the draft's place where it has a value.
 */
export async function readContent({
  payload,
  article,
  place,
  sender,
  secret,
  edition,
  draftAt = null,
  unsaved = null,
}: {
  payload: Payload
  article: FoundArticle
  place: Place
  sender: FullSender
  secret: string
  edition: Pick<Edition, 'number' | 'audience'>
  draftAt?: Date | null
  unsaved?: UnsavedText | null
}): Promise<ArticleMailContent | null> {
  const { locale } = place
  const language = languageFor(locale, languagesOf(article.title))
  const [published, related, site] = await Promise.all([
    readAsReader({ payload, id: article.id, language, isDraft: draftAt !== null, unsaved }),
    relatedArticles({ payload, article, locale, limit: RELATED }),
    readMailSite({ payload, place, sender }),
  ])
  if (!published) return null
  const authors = await readAuthors({ payload, article: published, language, place })
  const title = textIn(article.title, language) ?? published.title ?? ''
  const excerpt = textIn(article.excerpt, language)
  const subject = textIn(article.newsletter?.subject, language) ?? title
  const text = readRichText({ content: published.content, place })
  return {
    language,
    subject: edition.audience === 'correction' ? correctionSubject(language, subject) : subject,
    preheader: textIn(article.newsletter?.preheader, language) ?? excerpt ?? beginningOf(text),
    site,
    article: {
      title,
      excerpt,
      url:
        article.visibility === 'mail_only'
          ? webVersionUrl({ article, edition, place, secret })
          : articleUrl({ id: published.id, slug: published.slug, place }),
      publishedAt: published.publishedAt ?? draftAt?.toISOString() ?? null,
      heroImage: readImage({ media: published.heroImage, place }),
      authors,
      text,
    },
    related: related.map((card) => toRelated({ card, place })),
  }
}

/** Its readers know the subject: what is new about it comes first. */
const correctionSubject = (language: Locale, subject: string): string =>
  ({ sv: `Rättelse: ${subject}`, en: `Correction: ${subject}` })[language]

const webVersionUrl = ({
  article: { id, createdAt },
  edition,
  place,
  secret,
}: {
  article: FoundArticle
  edition: Pick<Edition, 'number'>
  place: Place
  secret: string
}): string => {
  const page = { articleId: String(id), createdAt: new Date(createdAt), edition: edition.number }
  return `${place.baseUrl}/m/${webVersionName({ secret, ...page })}?l=${place.locale}`
}

/** The article with what it shows, as its readers read it, or will; null for a draft when that is not asked for. */
const readAsReader = async ({
  payload,
  id,
  language,
  isDraft,
  unsaved,
}: {
  payload: Payload
  id: Article['id']
  language: Locale
  isDraft: boolean
  unsaved: UnsavedText | null
}) => {
  const article = await payload.findByID({
    collection: 'articles',
    id,
    select: {
      title: true,
      slug: true,
      content: true,
      heroImage: true,
      authors: true,
      publishedAt: true,
      _status: true,
    },
    populate: {
      authors: { name: true, portrait: true },
      articles: { title: true, slug: true },
    },
    // Its authors, and their portraits.
    depth: 2,
    locale: language,
    fallbackLocale: fallbackFor(language),
    draft: isDraft,
    context: { ...asReadersOf(id), ...(unsaved && withUnsaved({ id, ...unsaved })) },
    overrideAccess: false,
    disableErrors: true,
  })
  return isDraft || article?._status === 'published' ? article : null
}

/** What an author says in the article's language, or nothing: a text in another one would stand there unmarked. */
async function readAuthors({
  payload,
  article,
  language,
  place,
}: {
  payload: Payload
  article: Pick<Article, 'authors'>
  language: Locale
  place: Place
}): Promise<MailAuthor[]> {
  const authors = (article.authors ?? []).filter(
    (author): author is Author => typeof author === 'object' && author !== null,
  )
  const { docs } = await payload.find({
    collection: 'authors',
    where: { id: { in: authors.map(({ id }) => id) } },
    select: { title: true, bio: true },
    depth: 0,
    pagination: false,
    locale: language,
    fallbackLocale: false,
    overrideAccess: true,
  })
  const texts = new Map(docs.map((author) => [author.id, author]))
  return authors.map(({ id, name, portrait }) => ({
    name,
    title: texts.get(id)?.title || null,
    bio: texts.get(id)?.bio || null,
    portrait: readImage({ media: portrait, place, crop: 'portrait' }),
  }))
}

const toRelated = ({ card, place }: { card: ArticleCard; place: Place }): MailRelated => ({
  language: card.language,
  title: card.title,
  excerpt: card.excerpt,
  url: articleUrl({ id: card.id, slug: card.slug, place }),
  image: readImage({ media: card.heroImage, place, crop: 'thumb' }),
})
