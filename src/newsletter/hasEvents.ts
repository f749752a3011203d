import type { EventStore } from './eventPorts.ts'
import type { Flow } from './ports.ts'
import type { EventQueue } from './queuePorts.ts'

/**
 * See Flow.hasEvents. The queue is not asked whose event waits, as only applying it tells: that takes a worker seconds, and one that cannot
 * be applied is set aside.
 */
export async function hasEvents(
  { events, queue }: { events: Pick<EventStore, 'readGuard'>; queue: Pick<EventQueue, 'readLength'> },
  { campaignId, until }: Parameters<Flow['hasEvents']>[0],
): Promise<boolean | null> {
  const { oldestReceivedAt } = await queue.readLength()
  if (oldestReceivedAt !== null && oldestReceivedAt <= until) return null
  return (await events.readGuard(campaignId))?.hasEvents ?? false
}
