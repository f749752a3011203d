import type { Locale } from '../../src/newsletter/model.ts'
import type { MailArticle } from '../props.ts'
import { formatDate } from './formatDate.ts'
import { listOf } from './listOf.ts'
import { mailText } from './mailText.ts'

/** "Av Sanna Lind", "Konsult", "24 november 2026"; each is empty where nobody knows. The title is in the article's language. */
interface Byline {
  names: string
  title: string
  date: string
}

/** Who wrote it, and when. */
export function bylineOf({
  article: { authors, publishedAt },
  locale,
}: {
  article: Pick<MailArticle, 'authors' | 'publishedAt'>
  locale: Locale
}): Byline {
  const names = listOf(
    authors.map(({ name }) => name),
    locale,
  )
  return {
    names: names && mailText[locale].by(names),
    title: (authors.length === 1 && authors[0]?.title) || '',
    date: publishedAt ? formatDate(publishedAt, locale) : '',
  }
}
