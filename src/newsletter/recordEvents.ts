import type { EventStore, EventToKeep, KeptState, MailedRow } from './eventPorts.ts'
import type { ProviderEvent, ProviderEventKind } from './model.ts'
import type { Flow } from './ports.ts'
import { recordMailed } from './recordMailed.ts'
import { addressHash } from './rules/addressHash.ts'
import { isHashOnly } from './rules/isHashOnly.ts'
import { suppressByEvents } from './suppressByEvents.ts'

export type Recording = { events: EventStore } & Pick<Flow, 'secret' | 'clock' | 'log'>

/** An event as the provider told it. */
export interface ToldEvent {
  event: ProviderEvent
  receivedAt: Date
}

/** An event of which something may be left to do, with what we know about it. */
export interface RecordedEvent {
  event: ProviderEvent
  mailed: MailedRow | null
  /** Null when it concerns no address, or one that was forgotten. */
  email: string | null
  /** An earlier try may have done a part. */
  isAgain: boolean
}

/** The tags that our mails carry: see rules/personalise and sendNextTransactional. */
const DELIVERY_TAG = 'delivery'
const MAIL_TAG = 'mail'

/**
 * Writes down what a provider told of mails, and what follows from it: facts on the deliveries, the campaigns' counts,
 * suppressions. An event that comes again changes nothing, but makes up for what a crash left undone; and whatever
 * order events come in, alone or in sets, they end in the same.
 * @returns for each whether it was new, was there, or there was something left to do.
 * @throws what the database throws: then the same set is to be recorded again.
 */
export async function recordEvents(recording: Recording, told: readonly ToldEvent[]): Promise<KeptState[]> {
  const { events, clock } = recording
  const identified = await identify(recording, told)
  const states = await events.keepEvents(identified.map(toKeep))
  const due = identified.flatMap(({ email, isForgotten, ...about }, index): RecordedEvent[] =>
    states[index] === 'applied'
      ? []
      : [{ ...about, email: isForgotten ? null : email, isAgain: states[index] === 'unapplied' }],
  )
  if (due.length === 0) return states
  await recordMailed(recording, due)
  await suppressByEvents(recording, due)
  await forgetErased(recording, identified)
  await events.markApplied({ eventIds: due.map(({ event }) => event.eventId), now: clock.now() })
  return states
}

interface Identified extends ToldEvent {
  mailed: MailedRow | null
  email: string | null
  hash: string | null
  /** We keep only the hash of this address. A later event must not bring the address back. */
  isForgotten: boolean
}

async function identify(recording: Recording, told: readonly ToldEvent[]): Promise<Identified[]> {
  const { events, secret } = recording
  const mailed = await findMailed({ events, told })
  const about = told.map(({ event, receivedAt }, index) => {
    const row = mailed[index] ?? null
    const email = addressOf({ event, mailed: row })
    return {
      event,
      receivedAt,
      mailed: row,
      email,
      hash: email === null ? null : addressHash({ secret, email }),
    }
  })
  const forgotten = await findForgotten({ events, hashes: about.flatMap(({ hash }) => hash ?? []) })
  return about.map((each) => ({ ...each, isForgotten: each.hash !== null && forgotten.has(each.hash) }))
}

/**
 * Our rows that they are about. A tag alone does not say: several installations may share one account with a provider,
 * and their rows have the same ids. The mail must have gone to the address of the row; where nobody knows that one any
 * more, or the event names none, the provider must call it by the same id.
 */
async function findMailed({
  events,
  told,
}: {
  events: EventStore
  told: readonly ToldEvent[]
}): Promise<(MailedRow | null)[]> {
  const tagged = await events.findMailed(told.map(({ event }) => tagsOf(event)))
  const found: (MailedRow | null)[] = []
  for (const [index, { event }] of told.entries()) {
    const mailed = tagged[index] ?? (await findUntagged({ events, event }))
    found.push(mailed && isMeant(event, mailed) ? mailed : null)
  }
  return found
}

const tagsOf = ({ tags }: ProviderEvent) => ({
  deliveryId: tags[DELIVERY_TAG] ?? null,
  mailId: tags[MAIL_TAG] ?? null,
})

/** Without its tags only such an event is worth a search: other mails of the same account have no tags of ours either. */
const TELLS_AGAINST: readonly ProviderEventKind[] = ['bounced', 'complained', 'failed', 'suppressed']

async function findUntagged({
  events,
  event,
}: {
  events: EventStore
  event: ProviderEvent
}): Promise<MailedRow | null> {
  const { kind, providerId, emails } = event
  const { deliveryId, mailId } = tagsOf(event)
  const isUntagged = deliveryId === null && mailId === null
  if (!isUntagged || providerId === null || !TELLS_AGAINST.includes(kind)) return null
  return events.findByProviderId({ providerId, emails })
}

function isMeant({ providerId, emails }: ProviderEvent, mailed: MailedRow): boolean {
  if (mailed.email !== null && emails.length > 0) return emails.includes(mailed.email)
  return mailed.providerId !== null && mailed.providerId === providerId
}

/**
 * Of whom it tells. A mail of ours says so itself; a mail of somebody else's with the same provider is no business of
 * ours, and only what tells of the provider's list without a mail concerns any address.
 */
function addressOf({ event, mailed }: { event: ProviderEvent; mailed: MailedRow | null }): string | null {
  if (mailed) return mailed.email
  const isOfTheList = event.kind === 'suppressed' && event.providerId === null
  return isOfTheList ? (event.emails[0] ?? null) : null
}

/** The provider's words may hold an address. Of what is none of ours only the type and the times stay. */
function toKeep({ event, receivedAt, mailed, email, hash, isForgotten }: Identified): EventToKeep {
  const { emails: _, tags: __, ...kept } = event
  const isKnown = email !== null && !isForgotten
  const about = isKnown
    ? { mailed, email, addressHash: hash, receivedAt }
    : { mailed: mailed && { ...mailed, subscriberId: null }, email: null, addressHash: null, receivedAt }
  if (mailed && isKnown) return { event: kept, ...about }
  if (isKnown) return { event: { ...kept, payload: null }, ...about }
  const wordless = { ...kept, detail: null, payload: null }
  return { event: mailed ? wordless : { ...wordless, providerId: null, bounceType: null }, ...about }
}

/** A person may be erased while this runs, or after a try that was cut off. The erasure may then have missed the event. */
async function forgetErased({ events }: Recording, identified: readonly Identified[]): Promise<void> {
  const forgotten = await findForgotten({ events, hashes: identified.flatMap(({ hash }) => hash ?? []) })
  const eventIds = identified
    .filter(({ hash }) => hash !== null && forgotten.has(hash))
    .map(({ event }) => event.eventId)
  if (eventIds.length > 0) await events.forgetEvents(eventIds)
}

async function findForgotten({
  events,
  hashes,
}: {
  events: EventStore
  hashes: readonly string[]
}): Promise<Set<string>> {
  if (hashes.length === 0) return new Set()
  const suppressions = await events.readSuppressions([...new Set(hashes)])
  const forgotten = [...suppressions].filter(
    ([, { liftedAt, reason }]) => liftedAt === null && isHashOnly(reason),
  )
  return new Set(forgotten.map(([hash]) => hash))
}
