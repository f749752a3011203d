import { ObjectId } from 'mongodb'
import type { CampaignStatus, DeliveryCounts } from '../../../newsletter/model.ts'
import type { Store } from '../../../newsletter/ports.ts'
import { NO_PROBLEM, NO_SNAPSHOT, type Collections } from './collections.ts'

type FinishingOperations = Pick<Store, 'findDrainedCampaigns' | 'finishCampaign' | 'countDeliveries'>

export const finishingOperations = ({
  campaigns,
  batches,
  deliveries,
}: Pick<Collections, 'campaigns' | 'batches' | 'deliveries'>): FinishingOperations => ({
  async findDrainedCampaigns() {
    const unfinished = await unfinishedCampaigns({ campaigns })
    const drained = await Promise.all(
      unfinished.map(async ({ _id, snapshot }) =>
        (await hasUnsettled({ batches, deliveries, campaign: _id, snapshot })) ? [] : [_id],
      ),
    )
    return drained.flat().map((id) => id.toHexString())
  },

  async finishCampaign({ id, now }) {
    const _id = new ObjectId(id)
    const found = await campaigns.findOne({ _id, ...UNFINISHED }, { projection: { snapshot: 1, status: 1 } })
    if (!found) return false
    const snapshot = found.snapshot ?? NO_SNAPSHOT
    if (await hasUnsettled({ batches, deliveries, campaign: _id, snapshot })) return false
    const counts = { ...(await countByStatus({ deliveries, campaign: _id, snapshot })) }
    const status = found.status === 'cancelled' ? 'cancelled' : 'submitted'
    const { matchedCount } = await campaigns.updateOne(
      { _id, status: found.status, finishedAt: null },
      { $set: { status, counts, finishedAt: now, updatedAt: now, ...NO_PROBLEM } },
    )
    return matchedCount === 1
  },

  async countDeliveries(campaignId) {
    const campaign = new ObjectId(campaignId)
    const found = await campaigns.findOne({ _id: campaign }, { projection: { snapshot: 1 } })
    return countByStatus({ deliveries, campaign, snapshot: found?.snapshot ?? NO_SNAPSHOT })
  },
})

/** Being submitted, or cancelled and not closed yet. */
const UNFINISHED = { status: { $in: ['submitting', 'cancelled'] as CampaignStatus[] }, finishedAt: null }

/** The campaigns of which batches may be claimed (those that do not wait, with `dueBy`), with the snapshot that counts. */
export async function unfinishedCampaigns({
  campaigns,
  dueBy,
}: {
  campaigns: Collections['campaigns']
  dueBy?: Date
}): Promise<{ _id: ObjectId; snapshot: string; isCancelled: boolean; problemSince: Date | null }[]> {
  const found = await campaigns
    .find(
      { ...UNFINISHED, ...(dueBy ? { dueAt: { $lte: dueBy } } : {}) },
      { projection: { snapshot: 1, status: 1, problem: 1 } },
    )
    .toArray()
  return found.map(({ _id, snapshot, status, problem }) => ({
    _id,
    snapshot: snapshot ?? NO_SNAPSHOT,
    isCancelled: status === 'cancelled',
    problemSince: problem?.at ?? null,
  }))
}

async function hasUnsettled({
  batches,
  deliveries,
  campaign,
  snapshot,
}: Pick<Collections, 'batches' | 'deliveries'> & {
  campaign: ObjectId
  snapshot: string
}): Promise<boolean> {
  const projection = { _id: 1 }
  const unsettled = { campaign, snapshot, status: { $ne: 'settled' as const } }
  if (await batches.findOne(unsettled, { projection })) return true
  return (await deliveries.findOne({ campaign, snapshot, status: 'pending' }, { projection })) !== null
}

async function countByStatus({
  deliveries,
  campaign,
  snapshot,
}: {
  deliveries: Collections['deliveries']
  campaign: ObjectId
  snapshot: string
}): Promise<DeliveryCounts> {
  const rows = await deliveries
    .aggregate<{ _id: string; n: number }>([
      { $match: { campaign, snapshot } },
      { $group: { _id: '$status', n: { $sum: 1 } } },
    ])
    .toArray()
  const of = (status: string) => rows.find((row) => row._id === status)?.n ?? 0
  return {
    recipients: rows.reduce((sum, { n }) => sum + n, 0),
    submitted: of('submitted'),
    rejected: of('rejected'),
    excluded: of('excluded'),
    uncertain: of('uncertain'),
    delivered: 0,
    bounced: 0,
    complained: 0,
  }
}
