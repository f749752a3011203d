import type { Payload, Where } from 'payload'
import { toDocumentId } from '../content/toDocumentId.ts'
import { depsOf, personalDeliveriesOf } from '../deps.ts'
import { codeOf } from '../codeOf.ts'
import type { Id } from '../newsletter/model.ts'
import { addressHash } from '../newsletter/rules/addressHash.ts'
import type { Subscriber } from '../payload-types.ts'
import { findSuppressed } from '../suppressions/findSuppressed.ts'
import { suppress } from '../suppressions/suppress.ts'
import { suppressHash } from '../suppressions/suppressHash.ts'
import { findReaderById } from './findReader.ts'

/**
 * Forgets a person, for good: subscriber, consents, mails to them, and who their deliveries and provider events were about.
 * What stays is the keyed hash of the address, and of those that they had before, so that no import brings them back; and
 * what they wrote in the contact form. That they are to be erased is written
 * first, and the hash before anything is removed: cut off anywhere, `continueErasures` goes on.
 * Writes as the system: the reader's token, or an admin's right to delete, was checked by the caller.
 * @throws what the database throws; the rest is done by a worker then.
 */
export async function eraseReader({ payload, subscriberId }: Person): Promise<void> {
  const known = await findReaderById({ payload, id: subscriberId })
  await planErasure({ payload, subscriberId })
  await continueErasure({ payload, subscriberId, known })
}

interface Person {
  payload: Payload
  subscriberId: Id
}

/** `known`: who they were before it was planned. An import that is taken back at that moment may have removed them since. */
interface KnownPerson extends Person {
  known?: Subscriber | null
}

/**
 * Everything but the subscriber and the deliveries: for whoever deletes the subscriber next, in a write of their own.
 * @throws what the database throws; a worker finishes it then.
 */
export async function beginErasure({ payload, subscriberId }: Person): Promise<void> {
  const known = await findReaderById({ payload, id: subscriberId })
  await planErasure({ payload, subscriberId })
  await removeAllButSubscriber({ payload, subscriberId, known })
}

/**
 * Where an erasure was cut off, or waits for a batch to be settled, it goes on. One that fails does not keep the others
 * waiting, and is found again.
 */
export async function continueErasures(payload: Payload): Promise<void> {
  const { docs } = await payload.find({
    collection: 'erasures',
    sort: 'id',
    ...ALL,
  })
  for (const { subscriberRef } of docs)
    try {
      await continueErasure({ payload, subscriberId: subscriberRef })
    } catch (error) {
      depsOf(payload).log('erasure.failed', { subscriber: subscriberRef, code: codeOf(error) })
    }
}

async function planErasure({ payload, subscriberId }: Person): Promise<void> {
  const { clock } = depsOf(payload)
  try {
    await payload.create({
      collection: 'erasures',
      data: { subscriberRef: subscriberId, askedAt: clock.now().toISOString() },
      depth: 0,
      overrideAccess: true,
    })
  } catch (error) {
    if (!(await isPlanned({ payload, subscriberId }))) throw error
  }
}

async function isPlanned({ payload, subscriberId }: Person): Promise<boolean> {
  const where = { subscriberRef: { equals: subscriberId } }
  return (await payload.count({ collection: 'erasures', where, overrideAccess: true })).totalDocs > 0
}

/** The deliveries last: only when the subscriber is gone nobody begins to mail them. */
async function continueErasure({ payload, subscriberId, known }: KnownPerson): Promise<void> {
  const theirs = { subscriberRef: { equals: subscriberId } }
  const reader = await removeAllButSubscriber({ payload, subscriberId, known })
  if (reader) await payload.db.deleteOne({ collection: 'subscribers', where: { id: { equals: reader.id } } })
  await removeLatecomers({ payload, subscriberId })
  const isDone = await personalDeliveriesOf(payload).erase(subscriberId)
  if (!isDone) return
  // What the provider told as long as a delivery still said to whom it went.
  await blankEvents({ payload, where: theirs })
  await payload.db.deleteMany({ collection: 'erasures', where: theirs })
}

async function removeAllButSubscriber({ payload, subscriberId, known = null }: KnownPerson) {
  const { clock, log, secret } = depsOf(payload)
  const reader = (await findReaderById({ payload, id: subscriberId })) ?? known
  if (!reader) return null
  const { email } = reader
  await suppress({ payload, email, reason: 'erased', detail: null, now: clock.now() })
  const hashes = [addressHash({ secret, email }), ...(await eraseFormerAddresses({ payload, reader }))]
  const theirs = { subscriber: { equals: reader.id } }
  await payload.db.deleteMany({ collection: 'consents', where: theirs })
  await payload.db.deleteMany({
    collection: 'transactional-mails',
    where: { and: [{ or: [theirs, { email: { equals: email } }] }, TO_THE_PERSON] },
  })
  await stopFollowUps({ payload, email })
  await removeSetAside({ payload, email })
  await blankEvents({
    payload,
    where: { or: [{ subscriberRef: { equals: subscriberId } }, { addressHash: { in: hashes } }] },
  })
  log('reader.erased', { subscriber: subscriberId })
  return reader
}

/** The notice of what they wrote goes to staff. */
const TO_THE_PERSON: Where = { kind: { not_equals: 'contact-notice' } }

/**
 * Before the consents go, by which they are found.
 * @returns the hashes of those that nobody has brought back since.
 */
async function eraseFormerAddresses({
  payload,
  reader,
}: {
  payload: Payload
  reader: Subscriber
}): Promise<string[]> {
  const { docs } = await payload.find({
    collection: 'consents',
    where: { subscriber: { equals: reader.id }, formerAddressHash: { exists: true } },
    select: { formerAddressHash: true },
    showHiddenFields: true,
    ...ALL,
  })
  const now = depsOf(payload).clock.now()
  const erased: string[] = []
  for (const hash of new Set(docs.flatMap(({ formerAddressHash }) => formerAddressHash ?? [])))
    if (await suppressHash({ payload, hash, reason: 'erased', unlessLifted: true, now })) erased.push(hash)
  return erased
}

/** What they wrote to us stays, as the page says; but nothing is mailed to them any more that it asked for. */
async function stopFollowUps({ payload, email }: { payload: Payload; email: string }): Promise<void> {
  await payload.db.updateMany({
    collection: 'contact-messages',
    where: { email: { equals: email }, mailsQueuedAt: { exists: false } },
    data: { isToBeThanked: false, wantsNewsletter: false },
    returning: false,
  })
}

/** Events that could not be applied, as they came in. One that still waits is applied, and then tells of nobody. */
async function removeSetAside({ payload, email }: { payload: Payload; email: string }): Promise<void> {
  await payload.db.deleteMany({
    collection: 'waiting-events',
    where: { setAsideAt: { exists: true }, body: { contains: email } },
  })
}

/** Clocks of two processes differ by less. */
const CLOCKS_DIFFER_MS = 60_000

/**
 * What others wrote down for the person while they were being erased. The address is not known any more when this is
 * done again, so that mails are found by what it was erased under; one to somebody who subscribes anew has a subscriber.
 */
async function removeLatecomers({ payload, subscriberId }: Person): Promise<void> {
  const id = toDocumentId({ payload, text: subscriberId })
  const since = await plannedAt({ payload, subscriberId })
  // SQLite takes the reference out of what it refers to the subscriber by.
  const theirs: Where = { or: [{ subscriber: { equals: id } }, { subscriber: { exists: false } }] }
  await payload.db.deleteMany({
    collection: 'consents',
    where: { and: [theirs, { at: { greater_than_equal: since } }] },
  })
  const { docs } = await payload.find({
    collection: 'transactional-mails',
    where: { and: [theirs, TO_THE_PERSON, { createdAt: { greater_than_equal: since } }] },
    select: { email: true },
    ...ALL,
  })
  const suppressed = await findSuppressed({ payload, emails: docs.map(({ email }) => email) })
  const erased = docs.filter(({ email }) => suppressed.get(email) === 'erased').map(({ id: mail }) => mail)
  if (erased.length > 0)
    await payload.db.deleteMany({ collection: 'transactional-mails', where: { id: { in: erased } } })
}

async function plannedAt({ payload, subscriberId }: Person): Promise<string> {
  const where = { subscriberRef: { equals: subscriberId } }
  const { docs } = await payload.find({ collection: 'erasures', where, ...ALL })
  const { clock } = depsOf(payload)
  const askedAt = docs[0] ? Date.parse(docs[0].askedAt) : clock.now().getTime()
  return new Date(askedAt - CLOCKS_DIFFER_MS).toISOString()
}

/** The rows stay: they keep an event that comes again from being taken twice. */
async function blankEvents({ payload, where }: { payload: Payload; where: Where }): Promise<void> {
  await payload.db.updateMany({ collection: 'provider-events', where, data: NOBODY, returning: false })
}

const ALL = { depth: 0, limit: 0, pagination: false, overrideAccess: true } as const

const NOBODY = { email: null, detail: null, payload: null, subscriberRef: null, addressHash: null }
