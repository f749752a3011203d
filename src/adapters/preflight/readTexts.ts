import type { Payload } from 'payload'
import { languagesOf, textIn, valueIn } from '../../content/articleOutlines.ts'
import { isPublic, type Visibility } from '../../content/isPublic.ts'
import { toDocumentId } from '../../content/toDocumentId.ts'
import type { Locale } from '../../newsletter/model.ts'
import type { Article } from '../../payload-types.ts'
import type { WrittenImage, WrittenText } from '../../preflight/model.ts'
import { namedIn, readText, type Named, type StoredText } from '../../preflight/readText.ts'
import { payloadFileRows } from '../files/fileRows.ts'
import { hasFileIn } from '../articles/hasFile.ts'

/** An article that was read in all its languages, which the generated types do not say. */
export interface ReadArticle {
  id?: string | number | undefined
  title?: unknown
  excerpt?: unknown
  content?: unknown
  heroImage?: unknown
  visibility?: Visibility | null | undefined
  newsletter?:
    | { subject?: unknown; preheader?: unknown; topics?: NonNullable<Article['newsletter']>['topics'] }
    | undefined
}

/** The texts of an article as the rules judge them, in each language that it is written in. */
export async function readTexts({
  payload,
  article,
  baseUrl,
}: {
  payload: Payload
  article: ReadArticle
  baseUrl: string
}): Promise<Partial<Record<Locale, WrittenText>>> {
  const heroImage = idOf(article.heroImage)
  const stored = languagesOf(article.title).map((locale): [Locale, StoredText] => [
    locale,
    {
      title: textIn(article.title, locale) ?? '',
      subject: textIn(article.newsletter?.subject, locale),
      preheader: textIn(article.newsletter?.preheader, locale),
      excerpt: textIn(article.excerpt, locale),
      content: valueIn(article.content, locale),
      heroImage,
    },
  ])
  const names = stored.map(([, { content }]) => namedIn(content))
  const named: Named = {
    articles: await readArticles({
      payload,
      own: article,
      ids: names.flatMap(({ articles }) => articles),
    }),
    images: await readImages({
      payload,
      baseUrl,
      ids: [...names.flatMap(({ images }) => images), ...(heroImage === null ? [] : [heroImage])],
    }),
    files: await readFiles({ payload, baseUrl, ids: names.flatMap(({ files }) => files) }),
    baseUrl,
  }
  return Object.fromEntries(stored.map(([locale, text]) => [locale, readText(text, named)]))
}

const idOf = (value: unknown): string | null =>
  typeof value === 'object' && value !== null && 'id' in value
    ? idOf(value.id)
    : typeof value === 'string' || typeof value === 'number'
      ? String(value)
      : null

const idsOf = ({ payload, ids }: { payload: Payload; ids: string[] }) =>
  [...new Set(ids)].flatMap((text) => toDocumentId({ payload, text }) ?? [])

/** @param input.own an article may link to itself: when its mail comes it is published, unless it is only mailed. */
async function readArticles({
  payload,
  own,
  ids,
}: {
  payload: Payload
  own: ReadArticle
  ids: string[]
}): Promise<Named['articles']> {
  const { docs } = await payload.find({
    collection: 'articles',
    where: { id: { in: idsOf({ payload, ids }) } },
    select: { title: true, _status: true, visibility: true },
    depth: 0,
    pagination: false,
    overrideAccess: true,
  })
  return new Map(
    docs.map(({ id, title, ...stored }) => [
      String(id),
      {
        title,
        isPublic: id === own.id ? own.visibility !== 'mail_only' : isPublic(stored),
      },
    ]),
  )
}

async function readImages({
  payload,
  baseUrl,
  ids,
}: {
  payload: Payload
  baseUrl: string
  ids: string[]
}): Promise<Named['images']> {
  const { docs } = await payload.find({
    collection: 'media',
    where: { id: { in: idsOf({ payload, ids }) } },
    depth: 0,
    pagination: false,
    overrideAccess: true,
  })
  const hasFile = hasFileIn({ payload, baseUrl })
  return new Map(
    docs.map(({ id, filename, alt, url, filesize, sizes }): [string, WrittenImage] => [
      String(id),
      {
        name: filename ?? `#${id}`,
        hasAlt: Boolean(alt?.trim()),
        isThere: Boolean(url) && hasFile(new URL(url ?? '', baseUrl).href),
        bytes: sizes?.mail?.filesize ?? filesize ?? 0,
      },
    ]),
  )
}

/** Those that have a row and lie on the disk. */
async function readFiles({
  payload,
  baseUrl,
  ids,
}: {
  payload: Payload
  baseUrl: string
  ids: string[]
}): Promise<Named['files']> {
  const hasFile = hasFileIn({ payload, baseUrl })
  const facts = await payloadFileRows(payload).findFacts(ids)
  return new Set([...facts].filter(([, { url }]) => hasFile(`${baseUrl}${url}`)).map(([id]) => id))
}
