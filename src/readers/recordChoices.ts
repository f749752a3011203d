import type { Payload, PayloadRequest } from 'payload'
import { limitsOf } from '../limits/limitsOf.ts'
import type { Id } from '../newsletter/model.ts'
import type { Subscriber, Topic } from '../payload-types.ts'
import { choiceRows, type Choices } from './choiceChange.ts'
import { recordConsent } from './recordConsent.ts'

const DAY_MS = 86_400_000
/** A page that saves again and again must not fill the history of a person: more of a day is not written down. */
const ROWS_A_DAY = 40

/** Who chose: the person by their link, or staff for them. */
export interface Chooser {
  source: string
  by: { id: Id; name: string } | null
}

export const READER: Chooser = { source: 'preferences', by: null }

/**
 * Writes down what a person's choices are other than before, for their history. It follows the change: whoever is cut off
 * between the two leaves the change without a row, and nobody's mail depends on the row.
 * Writes as the system, as the change itself.
 * @throws what the database throws.
 */
export async function recordChoices({
  payload,
  before,
  after,
  chooser,
  now,
  req,
}: {
  payload: Payload
  before: Subscriber
  after: Subscriber
  chooser: Chooser
  now: Date
  req?: PayloadRequest
}): Promise<void> {
  const slugs = await slugsOf({ payload, readers: [before, after] })
  const rows = choiceRows({ before: choicesOf(before, slugs), after: choicesOf(after, slugs), now })
  for (const row of rows) {
    // What staff do is on record however often the person themselves saves.
    const key = `choices of ${after.id}${chooser.source === READER.source ? '' : ` by ${chooser.source}`}`
    if (!(await limitsOf(payload).take({ key, points: ROWS_A_DAY, perMs: DAY_MS }))) return
    await recordConsent({
      payload,
      consent: {
        subscriberId: String(after.id),
        ...row,
        at: now,
        text: null,
        locale: after.locale,
        source: chooser.source,
        by: chooser.by?.id ?? null,
        byName: chooser.by?.name ?? null,
      },
      req,
    })
  }
}

type Slugs = ReadonlyMap<Topic['id'], string>

const choicesOf = ({ name, locale, topics, pausedUntil }: Subscriber, slugs: Slugs): Choices => ({
  name: name ?? null,
  locale,
  topics: idsOf(topics).flatMap((id) => slugs.get(id) ?? []),
  pausedUntil: pausedUntil ?? null,
})

const idsOf = (topics: Subscriber['topics']): Topic['id'][] =>
  (topics ?? []).map((topic) => (typeof topic === 'object' ? topic.id : topic))

async function slugsOf({ payload, readers }: { payload: Payload; readers: Subscriber[] }): Promise<Slugs> {
  const ids = [...new Set(readers.flatMap(({ topics }) => idsOf(topics)))]
  if (ids.length === 0) return new Map()
  const { docs } = await payload.find({
    collection: 'topics',
    where: { id: { in: ids } },
    select: { slug: true },
    depth: 0,
    limit: 0,
    pagination: false,
    overrideAccess: true,
  })
  return new Map(docs.map(({ id, slug }) => [id, slug]))
}
