import type { CampaignToPrepare } from './model.ts'
import type { Flow } from './ports.ts'
import { prepareBatches } from './prepareBatches.ts'
import { renderCampaign } from './renderCampaign.ts'
import { LEASE_MS } from './rules/lease.ts'
import { RENDER_FAILED } from './rules/problems.ts'
import { startCampaign, type ReadySource } from './startCampaign.ts'

/**
 * Takes one campaign that waits for its preparation and makes it ready to be sent. Everything before the last write
 * can be repeated: a crash anywhere leaves a campaign that the next worker prepares anew.
 * @returns whether there was one.
 */
export async function prepareNextCampaign<Content>(flow: Flow<Content>): Promise<boolean> {
  const token = flow.randomId()
  const campaign = await flow.store.claimCampaign({ now: flow.clock.now(), lease: { token, ms: LEASE_MS } })
  if (!campaign) return false
  const source = await startCampaign(flow, { campaign, token })
  if (!source) return true
  const mailing = await renderOrFail(flow, { campaign, source, token })
  if (mailing) await prepareBatches(flow, { campaignId: campaign.id, topicIds: source.topicIds, token })
  return true
}

/** A mail that cannot be rendered fails its campaign with the reason, rather than being tried for ever. */
async function renderOrFail<Content>(
  flow: Flow<Content>,
  input: { campaign: CampaignToPrepare; source: ReadySource<Content>; token: string },
) {
  try {
    return await renderCampaign(flow, input)
  } catch (error) {
    const { campaign, token } = input
    const message = `The mail could not be made: ${error instanceof Error ? error.message : String(error)}`
    const problem = { code: RENDER_FAILED, message }
    await flow.store.stopPreparing({ id: campaign.id, token, to: 'failed', problem, now: flow.clock.now() })
    flow.log('campaign.stopped', { campaign: campaign.id, to: 'failed', problem: problem.code })
    return null
  }
}
