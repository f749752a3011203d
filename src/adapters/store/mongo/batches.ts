import { ObjectId } from 'mongodb'
import type { ClaimedBatch, DeliveryResult } from '../../../newsletter/model.ts'
import type { Store } from '../../../newsletter/ports.ts'
import { REMAILED } from '../../../newsletter/rules/transitions.ts'
import type { BatchDocument, Collections } from './collections.ts'
import { claimableCampaigns, type ClaimableCampaign } from './finishing.ts'
import { sealBatch } from './sealBatch.ts'
import { splitBatch } from './splitBatch.ts'
import { isBefore, isFreeAt, later, NO_LEASE, UNSEALED } from './values.ts'

type BatchOperations = Pick<Store, 'claimBatch' | 'splitBatch' | 'sealBatch' | 'settleBatch' | 'releaseBatch'>

export const batchOperations = (rows: Collections): BatchOperations => {
  const { campaigns, batches } = rows
  return {
    async claimBatch({ now, lease }) {
      // From the few campaigns that are mailed now: the batches of those that are paused cost nothing.
      for (const campaign of await claimableCampaigns({ campaigns, now })) {
        const found = await batches.findOneAndUpdate(
          {
            campaign: campaign._id,
            snapshot: campaign.snapshot,
            status: 'pending',
            dueAt: { $lte: now },
            ...campaign.ofCanary,
            ...isFreeAt(now),
          },
          { $set: { leaseToken: lease.token, leaseUntil: later(now, lease.ms) }, $inc: { attempts: 1 } },
          { sort: { dueAt: 1, number: 1 }, returnDocument: 'after' },
        )
        if (found) return toClaimedBatch(found, campaign)
      }
      return null
    },

    splitBatch: (move) => splitBatch(rows, move),

    sealBatch: (move) => sealBatch(rows, move),

    async settleBatch({ id, token, results, now }) {
      const held = { _id: new ObjectId(id), leaseToken: token, status: 'pending' as const }
      const current = await batches.findOne(held, { projection: { round: 1 } })
      if (!current) return false
      await settleDeliveries(rows, { round: current.round ?? 0, results, now })
      const { matchedCount } = await batches.updateOne(held, {
        $set: { status: 'settled', settledAt: now, ...NO_LEASE },
      })
      return matchedCount === 1
    },

    async releaseBatch({ id, token, dueAt, newKey, postponedSince }) {
      const { matchedCount } = await batches.updateOne(
        { _id: new ObjectId(id), leaseToken: token, status: 'pending' },
        {
          $set: {
            ...NO_LEASE,
            postponedSince,
            ...(dueAt !== null && { dueAt }),
            ...(newKey !== null && { idempotencyKey: newKey, ...UNSEALED }),
          },
        },
      )
      return matchedCount === 1
    },
  }
}

const toClaimedBatch = (
  batch: BatchDocument,
  { isCancelled, problemSince }: ClaimableCampaign,
): ClaimedBatch => ({
  id: batch._id.toHexString(),
  campaignId: batch.campaign.toHexString(),
  number: batch.number,
  idempotencyKey: batch.idempotencyKey,
  attempts: batch.attempts - 1,
  round: batch.round ?? 0,
  calledWith: batch.calledWith ?? null,
  sealedAt: batch.sealedAt,
  inDoubtSince: batch.inDoubtSince,
  postponedSince: batch.postponedSince ?? null,
  problemSince,
  isCancelled,
})

/**
 * At most once in each round, so that a worker that comes late changes nothing of what another wrote; nobody is excluded
 * after round 0.
 */
async function settleDeliveries(
  { deliveries }: Collections,
  { round, results, now }: { round: number; results: DeliveryResult[]; now: Date },
): Promise<void> {
  const isUnsettled =
    round === 0
      ? { status: 'pending' as const }
      : { status: { $in: [...REMAILED] }, settledIn: isBefore(round) }
  const counted = results.filter(({ status }) => round === 0 || status !== 'excluded')
  if (counted.length === 0) return
  await deliveries.bulkWrite(
    counted.map(({ deliveryId, ...facts }) => ({
      updateOne: {
        filter: { _id: new ObjectId(deliveryId), ...isUnsettled },
        update: {
          $set: {
            ...{ reason: null, detail: null, providerId: null },
            ...facts,
            settledAt: now,
            ...(round > 0 && { settledIn: round }),
          },
        },
      },
    })),
    { ordered: false },
  )
}
