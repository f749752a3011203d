import { ObjectId } from 'mongodb'
import type { RemailedStatus } from '../../../newsletter/model.ts'
import type { Store } from '../../../newsletter/ports.ts'
import { nextKey } from '../../../newsletter/rules/nextKey.ts'
import type { BatchDocument, Collections, DeliveryDocument } from './collections.ts'
import { inChunks, isBefore, NO_LEASE, NO_SNAPSHOT, UNSEALED } from './values.ts'

const CHUNK = 1_000

interface Request {
  campaign: ObjectId
  snapshot: string
  round: number
  remails: RemailedStatus
}

/**
 * Every write counts only while its round is still to come, so that any number of workers may do this at once, however
 * long one of them stands still; and addresses come before the batches that are mailed to them.
 */
export async function reopenBatches(
  rows: Collections,
  { id, now }: Parameters<Store['reopenBatches']>[0],
): Promise<void> {
  const { campaigns, deliveries } = rows
  const request = await readRequest(rows, new ObjectId(id))
  if (!request) return
  const { campaign, snapshot, round, remails } = request
  const isThis = { _id: campaign, round, remailing: remails }
  // Asked after the request was read. It is either dropped or begun, whoever is first; what is begun is ended.
  if (await hasLaterEdition(rows, campaign)) {
    await campaigns.updateOne({ ...isThis, begunRound: { $ne: round } }, { $set: { remailing: null } })
    if (!(await campaigns.findOne({ ...isThis, begunRound: round }, { projection: { _id: 1 } }))) return
  } else {
    const { matchedCount } = await campaigns.updateOne(isThis, { $set: { begunRound: round } })
    if (matchedCount === 0) return
  }
  if (remails === 'rejected') await readdress(rows, request)
  const numbers = deliveries.aggregate<{ _id: number }>([
    { $match: { campaign, snapshot, status: remails } },
    { $group: { _id: '$batchNumber' } },
  ])
  for await (const chunk of inChunks(numbers, CHUNK))
    await reopen(rows, { request, numbers: chunk.map(({ _id }) => _id), now })
  await campaigns.updateOne({ _id: campaign, round, remailing: remails }, { $set: { remailing: null } })
}

/** Whether its article has a later edition, which was not undone. */
export async function hasLaterEdition(
  { campaigns }: Pick<Collections, 'campaigns'>,
  id: ObjectId,
): Promise<boolean> {
  const found = await campaigns.findOne({ _id: id }, { projection: { article: 1, edition: 1 } })
  if (!found) return false
  const { article, edition } = found
  const isNotUndone = { $or: [{ status: { $ne: 'cancelled' as const } }, { snapshot: { $ne: null } }] }
  const later = { article, edition: { $gt: edition }, ...isNotUndone }
  return (await campaigns.findOne(later, { projection: { _id: 1 } })) !== null
}

async function readRequest({ campaigns }: Collections, campaign: ObjectId): Promise<Request | null> {
  const found = await campaigns.findOne(
    { _id: campaign },
    { projection: { snapshot: 1, round: 1, remailing: 1 } },
  )
  if (!found?.remailing) return null
  return {
    campaign,
    snapshot: found.snapshot ?? NO_SNAPSHOT,
    round: found.round ?? 0,
    remails: found.remailing,
  }
}

/** An address that was refused may have been corrected since; whoever is gone keeps the one of before. */
async function readdress(
  { deliveries, subscribers }: Collections,
  { campaign, snapshot, round }: Request,
): Promise<void> {
  const isToDo = { status: 'rejected' as const, addressedIn: isBefore(round) }
  const refused = deliveries.find<Pick<DeliveryDocument, '_id' | 'subscriber' | 'email'>>(
    { campaign, snapshot, ...isToDo },
    { projection: { subscriber: 1, email: 1 } },
  )
  for await (const chunk of inChunks(refused, CHUNK)) {
    const found = await subscribers
      .find(
        { _id: { $in: chunk.flatMap(({ subscriber }) => subscriber ?? []) } },
        { projection: { email: 1 } },
      )
      .toArray()
    const today = new Map(found.map(({ _id, email }) => [_id.toHexString(), email]))
    await deliveries.bulkWrite(
      chunk.map(({ _id, subscriber, email }) => ({
        updateOne: {
          filter: { _id, ...isToDo },
          update: {
            $set: { email: today.get(subscriber?.toHexString() ?? '') ?? email, addressedIn: round },
          },
        },
      })),
      { ordered: false },
    )
  }
}

async function reopen(
  { batches }: Collections,
  { request, numbers, now }: { request: Request; numbers: number[]; now: Date },
): Promise<void> {
  const { campaign, snapshot, round, remails } = request
  const isToDo = { status: 'settled' as const, round: isBefore(round) }
  const found = await batches
    .find<Pick<BatchDocument, '_id' | 'idempotencyKey' | 'attempts'>>(
      { campaign, snapshot, number: { $in: numbers }, ...isToDo },
      { projection: { idempotencyKey: 1, attempts: 1 } },
    )
    .toArray()
  if (found.length === 0) return
  await batches.bulkWrite(
    found.map(({ _id, idempotencyKey: key, attempts }) => ({
      updateOne: {
        filter: { _id, ...isToDo },
        update: {
          $set: {
            status: 'pending' as const,
            settledAt: null,
            round,
            remails,
            dueAt: now,
            idempotencyKey: nextKey({ key, attempts }),
            postponedSince: null,
            ...UNSEALED,
            ...NO_LEASE,
          },
          // Its key is taken: the next one is another.
          $inc: { attempts: 1 },
        },
      },
    })),
    { ordered: false },
  )
}
