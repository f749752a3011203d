import type { Locale } from '../../../newsletter/model.ts'

export const articlePath = ({ locale, slug }: { locale: Locale; slug: string }): string =>
  `/${locale}/articles/${slug}`

export const contactPath = (locale: Locale): string => `/${locale}/contact`

/** The list of all articles, or of those of one topic. */
export function listPath({
  locale,
  topicSlug,
  page = 1,
}: {
  locale: Locale
  topicSlug?: string
  page?: number
}): string {
  const query = new URLSearchParams({
    ...(topicSlug && { topic: topicSlug }),
    ...(page > 1 && { page: `${page}` }),
  })
  return query.size > 0 ? `/${locale}?${query}` : `/${locale}`
}

export const subscribePath = (locale: Locale): string => `/${locale}/subscribe`
