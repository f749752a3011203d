import type { Flow } from './ports.ts'

/**
 * Carries out what staff asked for: who was refused, or of whom nobody can know, is mailed once more. The request stays
 * until all is done, so that a crash loses none.
 * @returns whether there was one.
 */
export async function reopenBatches<Content>({ store, clock, log }: Flow<Content>): Promise<boolean> {
  const requested = await store.findRemailingRequests()
  for (const id of requested) {
    await store.reopenBatches({ id, now: clock.now() })
    log('campaign.reopened', { campaign: id })
  }
  return requested.length > 0
}
