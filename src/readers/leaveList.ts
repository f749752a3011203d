import type { Payload } from 'payload'
import type { Subscriber } from '../payload-types.ts'
import { canUndoLeaving } from './undoWindow.ts'

type Status = Subscriber['status']

/**
 * No more newsletters for this person. Doing it again changes nothing, and a suppressed address stays suppressed, even
 * when its suppression comes in at this very moment (a complaint often comes with the click).
 * Writes as the system: the reader's token stands in for a login.
 * @throws what the database throws: nobody may be told that they have left when they have not.
 */
export async function leaveList({
  payload,
  reader,
  now,
}: {
  payload: Payload
  reader: Subscriber
  now: Date
}): Promise<void> {
  await moveStatus({ payload, reader, from: ['active', 'pending'], to: 'unsubscribed', now })
}

/**
 * Takes leaving back, shortly after it, and only for somebody whose consent is on record; that consent holds on.
 * @returns false, with nothing changed, for anybody else.
 */
export async function undoLeaving({
  payload,
  reader,
  now,
}: {
  payload: Payload
  reader: Subscriber
  now: Date
}): Promise<boolean> {
  if (reader.status === 'active') return true
  if (!canUndoLeaving({ ...reader, now })) return false
  return moveStatus({ payload, reader, from: ['unsubscribed'], to: 'active', now })
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
