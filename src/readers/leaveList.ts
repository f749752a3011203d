import type { Payload } from 'payload'
import type { Subscriber } from '../payload-types.ts'
import { findReaderById } from './findReader.ts'
import { lastDecision } from './lastDecision.ts'
import { recordConsent } from './recordConsent.ts'
import { canUndoLeaving } from './undoWindow.ts'

type Status = Subscriber['status']

/** Where somebody left, or took it back: the mail program's own button, our page, the page of their choices. */
export type LeavingSource = 'list-unsubscribe' | 'page' | 'preferences'

/**
 * No more newsletters for this person. Doing it again changes nothing (but finishes what a crash or a failed write left of
 * the first time), and a suppressed address stays suppressed, even when its suppression comes in at this very moment (a
 * complaint often comes with the click): that they left is kept beside it, so that lifting the suppression brings nobody
 * back who left.
 * Writes as the system: the reader's token stands in for a login.
 * @throws what the database throws: nobody may be told that they have left when they have not, or when it is not on record.
 */
export async function leaveList({ payload, reader, source, now }: Leaving): Promise<void> {
  const left = await leave({ payload, reader, now })
  if (!left || (!left.isNow && (await hasRecorded({ payload, reader, leftAt: left.at })))) return
  await record({ payload, reader, kind: 'withdrawn', source, at: left.at, of: left.at })
  // Staff who saved the person in between wrote back the status that they had read; whoever saves from here on finds the row.
  await moveStatus({ payload, reader, from: ['active'], to: 'unsubscribed', now: left.at })
}

const TRIES = 5

/** @returns when they left, now or earlier; null for who is gone, or left before times were kept. */
async function leave({
  payload,
  reader,
  now,
}: Omit<Leaving, 'source'>): Promise<{ at: Date; isNow: boolean } | null> {
  for (let tries = 0; tries < TRIES; tries++) {
    const isFirst =
      (await moveStatus({ payload, reader, from: ['active', 'pending'], to: 'unsubscribed', now })) ||
      (await noteLeft({ payload, reader, now }))
    if (isFirst) return { at: now, isNow: true }
    const current = await findReaderById({ payload, id: String(reader.id) })
    if (current?.unsubscribedAt) return { at: new Date(current.unsubscribedAt), isNow: false }
    if (!current || current.status === 'unsubscribed') return null
    // Suppressed for the first write and let go of for the second.
  }
  throw new Error('The status of a subscriber was changed by others again and again.')
}

/**
 * Takes leaving back, shortly after it, and only for somebody whose consent is on record; that consent holds on. Doing it
 * again finishes what a failed write left of the first time.
 * @returns false, with nothing changed, for anybody else.
 */
export async function undoLeaving({ payload, reader, source, now }: Leaving): Promise<boolean> {
  if (reader.status === 'active') {
    const left = await lastDecision({ payload, subscriberId: String(reader.id) })
    if (left?.kind === 'withdrawn')
      await record({ payload, reader, kind: 'resumed', source, at: now, of: new Date(left.at) })
    return true
  }
  if (!canUndoLeaving({ ...reader, now }) || !reader.unsubscribedAt) return false
  if (!(await moveStatus({ payload, reader, from: ['unsubscribed'], to: 'active', now }))) return false
  const of = new Date(reader.unsubscribedAt)
  await record({ payload, reader, kind: 'resumed', source, at: now, of })
  return true
}

interface Leaving {
  payload: Payload
  reader: Subscriber
  source: LeavingSource
  now: Date
}

interface Recorded {
  payload: Payload
  reader: Subscriber
  kind: 'withdrawn' | 'resumed'
  source: LeavingSource
  at: Date
  /** The leaving that it is about: of each there is one row, and one of its being taken back. */
  of: Date
}

const record = ({ payload, reader, kind, source, at, of }: Recorded): Promise<void> =>
  recordConsent({
    payload,
    consent: {
      subscriberId: String(reader.id),
      kind,
      at,
      text: null,
      locale: reader.locale,
      source,
      by: null,
      key: `${kind}:${reader.id}:${of.getTime()}`,
    },
  })

/** Whether there is a row of when they left, whoever wrote it. */
async function hasRecorded({
  payload,
  reader,
  leftAt,
}: {
  payload: Payload
  reader: Subscriber
  leftAt: Date
}): Promise<boolean> {
  const { totalDocs } = await payload.count({
    collection: 'consents',
    where: {
      subscriber: { equals: reader.id },
      kind: { equals: 'withdrawn' },
      at: { greater_than_equal: leftAt.toISOString() },
    },
    overrideAccess: true,
  })
  return totalDocs > 0
}

/** That a suppressed person left too; once, whatever comes at the same time. */
async function noteLeft({ payload, reader, now }: Omit<Leaving, 'source'>): Promise<boolean> {
  const isSuppressed = { status: { equals: 'suppressed' } }
  const noted = await payload.db.updateOne({
    collection: 'subscribers',
    where: { and: [{ id: { equals: reader.id } }, isSuppressed, { unsubscribedAt: { exists: false } }] },
    data: { unsubscribedAt: now.toISOString(), updatedAt: now.toISOString() },
  })
  return Boolean(noted)
}

/** One conditional write past Payload's operations, which would write back every field as they had read it. */
async function moveStatus({
  payload,
  reader,
  from,
  to,
  now,
}: {
  payload: Payload
  reader: Subscriber
  from: Status[]
  to: Status
  now: Date
}): Promise<boolean> {
  const moved = await payload.db.updateOne({
    collection: 'subscribers',
    where: { and: [{ id: { equals: reader.id } }, { status: { in: from } }] },
    data: {
      status: to,
      unsubscribedAt: to === 'unsubscribed' ? now.toISOString() : null,
      updatedAt: now.toISOString(),
    },
  })
  return Boolean(moved)
}
