import type { Clock } from './ports.ts'
import type { EventQueue, PostedEvent } from './queuePorts.ts'

/**
 * More events than this do not wait: about 150 MB, and the events of 50,000 mails. With a worker the queue is empty within
 * seconds; without one the provider keeps the rest and posts it again for a day.
 */
export const MOST_WAITING = 100_000
/** Until it is counted again, more may come in than may wait. */
const COUNT_EVERY_MS = 1_000

type Intake = (event: PostedEvent) => Promise<'new' | 'known' | 'full'>

/**
 * Takes posted events into the queue: one write each, and once a second a look at how long the queue is.
 * `full`: nothing was written, and the provider is to post the event again later.
 * Not guaranteed: what comes in within a second, over several web processes, may pass the bound by that much.
 */
export function startIntake({
  queue,
  clock,
  most = MOST_WAITING,
}: {
  queue: Pick<EventQueue, 'keep' | 'count'>
  clock: Clock
  most?: number
}): Intake {
  let counted: { at: number; isFull: Promise<boolean> } | null = null
  const isFull = () => {
    const now = clock.now().getTime()
    if (!counted || now - counted.at >= COUNT_EVERY_MS)
      counted = { at: now, isFull: queue.count(most).then((count) => count >= most) }
    return counted.isFull
  }
  return async (event) => ((await isFull()) ? 'full' : queue.keep(event))
}
