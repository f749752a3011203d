import type { Payload, PayloadRequest } from 'payload'
import { ARTICLE_UNPUBLISHED } from '../newsletter/rules/problems.ts'
import type { Article, Campaign } from '../payload-types.ts'
import { hasTransaction } from '../saving/hasTransaction.ts'

/**
 * Gives an article its one campaign. An article that has one keeps it: only a campaign that waited because the article
 * was unpublished before anything was mailed goes on.
 */
export async function scheduleCampaign({
  payload,
  articleId,
  req,
}: {
  payload: Payload
  articleId: Article['id']
  req?: PayloadRequest
}): Promise<void> {
  const existing = await findCampaign({ payload, articleId, req })
  if (existing) return resumeAfterUnpublishing({ payload, campaign: existing, req })
  const now = new Date().toISOString()
  const isInTransaction = await hasTransaction({ db: payload.db, req })
  try {
    await payload.create({
      collection: 'campaigns',
      data: { article: articleId, status: 'scheduled', dueAt: now, movedAt: now },
      depth: 0,
      overrideAccess: true,
      req,
    })
  } catch (error) {
    // Two publishes at once: the unique index let the other one in, which is as good. A transaction has ended with the
    // error, and the article's own write with it: that must not pass for saved.
    if (isInTransaction || !(await findCampaign({ payload, articleId, req }))) throw error
  }
}

type CampaignRef = { payload: Payload; articleId: Article['id']; req?: PayloadRequest }

async function findCampaign({ payload, articleId, req }: CampaignRef) {
  const { docs } = await payload.find({
    collection: 'campaigns',
    where: { article: { equals: articleId } },
    select: { status: true, problem: true },
    depth: 0,
    limit: 1,
    pagination: false,
    overrideAccess: true,
    req,
  })
  return docs[0]
}

async function resumeAfterUnpublishing({
  payload,
  campaign,
  req,
}: {
  payload: Payload
  campaign: Pick<Campaign, 'id' | 'status' | 'problem'>
  req?: PayloadRequest
}): Promise<void> {
  if (campaign.status !== 'paused' || campaign.problem?.code !== ARTICLE_UNPUBLISHED) return
  const now = new Date().toISOString()
  // One conditional write: whoever cancels it at this moment is not overruled.
  await payload.db.updateOne({
    collection: 'campaigns',
    where: {
      and: [
        { id: { equals: campaign.id } },
        { status: { equals: 'paused' } },
        { 'problem.code': { equals: ARTICLE_UNPUBLISHED } },
      ],
    },
    data: {
      status: 'scheduled',
      dueAt: now,
      movedAt: now,
      updatedAt: now,
      problem: { code: null, message: null, at: null },
    },
    returning: false,
    req,
  })
}
