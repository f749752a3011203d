import { planCanary } from './planCanary.ts'
import type { AudiencePart, CampaignToPrepare } from './model.ts'
import type { Flow } from './ports.ts'
import { LEASE_MS } from './rules/lease.ts'
import type { ReadySource } from './startCampaign.ts'

/**
 * Audience -> deliveries and batches, in the database; then preparing -> submitting in one write, from which on
 * membership and order are fixed. With a canary its batches come first, and it is preparing -> canary.
 */
export async function prepareBatches<Content>(
  flow: Flow<Content>,
  {
    campaign,
    source: { topicIds, canary: setting },
    token,
  }: { campaign: CampaignToPrepare; source: ReadySource<Content>; token: string },
): Promise<void> {
  const { store, mailer, clock, log } = flow
  const { batchSize } = mailer
  const { id: campaignId, edition } = campaign
  const snapshot = (part: AudiencePart | null, firstBatch: number) =>
    store.snapshotAudience({
      ...{ campaignId, token, leaseMs: LEASE_MS, edition, topicIds, batchSize, part, firstBatch, clock },
    })
  const draw = setting && (await planCanary(flow, { campaign, setting, topicIds }))
  const mails = draw ? await snapshot({ of: 'canary', draw }, 0) : 0
  if (mails === null) return
  const batches = Math.ceil(mails / batchSize)
  const rest = await snapshot(draw && mails > 0 ? { of: 'rest', draw } : null, batches)
  if (rest === null) return
  // Without a rest there is nothing to wait for.
  const canary = setting && mails > 0 && rest > 0 ? { batches, mails, minutes: setting.minutes } : null
  const recipients = mails + rest
  const isOpen = await store.openCampaign({ id: campaignId, token, canary, recipients, now: clock.now() })
  if (!isOpen) return
  log('campaign.opened', { campaign: campaignId, recipients, canary: canary?.mails ?? null })
  await store.removeLeftovers(campaignId)
}
