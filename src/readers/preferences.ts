import type { Payload } from 'payload'
import { z } from 'zod'
import { fallbackFor } from '../content/articleOutlines.ts'
import { LOCALES, type Locale } from '../newsletter/model.ts'
import type { Subscriber, Topic } from '../payload-types.ts'
import { leaveList } from './leaveList.ts'
import { maskEmail } from './maskEmail.ts'

/** What a reader sees of themselves. The address is masked: a forwarded link does not give it away. */
export interface Preferences {
  email: string
  name: string | null
  locale: Locale
  /** The slugs of the topics that they follow. */
  topics: string[]
  status: Subscriber['status']
  /** In the reader's language, by name. */
  allTopics: { slug: string; name: string; description: string | null }[]
}

export interface FieldProblem {
  field: string
  message: string
}

export type SavedPreferences =
  { kind: 'saved'; preferences: Preferences } | { kind: 'wrong'; problems: FieldProblem[] }

export async function readPreferences({
  payload,
  reader,
}: {
  payload: Payload
  reader: Subscriber
}): Promise<Preferences> {
  const all = await findTopics({ payload, locale: reader.locale })
  const followed = new Set((reader.topics ?? []).map(idOf))
  return {
    email: maskEmail(reader.email),
    name: reader.name ?? null,
    locale: reader.locale,
    topics: all.filter(({ id }) => followed.has(id)).map(({ slug }) => slug),
    status: reader.status,
    allTopics: all
      .map(({ slug, name, description }) => ({ slug, name, description: description ?? null }))
      .sort((a, b) => a.name.localeCompare(b.name, reader.locale)),
  }
}

/**
 * Changes what the input names and nothing else; `status` can only be set to `unsubscribed`.
 * Writes as the system: the reader's token stands in for a login.
 * @param input as it came in: {name?, locale?, topics?: slugs, status?}.
 * @throws what the database throws; part of the input may then have been saved.
 */
export async function savePreferences({
  payload,
  reader,
  input,
  now,
}: {
  payload: Payload
  reader: Subscriber
  input: unknown
  now: Date
}): Promise<SavedPreferences> {
  const parsed = schema.safeParse(input)
  if (!parsed.success) return { kind: 'wrong', problems: parsed.error.issues.map(toProblem) }
  const { name, locale, topics, status } = parsed.data
  const topicIds = await idsOfTopics({ payload, slugs: topics })
  if (topicIds === null) return { kind: 'wrong', problems: [UNKNOWN_TOPIC] }
  if (status) await leaveList({ payload, reader, now })
  await write({ payload, reader, data: withoutUndefined({ name, locale }), now })
  if (topicIds) await write({ payload, reader, data: { topics: topicIds }, now })
  return {
    kind: 'saved',
    preferences: await readPreferences({ payload, reader: await readAgain({ payload, reader }) }),
  }
}

/**
 * Past Payload's operations, which would write back every field as they had read it, the status among them. The topics
 * go by themselves: on SQLite Payload's adapter takes relationships together with other fields only for a whole row.
 */
async function write({
  payload,
  reader,
  data,
  now,
}: {
  payload: Payload
  reader: Subscriber
  data: Partial<Pick<Subscriber, 'name' | 'locale' | 'topics'>>
  now: Date
}): Promise<void> {
  if (Object.keys(data).length === 0) return
  await payload.db.updateOne({
    collection: 'subscribers',
    id: reader.id,
    data: { ...data, updatedAt: now.toISOString() },
    returning: false,
  })
}

const readAgain = ({ payload, reader }: { payload: Payload; reader: Subscriber }) =>
  payload.findByID({ collection: 'subscribers', id: reader.id, depth: 0, overrideAccess: true })

const schema = z.strictObject(
  {
    name: z
      .string('must be text')
      .trim()
      .max(100, 'must have at most 100 characters')
      .regex(/^\P{Cc}*$/u, 'must be one line')
      .transform((name) => name || null)
      .nullable()
      .optional(),
    locale: z.enum(LOCALES, `must be one of: ${LOCALES.join(', ')}`).optional(),
    topics: z.array(z.string('must be slugs of topics'), 'must be a list of slugs').max(1000).optional(),
    status: z.literal('unsubscribed', 'can only be set to unsubscribed').optional(),
  },
  'must be an object',
)

const UNKNOWN_TOPIC: FieldProblem = { field: 'topics', message: 'names a topic that does not exist' }

function toProblem(issue: z.core.$ZodIssue): FieldProblem {
  if (issue.code === 'unrecognized_keys')
    return { field: issue.keys[0] ?? '', message: 'is not something that can be changed here' }
  return { field: String(issue.path[0] ?? ''), message: issue.message }
}

/** Undefined when none were given, null when one of them does not exist. */
async function idsOfTopics({
  payload,
  slugs,
}: {
  payload: Payload
  slugs: string[] | undefined
}): Promise<Topic['id'][] | undefined | null> {
  if (!slugs) return undefined
  const known = new Map((await findTopics({ payload, locale: null })).map(({ slug, id }) => [slug, id]))
  const ids = [...new Set(slugs)].map((slug) => known.get(slug))
  return ids.every((id) => id !== undefined) ? ids : null
}

async function findTopics({ payload, locale }: { payload: Payload; locale: Locale | null }) {
  const { docs } = await payload.find({
    collection: 'topics',
    select: { name: true, slug: true, description: true },
    ...(locale && { locale, fallbackLocale: fallbackFor(locale) }),
    sort: 'slug',
    depth: 0,
    limit: 0,
    pagination: false,
    overrideAccess: false,
  })
  return docs
}

const idOf = (topic: Topic | Topic['id']) => (typeof topic === 'object' ? topic.id : topic)

const withoutUndefined = <T extends object>(data: T): Partial<T> =>
  Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined)) as Partial<T>
