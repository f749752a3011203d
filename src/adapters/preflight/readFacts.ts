import type { Payload } from 'payload'
import { countAudience, hasAudience } from '../../content/countAudience.ts'
import { missingForMailing } from '../../content/missingForMailing.ts'
import { toDocumentId } from '../../content/toDocumentId.ts'
import type { Env } from '../../env.ts'
import { LOCALES, type Id, type Locale } from '../../newsletter/model.ts'
import { trialMails } from '../../newsletter/previewMail.ts'
import type { Clock, Drafts, Flow } from '../../newsletter/ports.ts'
import type { Article } from '../../payload-types.ts'
import type { LocalFacts } from '../../preflight/model.ts'
import { isPrivateHost } from '../../preflight/rules/links.ts'
import { readTexts, type ReadArticle } from './readTexts.ts'

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
  const draft = await drafts.readDraft(articleId)
  if (!draft) return null
  const sizes = await Promise.all(
    LOCALES.map(async (locale) => {
      const { mails } = await trialMails({ renderer, randomId }, { draft, locale, emails: [LONGEST_ADDRESS] })
      return [locale, Buffer.byteLength(mails[0]?.html ?? '')] as const
    }),
  )
  return {
    ...(await readFacts(reading, article)),
    recipients: await countAudience({ payload, topics: topicsOf(article), now: reading.clock.now() }),
    formerSubjects: await readFormerSubjects({ payload, id: article.id }),
    bytes: Object.fromEntries(sizes) as Record<Locale, number>,
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
    visibility: data.visibility ?? stored?.visibility,
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
    recipients: hasAnybody ? NOT_COUNTED : { sv: 0, en: 0 },
    formerSubjects: [],
    bytes: null,
    isTested: null,
  }
}

/** The facts of an article as readers see it, when its mail is about to be made. Null when they see none. */
export async function readPublicFacts(reading: Reading, articleId: Id): Promise<LocalFacts | null> {
  const { payload } = reading
  const id = toDocumentId({ payload, text: articleId })
  const article = id === null ? null : await readArticle({ payload, id, draft: false })
  if (article?._status !== 'published') return null
  return {
    ...(await readFacts(reading, article)),
    recipients: NOT_COUNTED,
    formerSubjects: [],
    bytes: null,
    isTested: null,
  }
}

/** How many they are takes long to count, and the article waits for it. */
const NOT_COUNTED = { sv: 1, en: 0 }

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

const readArticle = async ({
  payload,
  id,
  draft = true,
}: {
  payload: Payload
  id: string | number
  /** Its newest draft, or what readers see. */
  draft?: boolean
}) =>
  payload.findByID({
    collection: 'articles',
    id,
    select: {
      ...{ title: true, excerpt: true, content: true, heroImage: true, newsletter: true },
      ...{ updatedAt: true, _status: true, visibility: true },
    },
    locale: 'all',
    draft,
    depth: 0,
    overrideAccess: true,
    disableErrors: true,
  })

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
