import type { Id } from './model.ts'
import type { ArticleCampaigns, Clock } from './ports.ts'
import { ARTICLE_UNPUBLISHED } from './rules/problems.ts'

/**
 * Gives a published article its one campaign, to be mailed when the hold has passed: until then staff can undo it. An article
 * that has a campaign keeps it. Only one that waited because the article was unpublished before anything was mailed goes on,
 * and one that was undone: for both, publishing is a new click, with a hold of its own.
 * @param input.publishedAt when it was published: the hold counts from then on.
 * @param input.isPlanned its time had come, and nobody clicked: there is no hold.
 * @param input.formerVersion the version that readers saw before; null when they saw none.
 */
export async function scheduleCampaign(
  { campaigns, clock }: { campaigns: ArticleCampaigns; clock: Clock },
  {
    articleId,
    publishedAt,
    isPlanned,
    formerVersion,
  }: { articleId: Id; publishedAt: Date; isPlanned: boolean; formerVersion: Id | null },
): Promise<void> {
  const now = clock.now()
  const holdEnds = new Date(publishedAt.getTime() + (isPlanned ? 0 : await campaigns.holdMs()))
  const isHeld = holdEnds > now
  const start = {
    status: isHeld ? ('holding' as const) : ('scheduled' as const),
    dueAt: isHeld ? holdEnds : now,
    heldAt: publishedAt,
    formerVersion,
  }
  const existing = await campaigns.find(articleId)
  if (!existing) return campaigns.create({ articleId, start, now })
  const from = reopenedFrom(existing)
  if (from) await campaigns.reopen({ id: existing.id, from, start, now })
}

/** Whether publishing an article mails somebody, by the campaign that it has (null: none). */
export const mailsWhenPublished = (campaign: ExistingCampaign | null): boolean =>
  campaign === null || reopenedFrom(campaign) !== null

type ExistingCampaign = NonNullable<Awaited<ReturnType<ArticleCampaigns['find']>>>

function reopenedFrom({ status, problemCode, isUndone }: ExistingCampaign): 'paused' | 'cancelled' | null {
  if (status === 'paused' && problemCode === ARTICLE_UNPUBLISHED) return status
  return status === 'cancelled' && isUndone ? status : null
}
