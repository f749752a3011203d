import { ObjectId } from 'mongodb'
import type { EventStore, GuardedNumbers } from '../../../newsletter/eventPorts.ts'
import type { CampaignDocument, Collections } from './collections.ts'
import { NO_SNAPSHOT, pushMove } from './values.ts'

export const guardOperations = ({
  campaigns,
  deliveries,
}: Pick<Collections, 'campaigns' | 'deliveries'>): Pick<
  EventStore,
  'readGuard' | 'countSubmitted' | 'pauseByGuard' | 'forgiveGuard'
> => ({
  async readGuard(campaignId) {
    const _id = new ObjectId(campaignId)
    const campaign = await campaigns.findOne<GuardFields>(
      { _id },
      { projection: { status: 1, counts: 1, guarded: 1, canary: 1 } },
    )
    if (!campaign) return null
    const { status, counts, guarded = null, canary } = campaign
    const mails = canary?.mails ?? null
    const { submitted = 0, delivered = 0, bounced = 0, complained = 0 } = counts ?? {}
    return {
      ...{ status, guarded, numbers: { submitted, bounced, complained } },
      canary: mails === null ? null : { mails, isMailed: Boolean(canary?.waitsUntil) },
      told: delivered + bounced,
    }
  },

  /** Counts are kept for good when the campaign is finished; until then the number is only ever too low. */
  async countSubmitted(campaignId) {
    const _id = new ObjectId(campaignId)
    const campaign = await campaigns.findOne({ _id }, { projection: { snapshot: 1 } })
    const submitted = await deliveries.countDocuments({
      campaign: _id,
      snapshot: campaign?.snapshot ?? NO_SNAPSHOT,
      status: 'submitted',
    })
    await campaigns.updateOne({ _id, finishedAt: null }, { $max: { 'counts.submitted': submitted } })
    return submitted
  },

  async pauseByGuard({ id, from, problem, numbers, now }) {
    const { matchedCount } = await campaigns.updateOne(
      { _id: new ObjectId(id), status: from },
      {
        $set: {
          status: 'paused',
          ...{ movedAt: now, updatedAt: now, problem: { ...problem, at: now }, guarded: numbers },
          ...(from === 'canary' && { 'canary.endedAt': now }),
        },
        $push: pushMove({ to: 'paused', problem, now }),
      },
    )
    return matchedCount === 1
  },

  async forgiveGuard({ id, numbers }) {
    await campaigns.updateOne(
      { _id: new ObjectId(id), guarded: { $ne: null } },
      { $set: { guarded: numbers } },
    )
  },
})

type GuardFields = Pick<CampaignDocument, 'status' | 'counts' | 'canary'> & {
  guarded?: GuardedNumbers | null
}
