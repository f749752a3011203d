import { z } from 'zod'
import { LOCALES } from '../newsletter/model.ts'

/**
 * What the content API answers with. The schemas give the types, the description (openapi.json) and the contract that the
 * tests hold every answer to. A name never changes its meaning; new ones may come.
 */
const named = <Schema extends z.ZodType>(id: string, schema: Schema): Schema => schema.meta({ id })

export const LocaleShape = named('Locale', z.enum(LOCALES))

const time = z.string().describe('ISO 8601, UTC')
const address = z.string().describe('absolute')

export const ImageShape = named(
  'Image',
  z.strictObject({
    alt: z.string().describe('what it shows, in the language asked for; empty where nobody wrote it'),
    url: address.describe('the picture as it was uploaded'),
    width: z.int().positive().describe('pixels, of `url`'),
    height: z.int().positive().describe('pixels, of `url`'),
    focalPoint: z
      .strictObject({ x: z.number(), y: z.number() })
      .describe('where its subject is, in per cent from its left and its top: for `object-position`'),
    files: z
      .array(
        z.strictObject({
          url: address,
          width: z.int().positive(),
          height: z.int().positive(),
          type: z.string(),
        }),
      )
      .describe('the same picture from small to large, each width once: for `srcset`'),
  }),
)

export const TopicRefShape = named(
  'TopicRef',
  z.strictObject({ id: z.string(), slug: z.string(), name: z.string() }),
)
export const AuthorRefShape = named(
  'AuthorRef',
  z.strictObject({ id: z.string(), slug: z.string(), name: z.string() }),
)

export const TopicShape = named(
  'Topic',
  TopicRefShape.extend({ description: z.string().nullable(), url: address }),
)
export const AuthorShape = named(
  'Author',
  AuthorRefShape.extend({
    title: z.string().nullable(),
    bio: z.string().nullable(),
    portrait: ImageShape.nullable(),
  }),
)

export const CardShape = named(
  'ArticleCard',
  z.strictObject({
    id: z.string(),
    slug: z.string(),
    url: address.describe('where people read it'),
    language: LocaleShape.describe('of this text: another one than was asked for where it is not translated'),
    languages: z.array(LocaleShape).describe('in which it is there'),
    title: z.string(),
    excerpt: z.string().nullable(),
    image: ImageShape.nullable(),
    authors: z.array(AuthorRefShape),
    topics: z.array(TopicRefShape),
    publishedAt: time,
    updatedAt: time,
  }),
)

/** As src/rich-text/model has it. */
const TextNodes: z.ZodType<object[]> = named(
  'RichText',
  z
    .array(z.looseObject({ kind: z.string() }))
    .describe('the text as blocks: every link and picture in it is absolute'),
)

export const CONTENT_FORMATS = ['json', 'html', 'markdown', 'text'] as const
export type ContentFormat = (typeof CONTENT_FORMATS)[number]

const content = {
  format: z.enum(CONTENT_FORMATS).describe('of `content`'),
  content: z.union([z.string(), TextNodes]),
  readingMinutes: z.int().positive(),
}

/** A card in a list; with what `include` asks for. */
export const ListedShape = named(
  'ListedArticle',
  CardShape.extend({
    format: content.format.optional(),
    content: content.content.optional(),
    readingMinutes: content.readingMinutes.optional(),
  }),
)

export const ArticleShape = named(
  'Article',
  CardShape.extend({
    ...content,
    authors: z.array(AuthorShape),
    related: z.array(CardShape).describe('what to read next, as the site and the mail show it'),
    seo: z.strictObject({
      title: z.string(),
      description: z.string().nullable(),
      image: address.nullable(),
      canonical: address,
      alternates: z.array(z.strictObject({ language: LocaleShape, url: address })),
    }),
  }),
)

export const SiteShape = named(
  'Site',
  z.strictObject({
    name: z.string(),
    tagline: z.string().nullable(),
    url: address,
    brandColor: z.string(),
    logo: ImageShape.nullable(),
    logoOnDark: ImageShape.nullable(),
    phone: z.string().nullable(),
    answerTime: z.string().nullable(),
    postalAddress: z.string().nullable(),
    consentText: z.string().nullable().describe('what a sign-up form asks its reader to agree to'),
    language: LocaleShape,
    languages: z.array(LocaleShape),
  }),
)

const PagingShape = named(
  'Paging',
  z.strictObject({
    limit: z.int(),
    total: z.int().nullable().describe('null where a cursor was given: nothing is counted then'),
    page: z.int().nullable(),
    pages: z.int().nullable(),
    next: z.string().nullable().describe('`cursor` of what comes next; null: that was all'),
  }),
)

export const ArticlesAnswer = named(
  'Articles',
  z.strictObject({ articles: z.array(ListedShape), paging: PagingShape }),
)
export const TopicsAnswer = named('Topics', z.strictObject({ topics: z.array(TopicShape) }))
export const AuthorsAnswer = named('Authors', z.strictObject({ authors: z.array(AuthorShape) }))

export const ProblemAnswer = named(
  'Problem',
  z.object({
    errors: z.array(
      z.object({
        code: z.string().optional().describe('for scripts'),
        message: z.string().describe('for people, in English or Swedish (Accept-Language)'),
        data: z.object({ parameter: z.string().optional() }).optional(),
      }),
    ),
  }),
)

export type Image = z.infer<typeof ImageShape>
export type Card = z.infer<typeof CardShape>
export type Listed = z.infer<typeof ListedShape>
export type ArticleAnswer = z.infer<typeof ArticleShape>
export type ArticlesAnswer = z.infer<typeof ArticlesAnswer>
export type TopicsAnswer = z.infer<typeof TopicsAnswer>
export type AuthorsAnswer = z.infer<typeof AuthorsAnswer>
export type SiteAnswer = z.infer<typeof SiteShape>
