import { ObjectId } from 'mongodb'
import type { CampaignToPrepare } from '../../../newsletter/model.ts'
import type { Store } from '../../../newsletter/ports.ts'
import { ARTICLE_UNPUBLISHED } from '../../../newsletter/rules/problems.ts'
import type { Collections } from './collections.ts'
import { inChunks, isFreeAt, later, NO_LEASE, NO_PROBLEM, NOTHING_FIXED } from './values.ts'

type PreparingOperations = Pick<
  Store,
  | 'claimCampaign'
  | 'startCampaign'
  | 'fixMailing'
  | 'openCampaign'
  | 'stopPreparing'
  | 'findForgottenArticles'
>

export const preparingOperations = ({
  campaigns,
  articles,
}: Pick<Collections, 'campaigns' | 'articles'>): PreparingOperations => ({
  async claimCampaign({ now, lease }) {
    const found = await campaigns.findOneAndUpdate(
      { status: { $in: ['scheduled', 'preparing'] }, dueAt: { $lte: now }, ...isFreeAt(now) },
      { $set: { leaseToken: lease.token, leaseUntil: later(now, lease.ms) } },
      { sort: { dueAt: 1 }, returnDocument: 'after' },
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
    const start = async (status: 'scheduled' | 'preparing', change: { movedAt?: Date }) => {
      const { matchedCount } = await campaigns.updateOne(
        { ...held, status },
        { $set: { status: 'preparing', topicIds, updatedAt: now, ...change } },
      )
      return matchedCount === 1
    }
    await campaigns.updateOne({ ...held, startedAt: null }, { $set: { startedAt: now } })
    return (await start('preparing', {})) || start('scheduled', { movedAt: now })
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
          movedAt: now,
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
      {
        $set: {
          status: to,
          problem: { ...problem, at: now },
          movedAt: now,
          updatedAt: now,
          ...NOTHING_FIXED,
          ...NO_LEASE,
        },
      },
    )
    return matchedCount === 1
  },

  async findForgottenArticles({ limit }) {
    const found: string[] = []
    const published = articles.find(
      { _status: 'published', 'newsletter.send': true, deletedAt: null },
      { projection: { _id: 1 } },
    )
    for await (const chunk of inChunks(published, 1000)) {
      const isWaiting = { status: 'paused' as const, 'problem.code': ARTICLE_UNPUBLISHED }
      const isUndone = {
        status: 'cancelled' as const,
        undoneAt: { $ne: null },
        returnedAt: { $ne: null },
      }
      const mailed = await campaigns.distinct('article', {
        article: { $in: chunk.map(({ _id }) => _id) },
        $nor: [isWaiting, isUndone],
      })
      const known = new Set(mailed.map((id) => id.toHexString()))
      found.push(...chunk.map(({ _id }) => _id.toHexString()).filter((id) => !known.has(id)))
      if (found.length >= limit) break
    }
    return found.slice(0, limit)
  },
})
