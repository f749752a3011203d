import type { CampaignToPrepare, Id } from './model.ts'
import type { Flow } from './ports.ts'
import { LEASE_MS } from './rules/lease.ts'

/**
 * Audience -> deliveries and batches, in the database; then preparing -> submitting in one write, from which on
 * membership and order are fixed.
 */
export async function prepareBatches<Content>(
  { store, mailer, clock, log }: Flow<Content>,
  { campaign, topicIds, token }: { campaign: CampaignToPrepare; topicIds: Id[]; token: string },
): Promise<void> {
  const { batchSize } = mailer
  const { id: campaignId, edition } = campaign
  const recipients = await store.snapshotAudience({
    campaignId,
    token,
    leaseMs: LEASE_MS,
    edition,
    topicIds,
    batchSize,
    clock,
  })
  if (recipients === null) return
  const isOpen = await store.openCampaign({ id: campaignId, token, recipients, now: clock.now() })
  if (!isOpen) return
  log('campaign.opened', { campaign: campaignId, recipients })
  await store.removeLeftovers(campaignId)
}
