import type { Payload, RequestContext, TypedUser, Where } from 'payload'
import { LOCALES, type Locale } from '../newsletter/model.ts'
import type { Article } from '../payload-types.ts'

/** What to read where a locale has no text: the other locales, in their order. */
export const fallbackFor = (locale: Locale): Locale[] => LOCALES.filter((other) => other !== locale)

/** The language that a reader of `locale` gets of something that exists in `languages`. */
export const languageFor = (locale: Locale, languages: readonly Locale[]): Locale =>
  languages.includes(locale)
    ? locale
    : (fallbackFor(locale).find((other) => languages.includes(other)) ?? locale)

/** An article without its text: in which languages it is there, and what it points to. */
export interface ArticleOutline {
  id: Article['id']
  languages: Locale[]
  topics: Article['topics']
  relatedArticles: Article['relatedArticles']
}

/**
 * The outlines of the articles that match, as far as the viewer may see them (nobody: what is published).
 * @param draft reads the newest draft instead of what is published.
 * @param context reads more than the viewer sees (asReadersOf).
 */
export async function findOutlines({
  payload,
  where,
  user = null,
  draft = false,
  context = {},
  limit,
}: {
  payload: Payload
  where: Where
  user?: TypedUser | null
  draft?: boolean
  context?: RequestContext
  limit: number
}): Promise<ArticleOutline[]> {
  const { docs } = await payload.find({
    collection: 'articles',
    where,
    select: { title: true, topics: true, relatedArticles: true },
    locale: 'all',
    depth: 0,
    limit,
    pagination: false,
    draft,
    context,
    overrideAccess: false,
    user,
  })
  return docs.map(({ id, title, topics, relatedArticles }) => ({
    id,
    languages: languagesOf(title),
    topics,
    relatedArticles,
  }))
}

/**
 * The locales that a localised text is there in, when it was read with `locale: 'all'`: it then holds one value per
 * locale, which the generated types do not say.
 */
export function languagesOf(title: unknown): Locale[] {
  if (typeof title !== 'object' || title === null) return []
  const texts = new Map(Object.entries(title))
  return LOCALES.filter((locale) => texts.get(locale))
}

/** One locale's value of a localised field that was read with `locale: 'all'`; see languagesOf. */
export const valueIn = (values: unknown, locale: Locale): unknown =>
  typeof values === 'object' && values !== null ? new Map(Object.entries(values)).get(locale) : undefined

/** The same of a text; null for none, and for spaces. */
export function textIn(texts: unknown, locale: Locale): string | null {
  const text = valueIn(texts, locale)
  return typeof text === 'string' ? text.trim() || null : null
}
