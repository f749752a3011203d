import type { EventStore } from './eventPorts.ts'
import type { Flow } from './ports.ts'
import type { EventQueue } from './queuePorts.ts'

/** What waits in the queue holds a verdict for so long after the end of the wait: one event that fails must not hold it for hours. */
const PATIENCE_MS = 5 * 60_000

/**
 * See Flow.isHeard. The queue is not asked whose event waits, as only applying it tells. That a mail was sent, is delayed or failed says
 * nothing of whether mails of this kind arrive.
 */
export async function isHeard(
  {
    events,
    queue,
    clock,
  }: {
    events: Pick<EventStore, 'readGuard' | 'countSubmitted'>
    queue: Pick<EventQueue, 'readLength'>
  } & Pick<Flow, 'clock'>,
  { campaignId, waitsUntil }: Parameters<Flow['isHeard']>[0],
): Promise<boolean | null> {
  const isPatient = clock.now().getTime() < waitsUntil.getTime() + PATIENCE_MS
  if (isPatient && (await queue.readLength()).oldestReceivedAt !== null) return null
  const told = (await events.readGuard(campaignId))?.told ?? 0
  return told > 0 && 2 * told >= (await events.countSubmitted(campaignId))
}
