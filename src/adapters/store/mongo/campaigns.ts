import { ObjectId, type MatchKeysAndValues } from 'mongodb'
import type { Problem } from '../../../newsletter/model.ts'
import type { Store } from '../../../newsletter/ports.ts'
import type { CampaignDocument, Collections } from './collections.ts'
import { IN_CANARY, IS_MAILED, NO_LEASE, NO_PROBLEM, NOTHING_FIXED, pushMove } from './values.ts'

type CampaignOperations = Pick<
  Store,
  | 'endHolds'
  | 'undoCampaign'
  | 'findUndone'
  | 'moveCampaign'
  | 'stopCampaign'
  | 'readMailing'
  | 'holdCampaign'
  | 'clearProblem'
>

/** A campaign opens once and for good: whoever is not unopened at the first write is not at the second. */
const UNOPENED = { snapshot: null }
const OPENED = { snapshot: { $ne: null } }

/** A canary is over once and for good. */
const STOPPED_IN_CANARY = { ...OPENED, ...IN_CANARY, status: 'paused' }
const NOT_IN_CANARY = { ...OPENED, $or: [{ 'canary.batches': null }, { 'canary.endedAt': { $ne: null } }] }

export const campaignOperations = ({ campaigns }: Pick<Collections, 'campaigns'>): CampaignOperations => ({
  async endHolds({ now }) {
    const { modifiedCount } = await campaigns.updateMany(
      { status: 'holding', dueAt: { $lte: now } },
      {
        $set: { status: 'scheduled', movedAt: now, updatedAt: now },
        $push: pushMove({ to: 'scheduled', now }),
      },
    )
    return modifiedCount
  },

  async undoCampaign({ id, by, byName = null, now }) {
    const $push = pushMove({ to: 'cancelled', control: 'undo', by, byName, now })
    const undone = {
      undoneAt: now,
      undoneBy: new ObjectId(by),
      finishedAt: now,
      movedAt: now,
      updatedAt: now,
    }
    const undo = async (which: 'first' | 'later') => {
      const { matchedCount } = await campaigns.updateOne(
        { _id: new ObjectId(id), status: 'holding', edition: which === 'first' ? 1 : { $gt: 1 } },
        // A later edition has published nothing that could be taken back.
        { $set: { status: 'cancelled', ...undone, returnedAt: which === 'first' ? null : now }, $push },
      )
      return matchedCount === 1
    }
    return (await undo('first')) || undo('later')
  },

  async findUndone() {
    const found = campaigns.find(
      { status: 'cancelled', undoneAt: { $ne: null }, returnedAt: null },
      { projection: { article: 1, undoneAt: 1, undoneBy: 1, formerVersion: 1 } },
    )
    return (await found.toArray()).flatMap(({ _id, article, undoneAt, undoneBy, formerVersion }) =>
      undoneAt
        ? {
            id: _id.toHexString(),
            articleId: article.toHexString(),
            undoneAt,
            by: undoneBy?.toHexString() ?? null,
            formerVersion: formerVersion ?? null,
          }
        : [],
    )
  },

  async moveCampaign({ id, from, to, now, ...mover }) {
    const stamp = { dueAt: now, movedAt: now, updatedAt: now, ...NO_LEASE, ...NO_PROBLEM }
    const move = async (
      where: object,
      change: MatchKeysAndValues<CampaignDocument> & Pick<CampaignDocument, 'status'>,
    ) => {
      const { matchedCount } = await campaigns.updateOne(
        { $and: [{ _id: new ObjectId(id), status: { $in: [...from] } }, where] },
        { $set: { ...change, ...stamp }, $push: pushMove({ to: change.status, now, ...mover }) },
      )
      return matchedCount === 1
    }
    switch (to) {
      case 'cancelled':
        return move({}, { status: to })
      case 'paused':
        return (await move(UNOPENED, { status: to, ...NOTHING_FIXED })) || move(OPENED, { status: to })
      case 'onward':
        return (
          (await move({ status: 'canary' }, { status: 'submitting', 'canary.endedAt': now })) ||
          (await move(UNOPENED, { status: 'scheduled' })) ||
          (await move(STOPPED_IN_CANARY, { status: 'canary' })) ||
          move(NOT_IN_CANARY, { status: 'submitting' })
        )
    }
  },

  async stopCampaign({ id, problem, now }) {
    await sayProblem({ campaigns, id, problem, now, isStop: true })
  },

  async readMailing(campaignId) {
    const found = await campaigns.findOne({ _id: new ObjectId(campaignId) }, { projection: { mailing: 1 } })
    if (!found?.mailing) throw new Error(`Campaign ${campaignId} has no mailing.`)
    return found.mailing
  },

  async holdCampaign({ id, until, problem, now }) {
    await sayProblem({ campaigns, id, problem, now })
    await campaigns.updateOne(
      { _id: new ObjectId(id), ...IS_MAILED, dueAt: { $lt: until } },
      { $set: { dueAt: until } },
    )
  },

  async clearProblem({ id, now }) {
    await campaigns.updateOne(
      { _id: new ObjectId(id), ...IS_MAILED, 'problem.code': { $ne: null }, dueAt: { $lte: now } },
      { $set: { updatedAt: now, ...NO_PROBLEM } },
    )
  },
})

/** While it is mailed: with the time since when there is a problem, whatever it was first. */
async function sayProblem({
  campaigns,
  id,
  problem,
  now,
  isStop = false,
}: Pick<Collections, 'campaigns'> & {
  id: string
  problem: Problem
  now: Date
  /** Whether the campaign is paused with it. */
  isStop?: boolean
}): Promise<void> {
  const change = isStop ? { status: 'paused' as const, movedAt: now } : {}
  const pushed = isStop ? { $push: pushMove({ to: 'paused', problem, now }) } : {}
  const mailed = { _id: new ObjectId(id), ...IS_MAILED }
  const { matchedCount } = await campaigns.updateOne(
    { ...mailed, 'problem.at': null },
    { $set: { ...change, problem: { ...problem, at: now }, updatedAt: now }, ...pushed },
  )
  if (matchedCount === 1) return
  const { code, message } = problem
  await campaigns.updateOne(
    { ...mailed, 'problem.at': { $ne: null } },
    { $set: { ...change, 'problem.code': code, 'problem.message': message, updatedAt: now }, ...pushed },
  )
}
