import { withLease } from './withLease.ts'
import type { Flow } from './ports.ts'
import { prepareBatches } from './prepareBatches.ts'
import { renderCampaign } from './renderCampaign.ts'
import { LEASE_MS } from './rules/lease.ts'
import { startCampaign } from './startCampaign.ts'

/**
 * Ends the holds that are over. Then takes one campaign that waits for its preparation and makes it ready to be sent.
 * Everything before the last write can be repeated: a crash anywhere leaves a campaign that the next worker prepares anew.
 * @returns whether there was one.
 */
export const prepareNextCampaign = <Content>(flow: Flow<Content>): Promise<boolean> =>
  withLease(flow, async (token) => {
    const now = flow.clock.now()
    await flow.store.endHolds({ now })
    const campaign = await flow.store.claimCampaign({ now, lease: { token, ms: LEASE_MS } })
    if (!campaign) return false
    const source = await startCampaign(flow, { campaign, token })
    if (!source) return true
    const mailing = await renderCampaign(flow, { campaign, source, token })
    if (mailing) await prepareBatches(flow, { campaign, source, token })
    return true
  })
