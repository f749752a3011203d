import type { Payload } from 'payload'
import { z } from 'zod'
import { fallbackFor } from '../content/articleOutlines.ts'
import { LOCALES, type Locale } from '../newsletter/model.ts'
import type { Subscriber, Topic } from '../payload-types.ts'
import { oneLine } from '../text/cleanText.ts'
import { readConsents, type ShownConsent } from './consentHistory.ts'
import { fieldProblem, LONGEST_NAME, rule, type FieldProblem } from './fieldRules.ts'
import { leaveList } from './leaveList.ts'
import { maskEmail } from './maskEmail.ts'
import { currentPause, MOST_WEEKS, pauseEnd } from './pausing.ts'
import { READER, recordChoices } from './recordChoices.ts'
import { writeReader } from './writeReader.ts'

/** What a reader sees of themselves. The address is masked: a forwarded link does not give it away. */
export interface Preferences {
  email: string
  name: string | null
  locale: Locale
  /** The slugs of the topics that they follow. */
  topics: string[]
  status: Subscriber['status']
  /** ISO 8601; null when they are in no pause. */
  pausedUntil: string | null
  /** Why they get it, from the first on. */
  consents: ShownConsent[]
  /** In the reader's language, by name. */
  allTopics: { slug: string; name: string; description: string | null }[]
}

export type SavedPreferences =
  { kind: 'saved'; preferences: Preferences } | { kind: 'wrong'; problems: FieldProblem[] }

export async function readPreferences({
  payload,
  reader,
  now,
}: {
  payload: Payload
  reader: Subscriber
  now: Date
}): Promise<Preferences> {
  const [all, consents] = await Promise.all([
    findTopics({ payload, locale: reader.locale }),
    readConsents({ payload, reader }),
  ])
  const followed = new Set((reader.topics ?? []).map(idOf))
  return {
    email: maskEmail(reader.email),
    name: reader.name ?? null,
    locale: reader.locale,
    topics: all.filter(({ id }) => followed.has(id)).map(({ slug }) => slug),
    status: reader.status,
    pausedUntil: currentPause({ pausedUntil: reader.pausedUntil, now })?.toISOString() ?? null,
    consents,
    allTopics: all
      .map(({ slug, name, description }) => ({ slug, name, description: description ?? null }))
      .sort((a, b) => a.name.localeCompare(b.name, reader.locale)),
  }
}

/**
 * Changes what the input names and nothing else; `status` can only be set to `unsubscribed`.
 * Writes as the system: the reader's token stands in for a login.
 * @param input as it came in: {name?, locale?, topics?: slugs, pauseWeeks?: 1-52 or null to end a pause, status?}.
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
  const { name, locale, topics, pauseWeeks, status } = parsed.data
  const topicIds = await idsOfTopics({ payload, slugs: topics })
  if (topicIds === null) return { kind: 'wrong', problems: [UNKNOWN_TOPIC] }
  if (status) await leaveList({ payload, reader, source: 'preferences', now })
  const pausedUntil =
    typeof pauseWeeks === 'number' ? pauseEnd({ weeks: pauseWeeks, now }).toISOString() : pauseWeeks
  const data = withoutUndefined({ name, locale, pausedUntil })
  await writeReader({ payload, reader, data, now })
  if (topicIds) await writeReader({ payload, reader, data: { topics: topicIds }, now })
  const saved = await readAgain({ payload, reader })
  // As it was written: somebody else may have changed more of them since.
  const after = { ...reader, ...data, ...(topicIds && { topics: topicIds }) }
  await recordChoices({ payload, before: reader, after, chooser: READER, now })
  return { kind: 'saved', preferences: await readPreferences({ payload, reader: saved, now }) }
}

const readAgain = ({ payload, reader }: { payload: Payload; reader: Subscriber }) =>
  payload.findByID({ collection: 'subscribers', id: reader.id, depth: 0, overrideAccess: true })

const schema = z.strictObject(
  {
    name: z
      .string(rule('text'))
      .transform(oneLine)
      .pipe(z.string().max(LONGEST_NAME, rule('longName')))
      .transform((name) => name || null)
      .nullable()
      .optional(),
    locale: z.enum(LOCALES, rule('locale')).optional(),
    topics: z
      .array(z.string(rule('topicSlugs')), rule('topics'))
      .max(1000, rule('fewTopics'))
      .optional(),
    pauseWeeks: z
      .int(rule('weeks'))
      .min(1, rule('fewWeeks'))
      .max(MOST_WEEKS, rule('manyWeeks'))
      .nullable()
      .optional(),
    status: z.literal('unsubscribed', rule('leavingOnly')).optional(),
  },
  rule('object'),
)

const UNKNOWN_TOPIC = fieldProblem({ field: 'topics', message: rule('topicUnknown') })

function toProblem(issue: z.core.$ZodIssue): FieldProblem {
  if (issue.code === 'unrecognized_keys')
    return fieldProblem({ field: issue.keys[0], message: rule('unknownField') })
  return fieldProblem({ field: issue.path[0], message: issue.message })
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
