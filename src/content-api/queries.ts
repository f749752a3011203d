import { z } from 'zod'
import { DEFAULT_LOCALE, LOCALES } from '../newsletter/model.ts'
import { CURSOR_LENGTH, SORTS } from './cursor.ts'
import { CONTENT_FORMATS } from './shapes.ts'

/** The parameters of each question. One that is not listed is refused by its name. */
export const MOST_ARTICLES = 100
const USUAL_ARTICLES = 15
const LAST_PAGE = 10_000
const LONGEST_LIST = 20
const LONGEST_SLUG = 200
const LONGEST_SEARCH = 100
const MOST_WORDS = 6

const locale = z.enum(LOCALES).default(DEFAULT_LOCALE).describe('the language to read in')
const fallback = z
  .enum(['true', 'false'])
  .default('true')
  .transform((text) => text === 'true')
  .describe(
    '`false` leaves out what is not translated; else it comes in another language, which `language` names',
  )
const format = z.enum(CONTENT_FORMATS).default('json').describe('of `content`')

/** Slugs or names with commas between them. */
const listOf = <Item extends z.ZodType<string, string>>(item: Item) =>
  z
    .string()
    .transform((text) => text.split(',').map((each) => each.trim()))
    .pipe(z.array(item).min(1).max(LONGEST_LIST))

/** Without control characters and halves of characters, which no database takes in a filter. */
const plain = z.string().regex(/^[^\p{Cc}\p{Cs}]*$/u)

const slugs = listOf(plain.min(1).max(LONGEST_SLUG))
const limit = z.coerce.number().int().min(1).max(MOST_ARTICLES).default(USUAL_ARTICLES)
const page = z.coerce.number().int().min(1).max(LAST_PAGE).optional()
const cursor = z
  .string()
  .min(1)
  .max(CURSOR_LENGTH)
  .optional()
  .describe('`paging.next` of the answer before; not with `page`')
const moment = z.iso
  .datetime({ offset: true })
  .or(z.iso.date())
  .transform((text) => new Date(text))
  .describe('ISO 8601: a day, or a moment with an offset')

export const INCLUDABLE = ['content', 'readingMinutes'] as const

export const LocaleQuery = z.strictObject({ locale })

export const ArticlesQuery = z.strictObject({
  locale,
  fallback,
  topic: slugs.optional().describe('slugs with commas: articles of any of them'),
  author: slugs.optional().describe('slugs with commas: articles of any of them'),
  publishedAfter: moment.optional(),
  publishedBefore: moment.optional(),
  updatedAfter: moment.optional(),
  sort: z.enum(SORTS).default('-publishedAt'),
  include: listOf(z.enum(INCLUDABLE))
    .optional()
    .describe('what a card holds besides: `content`, `readingMinutes`'),
  format,
  limit,
  page,
  cursor,
})

export const ArticleQuery = z.strictObject({ locale, fallback, format })

export const SearchQuery = z.strictObject({
  q: plain
    .trim()
    .min(1)
    .max(LONGEST_SEARCH)
    .refine((text) => text.split(/\s+/).length <= MOST_WORDS)
    .describe('one to six words: articles with all of them in title and excerpt'),
  locale,
  limit,
  page,
})

export type ArticlesQuery = z.infer<typeof ArticlesQuery>
export type ArticleQuery = z.infer<typeof ArticleQuery>
export type SearchQuery = z.infer<typeof SearchQuery>
export type LocaleQuery = z.infer<typeof LocaleQuery>
