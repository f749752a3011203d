import type { Payload } from 'payload'
import { countAudience, hasAudience } from '../../content/countAudience.ts'
import { missingForMailing } from '../../content/missingForMailing.ts'
import { languagesOf } from '../../content/articleOutlines.ts'
import { toDocumentId } from '../../content/toDocumentId.ts'
import type { Env } from '../../env.ts'
import { LOCALES, type Id, type Locale } from '../../newsletter/model.ts'
import { previewMails } from '../../newsletter/previewMail.ts'
import type { Clock, Drafts, Flow } from '../../newsletter/ports.ts'
import type { Article } from '../../payload-types.ts'
import type { LocalFacts, WrittenImage, WrittenText } from '../../preflight/model.ts'
import { isPrivateHost } from '../../preflight/rules/links.ts'
import { namedIn, readText, type Named, type StoredText } from '../../preflight/readText.ts'
import { hasFileIn } from '../articles/hasFile.ts'

/** How many of the last subjects are looked at. */
const FORMER_SUBJECTS = 50

interface Reading {
  payload: Payload
  env: Pick<Env, 'serverUrl' | 'isProduction' | 'mailer'>
  clock: Clock
}

/** See PreflightPorts.readLocalFacts. */
export async function readLocalFacts<Content>(
  {
    drafts,
    renderer,
    randomId,
    ...reading
  }: Reading & { drafts: Drafts<Content> } & Pick<Flow<Content>, 'renderer' | 'randomId'>,
  articleId: Id,
): Promise<LocalFacts | null> {
  const { payload } = reading
  const id = toDocumentId({ payload, text: articleId })
  const article = id === null ? null : await readArticle({ payload, id })
  if (!article) return null
  const mails = { drafts, renderer, randomId }
  const trials = await Promise.all(
    LOCALES.map((locale) => previewMails(mails, { articleId, locale, emails: [LONGEST_ADDRESS] })),
  )
  const sizes = trials.map((trial) => Buffer.byteLength(trial?.mails[0]?.html ?? ''))
  const bytes = Object.fromEntries(LOCALES.map((locale, index) => [locale, sizes[index] ?? 0]))
  return {
    ...(await readFacts(reading, article)),
    recipients: await countAudience({ payload, topics: topicsOf(article), now: reading.clock.now() }),
    formerSubjects: await readFormerSubjects({ payload, id: article.id }),
    bytes: bytes as Record<Locale, number>,
    isTested: await isTestedSince({ payload, id: article.id, changedAt: article.updatedAt }),
  }
}

/**
 * The facts of an article that is about to be saved: what comes in, and the stored draft for what does not. Its mails are
 * not made.
 * @param incoming.data the document as a hook has it, in `locale`; with `all`, its localised fields hold each language's.
 */
export async function readIncomingFacts(
  reading: Reading,
  { id, data, locale }: { id: string | number | null; data: Partial<Article>; locale: Locale | 'all' },
): Promise<LocalFacts> {
  const stored = id === null ? null : await readArticle({ payload: reading.payload, id })
  const merge = (before: unknown, now: unknown): unknown => {
    if (now === undefined || locale === 'all') return now ?? before
    return { ...(typeof before === 'object' ? before : {}), [locale]: now }
  }
  const article = {
    id: id ?? undefined,
    title: merge(stored?.title, data.title),
    excerpt: merge(stored?.excerpt, data.excerpt),
    content: merge(stored?.content, data.content),
    heroImage: data.heroImage === undefined ? stored?.heroImage : data.heroImage,
    newsletter: {
      ...stored?.newsletter,
      ...data.newsletter,
      subject: merge(stored?.newsletter?.subject, data.newsletter?.subject),
      preheader: merge(stored?.newsletter?.preheader, data.newsletter?.preheader),
    },
  }
  const topics = topicsOf(article)
  const hasAnybody = await hasAudience({ payload: reading.payload, topics, now: reading.clock.now() })
  return {
    ...(await readFacts(reading, article)),
    // How many they are takes long to count, and the article waits for it.
    recipients: { sv: hasAnybody ? 1 : 0, en: 0 },
    formerSubjects: [],
    bytes: null,
    isTested: null,
  }
}

/** An article that was read in all its languages, which the generated types do not say. */
interface ReadArticle {
  id?: string | number | undefined
  title?: unknown
  excerpt?: unknown
  content?: unknown
  heroImage?: unknown
  newsletter?:
    | { subject?: unknown; preheader?: unknown; topics?: NonNullable<Article['newsletter']>['topics'] }
    | undefined
}

const topicsOf = ({ newsletter }: ReadArticle) =>
  (newsletter?.topics ?? []).map((topic) => (typeof topic === 'object' ? topic.id : topic))

async function readFacts(
  { payload, env }: Reading,
  article: ReadArticle,
): Promise<Pick<LocalFacts, 'missing' | 'texts' | 'serverUrl' | 'reachesPeople'>> {
  const [site, texts] = await Promise.all([
    payload.findGlobal({
      slug: 'site',
      select: { senderName: true, senderEmail: true, postalAddress: true },
      depth: 0,
      overrideAccess: true,
    }),
    readTexts({ payload, article, baseUrl: env.serverUrl }),
  ])
  return {
    missing: missingForMailing(site),
    texts,
    serverUrl: env.serverUrl,
    reachesPeople: env.isProduction && isElsewhere(env.mailer),
  }
}

/** The size of a mail depends on it a little. */
const LONGEST_ADDRESS = `${'a'.repeat(64)}@example.com`

/** Whether the mailer hands over to a provider: a server in one's own network (mailpit, say) reaches nobody outside. */
function isElsewhere(mailer: Env['mailer']): boolean {
  if (mailer.kind === 'outbox') return false
  const url = mailer.kind === 'resend' ? (mailer.baseUrl ?? 'https://api.resend.com') : mailer.url
  return !isPrivateHost(new URL(url).hostname)
}

const readArticle = async ({ payload, id }: { payload: Payload; id: string | number }) =>
  payload.findByID({
    collection: 'articles',
    id,
    select: { title: true, excerpt: true, content: true, heroImage: true, newsletter: true, updatedAt: true },
    locale: 'all',
    draft: true,
    depth: 0,
    overrideAccess: true,
    disableErrors: true,
  })

async function readTexts({
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
      own: article.id,
      ids: names.flatMap(({ articles }) => articles),
    }),
    images: await readImages({
      payload,
      baseUrl,
      ids: [...names.flatMap(({ images }) => images), ...(heroImage === null ? [] : [heroImage])],
    }),
    baseUrl,
  }
  return Object.fromEntries(stored.map(([locale, text]) => [locale, readText(text, named)]))
}

/** A localised value that was read in all its languages, which the generated types do not say. */
const valueIn = (values: unknown, locale: Locale): unknown =>
  typeof values === 'object' && values !== null ? new Map(Object.entries(values)).get(locale) : undefined

const textIn = (texts: unknown, locale: Locale): string | null => {
  const text = valueIn(texts, locale)
  return typeof text === 'string' ? text.trim() || null : null
}

const idOf = (value: unknown): string | null =>
  typeof value === 'object' && value !== null && 'id' in value
    ? idOf(value.id)
    : typeof value === 'string' || typeof value === 'number'
      ? String(value)
      : null

const idsOf = ({ payload, ids }: { payload: Payload; ids: string[] }) =>
  [...new Set(ids)].flatMap((text) => toDocumentId({ payload, text }) ?? [])

/** @param input.own an article may link to itself: when its mail comes it is published. */
async function readArticles({
  payload,
  own,
  ids,
}: {
  payload: Payload
  own: string | number | undefined
  ids: string[]
}): Promise<Named['articles']> {
  const { docs } = await payload.find({
    collection: 'articles',
    where: { id: { in: idsOf({ payload, ids }) } },
    select: { title: true, _status: true },
    depth: 0,
    pagination: false,
    overrideAccess: true,
  })
  return new Map(
    docs.map(({ id, title, _status }) => [
      String(id),
      { title, isPublic: _status === 'published' || id === own },
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

async function readFormerSubjects({
  payload,
  id,
}: {
  payload: Payload
  id: string | number | undefined
}): Promise<string[]> {
  const { docs } = await payload.find({
    collection: 'campaigns',
    where: {
      and: [{ subject: { exists: true } }, ...(id === undefined ? [] : [{ article: { not_equals: id } }])],
    },
    select: { subject: true },
    sort: '-createdAt',
    limit: FORMER_SUBJECTS,
    pagination: false,
    depth: 0,
    overrideAccess: true,
  })
  return docs.flatMap(({ subject }) => subject ?? [])
}

async function isTestedSince({
  payload,
  id,
  changedAt,
}: {
  payload: Payload
  id: string | number
  changedAt: string
}): Promise<boolean> {
  const { totalDocs } = await payload.count({
    collection: 'transactional-mails',
    where: {
      and: [
        { kind: { equals: 'test-mail' } },
        { article: { equals: id } },
        { createdAt: { greater_than: changedAt } },
      ],
    },
    overrideAccess: true,
  })
  return totalDocs > 0
}
