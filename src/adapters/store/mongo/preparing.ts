import { ObjectId } from 'mongodb'
import { REMAILED_STATUSES, type CampaignToPrepare } from '../../../newsletter/model.ts'
import type { Store } from '../../../newsletter/ports.ts'
import { countsOfAudience } from '../../../newsletter/rules/campaignMoves.ts'
import { ARTICLE_UNPUBLISHED } from '../../../newsletter/rules/problems.ts'
import type { ArticleDocument, CampaignDocument, Collections } from './collections.ts'
import { inChunks, isFreeAt, later, NO_LEASE, NO_PROBLEM, NOTHING_FIXED, pushMove } from './values.ts'

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
    const waiting: ObjectId[] = []
    const claim = () =>
      campaigns.findOneAndUpdate(
        {
          ...{ status: { $in: ['scheduled', 'preparing'] }, dueAt: { $lte: now }, ...isFreeAt(now) },
          ...(waiting.length > 0 && { _id: { $nin: waiting } }),
        },
        { $set: { leaseToken: lease.token, leaseUntil: later(now, lease.ms) } },
        { sort: { dueAt: 1 }, returnDocument: 'after' },
      )
    let found = await claim()
    while (found && (await waitsForEdition(campaigns, found))) {
      waiting.push(found._id)
      await campaigns.updateOne({ _id: found._id, leaseToken: lease.token }, { $set: NO_LEASE })
      found = await claim()
    }
    if (!found) return null
    return {
      id: found._id.toHexString(),
      edition: {
        articleId: found.article.toHexString(),
        number: found.edition,
        audience: found.audience,
        corrects: found.corrects ?? null,
      },
      editionTopicIds: found.editionTopicIds ?? null,
      status: found.status as CampaignToPrepare['status'],
      mailing: found.mailing ?? null,
      topicIds: found.topicIds ?? [],
    }
  },

  async startCampaign({ id, token, topicIds, now }) {
    const held = { _id: new ObjectId(id), leaseToken: token }
    const start = async (status: 'scheduled' | 'preparing') => {
      const isMoved = status === 'scheduled'
      const { matchedCount } = await campaigns.updateOne(
        { ...held, status },
        {
          $set: { status: 'preparing', topicIds, updatedAt: now, ...(isMoved && { movedAt: now }) },
          ...(isMoved && { $push: pushMove({ to: 'preparing', now }) }),
        },
      )
      return matchedCount === 1
    }
    await campaigns.updateOne({ ...held, startedAt: null }, { $set: { startedAt: now } })
    return (await start('preparing')) || start('scheduled')
  },

  async fixMailing({ id, token, mailing }) {
    const held = { _id: new ObjectId(id), leaseToken: token, status: 'preparing' as const }
    await campaigns.updateOne(
      { ...held, mailing: null },
      { $set: { mailing, subject: mailing.mails.sv.subject } },
    )
    return (await campaigns.findOne(held, { projection: { mailing: 1 } }))?.mailing ?? null
  },

  async openCampaign({ id, token, canary, recipients, now }) {
    const counts = recipients === undefined ? null : countsOfAudience(recipients)
    const { matchedCount } = await campaigns.updateOne(
      { _id: new ObjectId(id), leaseToken: token, status: 'preparing' },
      {
        $set: {
          status: canary ? 'canary' : 'submitting',
          ...(canary && { canary: { ...canary, waitsUntil: null, endedAt: null } }),
          snapshot: token,
          dueAt: now,
          movedAt: now,
          updatedAt: now,
          ...NO_LEASE,
          ...NO_PROBLEM,
        },
        $push: pushMove({ to: canary ? 'canary' : 'submitting', counts, now }),
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
        $push: pushMove({ to, problem, now }),
      },
    )
    return matchedCount === 1
  },

  async findForgottenArticles({ limit }) {
    const found: string[] = []
    const published = articles.find(
      { _status: 'published', 'newsletter.send': true, deletedAt: null },
      { projection: { _id: 1, updatedAt: 1 } },
    )
    for await (const chunk of inChunks(published, 1000)) {
      const known = await campaigns
        .find(
          {
            article: { $in: chunk.map(({ _id }) => _id) },
            $or: [{ edition: 1 }, { status: 'paused', 'problem.code': ARTICLE_UNPUBLISHED }],
          },
          {
            projection: { article: 1, edition: 1, status: 1, 'problem.code': 1, undoneAt: 1, returnedAt: 1 },
          },
        )
        .toArray()
      // A later edition that waits is the one that counts.
      const byArticle = new Map(
        known
          .toSorted((one, other) => one.edition - other.edition)
          .map((campaign) => [campaign.article.toHexString(), campaign]),
      )
      const isForgotten = ({ _id, updatedAt }: ArticleDocument) => {
        const campaign = byArticle.get(_id.toHexString())
        return !campaign || awaitsPublication(campaign, updatedAt)
      }
      found.push(...chunk.filter(isForgotten).map(({ _id }) => _id.toHexString()))
      if (found.length >= limit) break
    }
    return found.slice(0, limit)
  },
})

/** An earlier edition of its article is not over: one that was cancelled may have a call in doubt. Each edition's row is written before this is asked. */
const waitsForEdition = async (
  campaigns: Collections['campaigns'],
  { article, edition }: CampaignDocument,
): Promise<boolean> =>
  edition > 1 &&
  (await campaigns.findOne(
    {
      ...{ article, edition: { $lt: edition } },
      $or: [
        { status: { $nin: ['submitted', 'cancelled'] } },
        { status: 'cancelled', finishedAt: null },
        { remailing: { $in: [...REMAILED_STATUSES] } },
      ],
    },
    { projection: { _id: 1 } },
  )) !== null

/** It waits for its article to be published, or was undone before that was saved last. */
function awaitsPublication(
  { status, problem, undoneAt, returnedAt }: CampaignDocument,
  articleSavedAt: Date | undefined,
): boolean {
  if (status === 'paused') return problem?.code === ARTICLE_UNPUBLISHED
  return (
    status === 'cancelled' && Boolean(undoneAt && returnedAt && articleSavedAt && returnedAt < articleSavedAt)
  )
}
