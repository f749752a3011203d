import type { Flow } from './ports.ts'
import { UNDECIDED } from './rules/problems.ts'

/**
 * submitting -> submitted for every campaign without an unsettled batch, or paused when staff have to decide about
 * somebody; a cancelled one keeps its name and gets its counts.
 * @returns whether there was one.
 */
export async function finishCampaigns<Content>({ store, clock, log }: Flow<Content>): Promise<boolean> {
  const drained = await store.findDrainedCampaigns()
  for (const id of drained) {
    await store.removeLeftovers(id)
    const status = await store.finishCampaign({ id, undecided: UNDECIDED, now: clock.now() })
    if (status !== null) log('campaign.finished', { campaign: id, status })
  }
  return drained.length > 0
}
