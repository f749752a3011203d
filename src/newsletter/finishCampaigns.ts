import type { Flow } from './ports.ts'

/**
 * submitting -> submitted for every campaign without an unsettled batch; a cancelled one keeps its name and gets its
 * counts.
 * @returns whether there was one.
 */
export async function finishCampaigns<Content>({ store, clock, log }: Flow<Content>): Promise<boolean> {
  const drained = await store.findDrainedCampaigns()
  for (const id of drained) {
    await store.removeLeftovers(id)
    if (await store.finishCampaign({ id, now: clock.now() })) log('campaign.finished', { campaign: id })
  }
  return drained.length > 0
}
