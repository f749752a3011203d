import type { CampaignToPrepare, CanarySetting, Draw, Id } from './model.ts'
import type { Flow } from './ports.ts'
import { canarySize } from './rules/canary.ts'
import { drawCanary } from './rules/drawCanary.ts'

/** Whom the canary of a campaign takes; null: it has none, as the audience is too small or nobody would tell what became of it. */
export async function planCanary<Content>(
  { store, mailer, clock, log }: Flow<Content>,
  {
    campaign: { id, edition },
    setting: { percent },
    topicIds,
  }: { campaign: CampaignToPrepare; setting: CanarySetting; topicIds: Id[] },
): Promise<Draw | null> {
  if (!mailer.reportsEvents) {
    log('campaign.without_canary', { campaign: id, reason: 'mailer_reports_no_events' })
    return null
  }
  const counts = await store.countAudience({ edition, topicIds, now: clock.now() })
  const audience = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const size = canarySize({ audience, percent })
  return size === 0 ? null : drawCanary({ campaignId: id, size, audience })
}
