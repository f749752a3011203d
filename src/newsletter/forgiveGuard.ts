import type { EventStore } from './eventPorts.ts'
import type { Id } from './model.ts'

/**
 * Staff let a campaign go on that had paused itself: the numbers that they have seen are no reason to pause it again
 * (rules/guard). Before it is resumed, so that no event comes between.
 */
export async function forgiveGuard({ events }: { events: EventStore }, id: Id): Promise<void> {
  const campaign = await events.readGuard(id)
  if (!campaign?.guarded) return
  const numbers = { ...campaign.numbers, submitted: await events.countSubmitted(id) }
  await events.forgiveGuard({ id, numbers })
}
