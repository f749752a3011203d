import { ObjectId } from 'mongodb'
import {
  DELIVERY_STATUSES,
  MOST_POSTPONED,
  type CampaignStatus,
  type DeliveryCounts,
  type Problem,
} from '../../../newsletter/model.ts'
import type { Store } from '../../../newsletter/ports.ts'
import type { CampaignDocument, Collections } from './collections.ts'
import { IS_MAILED, NO_PROBLEM, NO_SNAPSHOT, pushMove } from './values.ts'

type FinishingOperations = Pick<
  Store,
  | 'findDrainedCampaigns'
  | 'finishCampaign'
  | 'countDeliveries'
  | 'countRefusals'
  | 'readNextBatch'
  | 'readPostponed'
>

export const finishingOperations = ({
  campaigns,
  batches,
  deliveries,
}: Pick<Collections, 'campaigns' | 'batches' | 'deliveries'>): FinishingOperations => ({
  async findDrainedCampaigns() {
    const unfinished = await unfinishedCampaigns({ campaigns })
    const drained = await Promise.all(
      unfinished.map(async ({ _id: campaign, snapshot, isRemailing }) => {
        if (isRemailing || (await hasUnsettledBatch({ batches, campaign, snapshot }))) return []
        const pending = { campaign, snapshot, status: 'pending' as const }
        return (await deliveries.findOne(pending, { projection: { _id: 1 } })) ? [] : [campaign]
      }),
    )
    return drained.flat().map((id) => id.toHexString())
  },

  async finishCampaign({ id, undecided, now }) {
    const campaign = new ObjectId(id)
    const found = await campaigns.findOne(
      { _id: campaign, ...UNFINISHED, remailing: null },
      { projection: { snapshot: 1, status: 1, round: 1, decision: 1, resettled: 1 } },
    )
    if (!found) return null
    const snapshot = found.snapshot ?? NO_SNAPSHOT
    if (await hasUnsettledBatch({ batches, campaign, snapshot })) return null
    const { pending, ...counts } = await countByStatus({ deliveries, campaign, snapshot })
    if (pending > 0) return null
    const end = endOf({ found, counts, undecided, now })
    const { matchedCount } = await campaigns.updateOne(stillAs(found), {
      $set: { ...ofTheRows(counts), updatedAt: now, ...end },
      $push: pushMove({
        ...{ to: end.status, counts, now },
        problem: end.status === 'paused' ? undecided : null,
      }),
    })
    return matchedCount === 1 ? end.status : null
  },

  async countDeliveries(campaignId) {
    const campaign = new ObjectId(campaignId)
    const found = await campaigns.findOne({ _id: campaign }, { projection: { snapshot: 1 } })
    const snapshot = found?.snapshot ?? NO_SNAPSHOT
    const { pending: _, ...counts } = await countByStatus({ deliveries, campaign, snapshot })
    return counts
  },

  async countRefusals({ campaignId, reason }) {
    const campaign = new ObjectId(campaignId)
    const found = await campaigns.findOne({ _id: campaign }, { projection: { snapshot: 1, movedAt: 1 } })
    const own = { campaign, snapshot: found?.snapshot ?? NO_SNAPSHOT }
    const [refused, submitted] = await Promise.all([
      deliveries.countDocuments({
        ...own,
        ...{ status: 'rejected', reason, settledAt: { $gte: found?.movedAt ?? new Date(0) } },
      }),
      deliveries.findOne({ ...own, status: 'submitted' }, { projection: { _id: 1 } }),
    ])
    return { refused, hasSubmitted: submitted !== null }
  },

  async readNextBatch(campaignId) {
    const campaign = new ObjectId(campaignId)
    const found = await campaigns.findOne({ _id: campaign }, { projection: { snapshot: 1 } })
    const first = await batches.findOne(
      { campaign, snapshot: found?.snapshot ?? NO_SNAPSHOT, status: 'pending' },
      { sort: { dueAt: 1 }, projection: { dueAt: 1, postponedSince: 1 } },
    )
    return first && { dueAt: first.dueAt, isPostponed: Boolean(first.postponedSince) }
  },

  async readPostponed({ campaignId, now }) {
    const campaign = new ObjectId(campaignId)
    const found = await campaigns.findOne({ _id: campaign, ...IS_MAILED }, { projection: { snapshot: 1 } })
    if (!found) return null
    const [postponed] = await batches
      .aggregate<{ count: number; nextTryAt: Date }>([
        {
          $match: {
            ...{ campaign, snapshot: found.snapshot ?? NO_SNAPSHOT, status: 'pending' },
            ...{ dueAt: { $gt: now }, postponedSince: { $gt: new Date(0) } },
          },
        },
        { $sort: { dueAt: 1 } },
        { $limit: MOST_POSTPONED },
        { $group: { _id: null, count: { $sum: 1 }, nextTryAt: { $min: '$dueAt' } } },
        { $project: { _id: 0 } },
      ])
      .toArray()
    return postponed ?? null
  },
})

/** Not what the provider tells: that may be counted at this very moment (recordEvents). */
export const ofTheRows = ({ recipients, submitted, rejected, excluded, uncertain }: DeliveryCounts) => ({
  'counts.recipients': recipients,
  'counts.submitted': submitted,
  'counts.rejected': rejected,
  'counts.excluded': excluded,
  'counts.uncertain': uncertain,
})

/** The campaign as it was read: nobody has had deliveries mailed again or settled, decided or moved it since. */
const stillAs = ({ _id, status, round = null, decision, resettled = null }: CampaignDocument) => ({
  _id,
  status,
  round,
  'decision.at': decision?.at ?? null,
  resettled,
  remailing: null,
  finishedAt: null,
})

function endOf({
  found: { status, decision },
  counts,
  undecided,
  now,
}: {
  found: CampaignDocument
  counts: DeliveryCounts
  undecided: Problem
  now: Date
}) {
  if (status === 'cancelled') return { status, finishedAt: now, ...NO_PROBLEM }
  if (counts.uncertain > 0 && decision?.kind !== 'leave')
    return { status: 'paused' as const, movedAt: now, problem: { ...undecided, at: now } }
  return { status: 'submitted' as const, movedAt: now, finishedAt: now, ...NO_PROBLEM }
}

/** Being submitted, or cancelled and not closed yet. */
const UNFINISHED = { status: { $in: ['submitting', 'cancelled'] as CampaignStatus[] }, finishedAt: null }

interface UnfinishedCampaign {
  _id: ObjectId
  /** Whose rows count. */
  snapshot: string
  /** There is a request that is not carried out yet. */
  isRemailing: boolean
}

async function unfinishedCampaigns({
  campaigns,
}: Pick<Collections, 'campaigns'>): Promise<UnfinishedCampaign[]> {
  const found = await campaigns
    .find(UNFINISHED, { projection: { snapshot: 1, remailing: 1 } })
    .sort({ dueAt: 1 })
    .toArray()
  return found.map(({ _id, snapshot, remailing }) => ({
    ...{ _id, snapshot: snapshot ?? NO_SNAPSHOT, isRemailing: Boolean(remailing) },
  }))
}

export interface ClaimableCampaign {
  _id: ObjectId
  /** Whose rows count. */
  snapshot: string
  isCancelled: boolean
  problemSince: Date | null
  /** Which batches alone may be claimed. */
  ofCanary: OfCanary
}

/** The campaigns of which batches may be claimed, the one that waits longest first; none that waits for events of its canary. */
export async function claimableCampaigns({
  campaigns,
  now,
}: Pick<Collections, 'campaigns'> & { now: Date }): Promise<ClaimableCampaign[]> {
  const found = await campaigns
    .find(
      {
        status: { $in: ['canary', 'submitting', 'cancelled'] },
        ...{ finishedAt: null, dueAt: { $lte: now } },
      },
      { projection: { snapshot: 1, status: 1, canary: 1, 'problem.at': 1 } },
    )
    .sort({ dueAt: 1 })
    .toArray()
  const mailed = found.filter(({ status, canary }) => status !== 'canary' || !canary?.waitsUntil)
  return mailed.map((campaign) => ({
    _id: campaign._id,
    snapshot: campaign.snapshot ?? NO_SNAPSHOT,
    isCancelled: campaign.status === 'cancelled',
    problemSince: campaign.problem?.at ?? null,
    ofCanary: ofCanary(campaign),
  }))
}

export type OfCanary = { number?: { $lt: number } }

/** A condition on the batches of a campaign in its canary: those of that. */
export const ofCanary = ({ status, canary }: Pick<CampaignDocument, 'status' | 'canary'>): OfCanary =>
  status === 'canary' ? { number: { $lt: canary?.batches ?? 0 } } : {}

/** @param of.only which of its batches; all of them unless it says so. */
export async function hasUnsettledBatch({
  batches,
  campaign,
  snapshot,
  only = {},
}: Pick<Collections, 'batches'> & {
  campaign: ObjectId
  snapshot: string
  only?: OfCanary
}): Promise<boolean> {
  const pending = { campaign, snapshot, status: 'pending' as const, ...only }
  return (await batches.findOne(pending, { projection: { _id: 1 } })) !== null
}

/** From an index alone; every status is named so that it is that one. */
export async function countByStatus({
  deliveries,
  campaign,
  snapshot,
}: Pick<Collections, 'deliveries'> & {
  campaign: ObjectId
  snapshot: string
}): Promise<DeliveryCounts & { pending: number }> {
  const rows = await deliveries
    .aggregate<{ _id: string; n: number }>([
      { $match: { campaign, snapshot, status: { $in: [...DELIVERY_STATUSES] } } },
      { $group: { _id: '$status', n: { $sum: 1 } } },
    ])
    .toArray()
  const of = (status: string) => rows.find((row) => row._id === status)?.n ?? 0
  return {
    recipients: rows.reduce((sum, { n }) => sum + n, 0),
    pending: of('pending'),
    submitted: of('submitted'),
    rejected: of('rejected'),
    excluded: of('excluded'),
    uncertain: of('uncertain'),
    delivered: 0,
    bounced: 0,
    complained: 0,
  }
}
