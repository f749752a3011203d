/** Of the error when something gets no turn. A code, as the build makes several classes of one. */
export const QUEUE_IS_FULL = 'queue_is_full'

export interface Turns {
  /**
   * Runs it when its turn comes.
   * @param asked.who the networks take turns, whatever each has waiting.
   * @throws an error of the code QUEUE_IS_FULL, at once; else what `run` throws.
   */
  take: <Result>(asked: { who: string; run: () => Promise<Result> }) => Promise<Result>
}

/**
 * A queue for work that would hold up everybody if much of it ran at once.
 * @param bounds.atOnce how many run at the same time.
 * @param bounds.waiting how many of one caller may wait, and of all together.
 */
export function takeTurns({
  atOnce,
  waiting,
}: {
  atOnce: number
  waiting: { ofOne: number; ofAll: number }
}): Turns {
  /** In the order in which their next one runs. */
  const queues = new Map<string, (() => void)[]>()
  let running = 0
  let count = 0

  function next(): void {
    running -= 1
    const [first] = queues
    if (!first) return
    const [who, queue] = first
    const start = queue.shift()
    queues.delete(who)
    if (queue.length > 0) queues.set(who, queue)
    count -= 1
    running += 1
    start?.()
  }

  function wait(who: string): Promise<void> {
    const queue = queues.get(who) ?? []
    if (queue.length >= waiting.ofOne || count >= waiting.ofAll)
      throw Object.assign(new Error('Too many wait already.'), { code: QUEUE_IS_FULL })
    queues.set(who, queue)
    count += 1
    return new Promise((resolve) => queue.push(resolve))
  }

  return {
    take: async ({ who, run }) => {
      if (running < atOnce) running += 1
      else await wait(who)
      try {
        return await run()
      } finally {
        next()
      }
    },
  }
}
