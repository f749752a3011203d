import { campaignFacts, type CampaignDoc } from './campaignFacts.ts'

/** Before that a rate says nothing. */
const FIRST_MS = 5_000

const MINUTE_MS = 60_000

/**
 * How fast a mailing is and how long it still takes, by its mean speed so far.
 * @returns null while nobody can tell: before the first mails, and while it waits for something.
 */
export function progressOf({
  campaign,
  now,
}: {
  campaign: CampaignDoc
  now: Date
}): { perMinute: number; minutesLeft: number } | null {
  const { status, state, settled, pending } = campaignFacts(campaign)
  // Nothing was mailed while a canary was waited for.
  const since = campaign.canary?.endedAt ?? campaign.startedAt
  const mailed = settled - (campaign.canary?.endedAt ? (campaign.canary.mails ?? 0) : 0)
  const ms = since ? now.getTime() - Date.parse(since) : 0
  if (status !== 'submitting' || state !== 'submitting' || mailed <= 0 || pending === 0 || ms < FIRST_MS)
    return null
  const perMinute = mailed / (ms / MINUTE_MS)
  return { perMinute: Math.round(perMinute), minutesLeft: Math.ceil(pending / perMinute) }
}
