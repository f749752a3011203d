import { ObjectId } from 'mongodb'
import type { Store } from '../../../newsletter/ports.ts'
import type { BatchDocument, Collections, Split } from './collections.ts'
import { NO_LEASE, UNSEALED } from './values.ts'

/** Of a part whose mails have not come yet: were it claimed, it would be settled without them. */
const NOT_YET = new Date('9999-12-31T00:00:00.000Z')

/**
 * How it is parted is written into the batch first, while it is held. From then on whoever comes to it finishes that (also
 * sealBatch), so that its bytes are never fixed while mails may still leave it, and a worker that stood still meanwhile
 * finds nothing to move.
 */
export async function splitBatch(
  rows: Collections,
  { batch, token, size, now }: Parameters<Store['splitBatch']>[0],
): Promise<boolean> {
  const { batches, deliveries } = rows
  const held = { _id: new ObjectId(batch.id), leaseToken: token, status: 'pending' as const }
  const current = await batches.findOne(held)
  if (!current) return true
  const { campaign, snapshot, number: batchNumber, sealedAt } = current
  if (sealedAt !== null) return false
  if (current.split) await finishSplit(rows, { batch: current, split: current.split, now })
  else {
    const mails = await deliveries.countDocuments({ campaign, snapshot, batchNumber })
    if (mails <= size) return false
    const parts = Math.ceil(mails / size) - 1
    const split = { first: await reserveNumbers(rows, { campaign, snapshot, count: parts }), parts, size }
    const { matchedCount } = await batches.updateOne(
      { ...held, sealedAt: null, split: null },
      { $set: { split } },
    )
    if (matchedCount === 1) await finishSplit(rows, { batch: current, split, now })
  }
  return true
}

/** May be done by several at once, and again at any time: each write finds only what is not done yet. */
export async function finishSplit(
  { batches, deliveries }: Collections,
  { batch, split, now }: { batch: BatchDocument; split: Split; now: Date },
): Promise<void> {
  const { campaign, snapshot, number: batchNumber } = batch
  const { size } = split
  const numbers = Array.from({ length: split.parts }, (_, index) => split.first + index)
  await batches.bulkWrite(
    numbers.map((number) => ({
      updateOne: {
        filter: { campaign, snapshot, number },
        update: { $setOnInsert: partOf({ batch, number }) },
        upsert: true,
      },
    })),
    { ordered: false },
  )
  await deliveries.bulkWrite(
    numbers.map((number, index) => {
      const from = (index + 1) * size
      return {
        updateMany: {
          filter: { campaign, snapshot, batchNumber, position: { $gte: from, $lt: from + size } },
          update: { $set: { batchNumber: number }, $inc: { position: -from } },
        },
      }
    }),
    { ordered: false },
  )
  await batches.updateMany(
    { campaign, snapshot, number: { $in: numbers }, dueAt: NOT_YET },
    { $set: { dueAt: now } },
  )
  await batches.updateOne({ _id: batch._id, 'split.first': split.first }, { $set: { split: null } })
}

/** The first of so many numbers that no batch of the campaign has, or will have. */
async function reserveNumbers(
  { campaigns, batches }: Collections,
  { campaign, snapshot, count }: { campaign: ObjectId; snapshot: string; count: number },
): Promise<number> {
  for (;;) {
    const before = await campaigns.findOneAndUpdate(
      { _id: campaign, nextNumber: { $gt: 0 } },
      { $inc: { nextNumber: count } },
      { returnDocument: 'before', projection: { nextNumber: 1 } },
    )
    if (before?.nextNumber !== undefined) return before.nextNumber
    const last = await batches.findOne({ campaign, snapshot }, { sort: { number: -1 } })
    const nextNumber = (last?.number ?? 0) + 1
    await campaigns.updateOne({ _id: campaign, nextNumber: { $exists: false } }, { $set: { nextNumber } })
  }
}

/** A batch of its own: the same round, a key of its own, nothing tried. Its number is in the filter of the write. */
const partOf = ({
  batch: { campaign, snapshot, round, remails },
  number,
}: {
  batch: BatchDocument
  number: number
}): Omit<BatchDocument, '_id' | 'campaign' | 'snapshot' | 'number'> => ({
  status: 'pending',
  idempotencyKey: `campaign-${campaign.toHexString()}-${snapshot}-${number}`,
  attempts: 0,
  dueAt: NOT_YET,
  round: round ?? 0,
  remails: remails ?? null,
  settledAt: null,
  ...UNSEALED,
  ...NO_LEASE,
})
