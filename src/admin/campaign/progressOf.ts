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
  const ms = campaign.startedAt ? now.getTime() - Date.parse(campaign.startedAt) : 0
  if (status !== 'submitting' || state !== 'submitting' || settled === 0 || pending === 0 || ms < FIRST_MS)
    return null
  const perMinute = settled / (ms / MINUTE_MS)
  return { perMinute: Math.round(perMinute), minutesLeft: Math.ceil(pending / perMinute) }
}
