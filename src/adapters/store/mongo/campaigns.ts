import { ObjectId } from 'mongodb'
import type { CampaignToPrepare, DeliveryCounts } from '../../../newsletter/model.ts'
import type { Store } from '../../../newsletter/ports.ts'
import { isFreeAt, later, NO_LEASE, NO_PROBLEM, type Collections } from './collections.ts'

type CampaignOperations = Pick<
  Store,
  | 'claimCampaign'
  | 'startCampaign'
  | 'fixMailing'
  | 'openCampaign'
  | 'stopPreparing'
  | 'moveCampaign'
  | 'readMailing'
  | 'holdCampaign'
  | 'clearProblem'
  | 'findArticlesWithoutCampaign'
  | 'findDrainedCampaigns'
  | 'finishCampaign'
  | 'countDeliveries'
>

export const campaignOperations = ({
  campaigns,
  batches,
  deliveries,
  articles,
}: Collections): CampaignOperations => ({
  async claimCampaign({ now, lease }) {
    const found = await campaigns.findOneAndUpdate(
      { status: { $in: ['scheduled', 'preparing'] }, dueAt: { $lte: now }, ...isFreeAt(now) },
      { $set: { leaseToken: lease.token, leaseUntil: later(now, lease.ms) } },
      { sort: { dueAt: 1, _id: 1 }, returnDocument: 'after' },
    )
    if (!found) return null
    return {
      id: found._id.toHexString(),
      articleId: found.article.toHexString(),
      status: found.status as CampaignToPrepare['status'],
      mailing: found.mailing ?? null,
      topicIds: found.topicIds ?? [],
    }
  },

  async startCampaign({ id, token, topicIds, now }) {
    const held = { _id: new ObjectId(id), leaseToken: token }
    const { matchedCount } = await campaigns.updateOne(
      { ...held, status: { $in: ['scheduled', 'preparing'] } },
      { $set: { status: 'preparing', topicIds, updatedAt: now } },
    )
    await campaigns.updateOne({ ...held, startedAt: null }, { $set: { startedAt: now } })
    return matchedCount === 1
  },

  async fixMailing({ id, token, mailing }) {
    const held = { _id: new ObjectId(id), leaseToken: token, status: 'preparing' as const }
    await campaigns.updateOne(
      { ...held, mailing: null },
      { $set: { mailing, subject: mailing.mails.sv.subject } },
    )
    return (await campaigns.findOne(held, { projection: { mailing: 1 } }))?.mailing ?? null
  },

  async openCampaign({ id, token, now }) {
    const { matchedCount } = await campaigns.updateOne(
      { _id: new ObjectId(id), leaseToken: token, status: 'preparing' },
      {
        $set: {
          status: 'submitting',
          snapshot: token,
          dueAt: now,
          updatedAt: now,
          ...NO_LEASE,
          ...NO_PROBLEM,
        },
      },
    )
    return matchedCount === 1
  },

  async stopPreparing({ id, token, to, problem, now }) {
    const { matchedCount } = await campaigns.updateOne(
      { _id: new ObjectId(id), leaseToken: token, status: { $in: ['scheduled', 'preparing'] } },
      { $set: { status: to, problem: { ...problem, at: now }, updatedAt: now, ...NO_LEASE } },
    )
    return matchedCount === 1
  },

  async moveCampaign({ id, from, to, now }) {
    const _id = new ObjectId(id)
    const finishedAt = to === 'cancelled' ? now : null
    const common = { dueAt: now, updatedAt: now, finishedAt, ...NO_LEASE, ...NO_PROBLEM }
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
    const isNew = { 'problem.code': { $ne: problem.code } }
    await campaigns.updateOne({ ...submitting, ...isNew }, { $set: { problem: { ...problem, at: now } } })
    await campaigns.updateOne(submitting, { $set: { 'problem.message': problem.message, updatedAt: now } })
    await campaigns.updateOne({ ...submitting, dueAt: { $lt: until } }, { $set: { dueAt: until } })
  },

  async clearProblem(campaignId) {
    await campaigns.updateOne(
      { _id: new ObjectId(campaignId), status: 'submitting', 'problem.code': { $ne: null } },
      { $set: NO_PROBLEM },
    )
  },

  async findArticlesWithoutCampaign({ limit }) {
    const found: string[] = []
    const published = articles.find(
      { _status: 'published', 'newsletter.send': true, deletedAt: null },
      { projection: { _id: 1 } },
    )
    for await (const chunk of inChunks(published, 1000)) {
      const mailed = await campaigns.distinct('article', { article: { $in: chunk.map(({ _id }) => _id) } })
      const known = new Set(mailed.map((id) => id.toHexString()))
      found.push(...chunk.map(({ _id }) => _id.toHexString()).filter((id) => !known.has(id)))
      if (found.length >= limit) break
    }
    return found.slice(0, limit)
  },

  async findDrainedCampaigns() {
    const submitting = await submittingCampaigns({ campaigns })
    const drained = await Promise.all(
      submitting.map(async ({ _id, snapshot }) =>
        (await hasUnsettled({ batches, campaign: _id, snapshot })) ? [] : [_id],
      ),
    )
    return drained.flat().map((id) => id.toHexString())
  },

  async finishCampaign({ id, now }) {
    const _id = new ObjectId(id)
    const found = await campaigns.findOne({ _id, status: 'submitting' }, { projection: { snapshot: 1 } })
    if (!found?.snapshot || (await hasUnsettled({ batches, campaign: _id, snapshot: found.snapshot })))
      return false
    const counts = { ...(await countByStatus({ deliveries, campaign: _id, snapshot: found.snapshot })) }
    const { matchedCount } = await campaigns.updateOne(
      { _id, status: 'submitting' },
      { $set: { status: 'submitted', counts, finishedAt: now, updatedAt: now, ...NO_PROBLEM } },
    )
    return matchedCount === 1
  },

  async countDeliveries(campaignId) {
    const campaign = new ObjectId(campaignId)
    const found = await campaigns.findOne({ _id: campaign }, { projection: { snapshot: 1 } })
    return countByStatus({ deliveries, campaign, snapshot: found?.snapshot ?? '' })
  },
})

/** The campaigns of which batches may be claimed, with the snapshot that counts. */
export async function submittingCampaigns({
  campaigns,
  dueBy,
}: {
  campaigns: Collections['campaigns']
  dueBy?: Date
}): Promise<{ _id: ObjectId; snapshot: string }[]> {
  const found = await campaigns
    .find(
      { status: 'submitting', snapshot: { $ne: null }, ...(dueBy ? { dueAt: { $lte: dueBy } } : {}) },
      { projection: { snapshot: 1 } },
    )
    .toArray()
  return found.map(({ _id, snapshot }) => ({ _id, snapshot: snapshot ?? '' }))
}

async function hasUnsettled({
  batches,
  campaign,
  snapshot,
}: {
  batches: Collections['batches']
  campaign: ObjectId
  snapshot: string
}): Promise<boolean> {
  const unsettled = { campaign, snapshot, status: { $ne: 'settled' as const } }
  return (await batches.findOne(unsettled, { projection: { _id: 1 } })) !== null
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

/** Reads a cursor a chunk at a time. */
export async function* inChunks<T>(cursor: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let chunk: T[] = []
  for await (const document of cursor) {
    chunk.push(document)
    if (chunk.length < size) continue
    yield chunk
    chunk = []
  }
  if (chunk.length > 0) yield chunk
}
