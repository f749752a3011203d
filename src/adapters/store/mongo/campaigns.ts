import { ObjectId } from 'mongodb'
import type { Store } from '../../../newsletter/ports.ts'
import { NO_LEASE, NO_PROBLEM, type Collections } from './collections.ts'

type CampaignOperations = Pick<Store, 'moveCampaign' | 'readMailing' | 'holdCampaign' | 'clearProblem'>

export const campaignOperations = ({ campaigns }: Pick<Collections, 'campaigns'>): CampaignOperations => ({
  async moveCampaign({ id, from, to, now }) {
    const _id = new ObjectId(id)
    const common = { dueAt: now, updatedAt: now, ...NO_LEASE, ...NO_PROBLEM }
    const move = async (status: 'paused' | 'cancelled' | 'scheduled' | 'submitting', where: object) => {
      const { matchedCount } = await campaigns.updateOne(
        { _id, status: { $in: [...from] }, ...where },
        { $set: { status, ...common } },
      )
      return matchedCount === 1
    }
    if (to !== 'onward') return move(to, {})
    return (await move('scheduled', { snapshot: null })) || move('submitting', { snapshot: { $ne: null } })
  },

  async readMailing(campaignId) {
    const found = await campaigns.findOne({ _id: new ObjectId(campaignId) }, { projection: { mailing: 1 } })
    if (!found?.mailing) throw new Error(`Campaign ${campaignId} has no mailing.`)
    return found.mailing
  },

  async holdCampaign({ id, until, problem, now }) {
    const submitting = { _id: new ObjectId(id), status: 'submitting' as const }
    const isFirst = { 'problem.at': null }
    await campaigns.updateOne({ ...submitting, ...isFirst }, { $set: { problem: { ...problem, at: now } } })
    const { code, message } = problem
    const said = { 'problem.code': code, 'problem.message': message, updatedAt: now }
    await campaigns.updateOne(submitting, { $set: said })
    await campaigns.updateOne({ ...submitting, dueAt: { $lt: until } }, { $set: { dueAt: until } })
  },

  async clearProblem({ id, now }) {
    await campaigns.updateOne(
      { _id: new ObjectId(id), status: 'submitting', 'problem.code': { $ne: null } },
      { $set: { updatedAt: now, ...NO_PROBLEM } },
    )
  },
})
