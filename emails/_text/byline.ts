import type { Locale } from '../../src/newsletter/model.ts'
import type { MailArticle } from '../props.ts'
import { formatDate } from './formatDate.ts'
import { listOf } from './listOf.ts'
import { mailText } from './mailText.ts'

/** Who wrote it and when, in up to two lines: "Av Sanna Lind", "Konsult · 24 november 2026". */
export function bylineOf({
  article: { authors, publishedAt },
  locale,
}: {
  article: Pick<MailArticle, 'authors' | 'publishedAt'>
  locale: Locale
}): string[] {
  const names = listOf(
    authors.map(({ name }) => name),
    locale,
  )
  const title = authors.length === 1 ? authors[0]?.title : null
  const details = [title, publishedAt && formatDate(publishedAt, locale)].filter(Boolean)
  return [names && mailText[locale].by(names), details.join(' · ')].filter(Boolean)
}
