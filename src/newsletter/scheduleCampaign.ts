import type { CampaignStatus, Id, Override } from './model.ts'
import type { ArticleCampaigns, Clock } from './ports.ts'
import { waitsForPublishing } from './rules/waitsForPublishing.ts'

/** The length of a hold where staff have set none. */
export const DEFAULT_HOLD_SECONDS = 60

/**
 * Gives a published article its first campaign, to be mailed when the hold has passed: until then staff can undo it. An article
 * that has a campaign keeps it; later editions staff ask for (followUp). Only one that waits for its article to be published or mended before anything was mailed goes
 * on, and one that was undone: for both, publishing is a new click, with a hold of its own. So it is for an article that was
 * unpublished and published again within its hold.
 * @param input.publishedAt when it was published: the hold counts from then on.
 * @param input.isPlanned its time had come, and nobody clicked: there is no hold, unless somebody has undone it before.
 * @param input.wasPublic whether readers saw it right before.
 * @param input.formerVersion the version that they saw; null when they saw none.
 * @param input.override what an admin passed with this click; null for nothing.
 */
export async function scheduleCampaign(
  { campaigns, clock }: { campaigns: ArticleCampaigns; clock: Clock },
  {
    articleId,
    publishedAt,
    isPlanned,
    wasPublic,
    formerVersion,
    override,
  }: {
    articleId: Id
    publishedAt: Date
    isPlanned: boolean
    wasPublic: boolean
    formerVersion: Id | null
    override: Override | null
  },
): Promise<void> {
  const now = clock.now()
  const existing = await campaigns.find(articleId)
  const from = existing && reopenedFrom(existing, { wasPublic })
  if (existing && !from) {
    if (override && mailsWhatIsPublished(existing))
      await campaigns.noteOverride({ id: existing.id, override })
    return
  }
  const isHeld = !isPlanned || existing?.isUndone
  const holdEnds = new Date(publishedAt.getTime() + (isHeld ? await campaigns.holdMs() : 0))
  const start = {
    ...(holdEnds > now
      ? { status: 'holding' as const, dueAt: holdEnds }
      : { status: 'scheduled' as const, dueAt: now }),
    ...{ heldAt: publishedAt, formerVersion, override },
  }
  if (existing && from)
    await campaigns.reopen({
      id: existing.id,
      edition: existing.edition,
      from,
      problemCode: existing.problemCode,
      start,
      now,
    })
  else await campaigns.create({ articleId, start, now })
}

/**
 * An article was published without a newsletter, and nobody was mailed yet: its campaign is withdrawn, as by an undo that
 * leaves the article as it is.
 */
export async function withdrawCampaign(
  { campaigns, clock }: { campaigns: ArticleCampaigns; clock: Clock },
  { articleId, by }: { articleId: Id; by: Id | null },
): Promise<void> {
  const existing = await campaigns.find(articleId)
  if (existing?.edition === 1 && isUnopened(existing))
    await campaigns.withdraw({ id: existing.id, from: existing.status, by, now: clock.now() })
}

/** Whether what is published now becomes the mail, by the campaign that the article has (null: none). */
export const mailsWhatIsPublished = (campaign: ExistingCampaign | null): boolean =>
  campaign === null || isWaitingForArticle(campaign) || isUnopened(campaign)

const isUnopened = ({ isOpen, status }: Pick<ExistingCampaign, 'isOpen' | 'status'>): boolean =>
  !isOpen && UNOPENED.includes(status)

/** Where a campaign may be before it has an audience, while no worker is at it. */
export const UNOPENED: readonly CampaignStatus[] = ['holding', 'scheduled', 'paused', 'failed']

type ExistingCampaign = NonNullable<Awaited<ReturnType<ArticleCampaigns['find']>>>

/**
 * Whether publishing begins the mailing anew: the campaign waits for its article, or was undone. A later edition that was undone
 * is over: its article is where it was.
 */
export const isWaitingForArticle = ({ edition, status, problemCode, isUndone }: ExistingCampaign): boolean =>
  (status === 'paused' && waitsForPublishing(problemCode)) ||
  (status === 'cancelled' && isUndone && edition === 1)

/** The status from which publishing takes the campaign on; null when publishing leaves it as it is. */
function reopenedFrom(
  campaign: ExistingCampaign,
  { wasPublic }: { wasPublic: boolean },
): 'paused' | 'cancelled' | 'holding' | null {
  const { status } = campaign
  if (isWaitingForArticle(campaign)) return status === 'paused' ? 'paused' : 'cancelled'
  return status === 'holding' && !wasPublic ? 'holding' : null
}
