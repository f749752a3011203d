import { ObjectId, type Filter } from 'mongodb'
import { REMAILED_STATUSES, type CampaignStatus, type Decision, type Id } from '../../../newsletter/model.ts'
import type { Store } from '../../../newsletter/ports.ts'
import { REMAILED_FROM } from '../../../newsletter/rules/transitions.ts'
import type { CampaignDocument, Collections } from './collections.ts'
import { hasUnsettledBatch } from './finishing.ts'
import { hasLaterEdition, reopenBatches } from './reopenBatches.ts'
import { NO_PROBLEM, pushMove } from './values.ts'

type RemailingOperations = Pick<
  Store,
  'requestRemailing' | 'leaveUncertain' | 'findRemailingRequests' | 'reopenBatches'
>

export const remailingOperations = (rows: Collections): RemailingOperations => ({
  async requestRemailing({ id, of, by, byName = null, now }) {
    const settled = await findSettled(rows, { id, from: REMAILED_FROM })
    if (!settled || (await hasLaterEdition(rows, new ObjectId(id)))) return false
    const decision = of === 'uncertain' ? decisionBy({ kind: 'mail_again', by, now }) : NO_DECISION
    const round = settled.round + 1
    const control = of === 'uncertain' ? 'mail-again' : 'retry'
    const { matchedCount } = await rows.campaigns.updateOne(settled.where, {
      $set: { ...submittingAt(now), finishedAt: null, round, remailing: of, decision },
      $push: pushMove({ to: 'submitting', control, by, byName, now }),
    })
    return matchedCount === 1
  },

  async leaveUncertain({ id, by, byName = null, now }) {
    const settled = await findSettled(rows, { id, from: ['paused'] })
    if (!settled) return false
    const { matchedCount } = await rows.campaigns.updateOne(settled.where, {
      $set: { ...submittingAt(now), decision: decisionBy({ kind: 'leave', by, now }) },
      $push: pushMove({ to: 'submitting', control: 'leave', by, byName, now }),
    })
    return matchedCount === 1
  },

  async findRemailingRequests() {
    // By name and not "not null", so that an index answers it.
    const requested = { remailing: { $in: [...REMAILED_STATUSES] } }
    const found = await rows.campaigns.find(requested, { projection: { _id: 1 } }).toArray()
    return found.map(({ _id }) => _id.toHexString())
  },

  reopenBatches: (move) => reopenBatches(rows, move),
})

const NO_DECISION = { kind: null, at: null, by: null }

const decisionBy = ({ kind, by, now }: { kind: Decision; by: Id; now: Date }) => ({
  kind,
  at: now,
  by: new ObjectId(by),
})

const submittingAt = (now: Date) => ({
  status: 'submitting' as const,
  dueAt: now,
  movedAt: now,
  updatedAt: now,
  ...NO_PROBLEM,
})

/**
 * The campaign when every batch of it is settled, and the condition of a write on it: a batch becomes pending again only
 * in a later round, so that what was seen still holds while the round is that one.
 */
async function findSettled(
  { campaigns, batches }: Collections,
  { id, from }: { id: Id; from: readonly CampaignStatus[] },
): Promise<{ where: Filter<CampaignDocument>; round: number } | null> {
  const settled = {
    _id: new ObjectId(id),
    status: { $in: [...from] },
    snapshot: { $ne: null },
    remailing: null,
  }
  const found = await campaigns.findOne(settled, { projection: { snapshot: 1, round: 1 } })
  if (!found?.snapshot) return null
  if (await hasUnsettledBatch({ batches, campaign: found._id, snapshot: found.snapshot })) return null
  const { round = null } = found
  return { where: { ...settled, round }, round: round ?? 0 }
}
