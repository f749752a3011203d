import { ObjectId } from 'mongodb'
import type { Exclusion } from '../../../newsletter/model.ts'
import type { Store } from '../../../newsletter/ports.ts'
import { unfinishedCampaigns } from './finishing.ts'
import {
  isFreeAt,
  later,
  NO_LEASE,
  type BatchDocument,
  type Collections,
  type DeliveryDocument,
} from './collections.ts'

type BatchOperations = Pick<Store, 'claimBatch' | 'sealBatch' | 'settleBatch' | 'releaseBatch'>

export const batchOperations = ({
  campaigns,
  batches,
  deliveries,
  subscribers,
}: Collections): BatchOperations => ({
  async claimBatch({ now, lease }) {
    const due = await unfinishedCampaigns({ campaigns, dueBy: now })
    if (due.length === 0) return null
    const found = await batches.findOneAndUpdate(
      {
        status: 'pending',
        dueAt: { $lte: now },
        $and: [{ $or: due.map(({ _id, snapshot }) => ({ campaign: _id, snapshot })) }, isFreeAt(now)],
      },
      { $set: { leaseToken: lease.token, leaseUntil: later(now, lease.ms) }, $inc: { attempts: 1 } },
      { sort: { dueAt: 1, _id: 1 }, returnDocument: 'after' },
    )
    if (!found) return null
    const campaign = due.find(({ _id }) => _id.equals(found.campaign))
    return {
      id: found._id.toHexString(),
      campaignId: found.campaign.toHexString(),
      number: found.number,
      idempotencyKey: found.idempotencyKey,
      attempts: found.attempts - 1,
      sealedAt: found.sealedAt,
      inDoubtSince: found.inDoubtSince,
      problemSince: campaign?.problemSince ?? null,
      isCancelled: campaign?.isCancelled ?? false,
    }
  },

  async sealBatch({ batch, token, isCallNext, now }) {
    const held = { _id: new ObjectId(batch.id), leaseToken: token, status: 'pending' as const }
    const current = await batches.findOne(held)
    if (!current) return null
    const members = await deliveries
      .find({ campaign: current.campaign, snapshot: current.snapshot, batchNumber: current.number })
      .sort({ position: 1 })
      .toArray()
    const exclusions = current.exclusions ?? (await findExclusions({ subscribers, members }))
    // One write: who is excluded and when the bytes were fixed cannot come apart.
    const { matchedCount } = await batches.updateOne(held, {
      $set: {
        exclusions,
        sealedAt: current.sealedAt ?? now,
        ...(isCallNext ? { inDoubtSince: current.inDoubtSince ?? now } : {}),
      },
    })
    if (matchedCount !== 1) return null
    const excluded = new Set(exclusions.map(({ deliveryId }) => deliveryId))
    return { exclusions, recipients: members.map(toDelivery).filter(({ id }) => !excluded.has(id)) }
  },

  async settleBatch({ id, token, results, now }) {
    const held = { _id: new ObjectId(id), leaseToken: token, status: 'pending' as const }
    if (!(await batches.findOne(held, { projection: { _id: 1 } }))) return false
    if (results.length > 0)
      await deliveries.bulkWrite(
        results.map(({ deliveryId, ...facts }) => ({
          updateOne: {
            filter: { _id: new ObjectId(deliveryId), status: 'pending' },
            update: { $set: { reason: null, detail: null, providerId: null, ...facts, settledAt: now } },
          },
        })),
        { ordered: false },
      )
    const { matchedCount } = await batches.updateOne(held, { $set: { status: 'settled', ...NO_LEASE } })
    return matchedCount === 1
  },

  async releaseBatch({ id, token, dueAt, newKey }) {
    const anew = { sealedAt: null, exclusions: null, inDoubtSince: null }
    const { matchedCount } = await batches.updateOne(
      { _id: new ObjectId(id), leaseToken: token, status: 'pending' },
      {
        $set: {
          dueAt,
          ...NO_LEASE,
          ...(newKey !== null && { idempotencyKey: newKey, ...anew }),
        } satisfies Partial<BatchDocument>,
      },
    )
    return matchedCount === 1
  },
})

async function findExclusions({
  subscribers,
  members,
}: {
  subscribers: Collections['subscribers']
  members: DeliveryDocument[]
}): Promise<Exclusion[]> {
  const found = await subscribers
    .find({ _id: { $in: members.map(({ subscriber }) => subscriber) } }, { projection: { status: 1 } })
    .toArray()
  const statuses = new Map(found.map(({ _id, status }) => [_id.toHexString(), status]))
  return members.flatMap(({ _id, subscriberRef }) => {
    const status = statuses.get(subscriberRef)
    if (status === 'active') return []
    const reason = !status ? 'deleted' : status === 'suppressed' ? 'suppressed' : 'unsubscribed'
    return [{ deliveryId: _id.toHexString(), reason }]
  })
}

const toDelivery = ({ _id, subscriberRef, email, name, locale }: DeliveryDocument) => ({
  id: _id.toHexString(),
  subscriberId: subscriberRef,
  email,
  name,
  locale,
})
