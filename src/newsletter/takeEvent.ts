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
 * Takes posted events into the queue, and once a second a look at how long the queue is.
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
  const keep = inSets((events: readonly PostedEvent[]) => queue.keep(events))
  return async (event) => ((await isFull()) ? 'full' : keep(event))
}

/** About 300 kB in one write. */
const MOST_IN_A_SET = 200

/**
 * What comes in while a write is under way goes into the next write together: a flood costs one write for dozens of
 * events, and one event alone is written at once.
 */
function inSets<Item, Result>(
  write: (items: readonly Item[]) => Promise<readonly Result[]>,
): (item: Item) => Promise<Result> {
  interface Waiting {
    item: Item
    resolve: (result: Result | PromiseLike<Result>) => void
    reject: (error: unknown) => void
  }
  let waiting: Waiting[] = []
  let isWriting = false
  const writeAll = async () => {
    while (waiting.length > 0) {
      const set = waiting.slice(0, MOST_IN_A_SET)
      waiting = waiting.slice(MOST_IN_A_SET)
      try {
        const results = await write(set.map(({ item }) => item))
        for (const [index, { resolve }] of set.entries()) resolve(results[index] as Result)
      } catch (error) {
        for (const { reject } of set) reject(error)
      }
      // Whoever else has something to do in this process comes first.
      await new Promise((resolve) => setImmediate(resolve))
    }
    isWriting = false
  }
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      if (isWriting) return
      isWriting = true
      setImmediate(() => void writeAll())
    })
}
