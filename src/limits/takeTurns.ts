/** Of the errors when something gets no turn. Codes, as the build makes several classes of one. */
export const QUEUE_IS_FULL = 'queue_is_full'
export const LEFT_QUEUE = 'left_queue'

export interface Turns {
  /**
   * Runs it when its turn comes.
   * @param asked.who the networks take turns, whatever each has waiting.
   * @param asked.leave what waits when it is aborted never runs: the caller has gone, or has waited for too long.
   * @throws an error of the code QUEUE_IS_FULL, at once; LEFT_QUEUE once it leaves; else what `run` throws.
   */
  take: <Result>(asked: { who: string; run: () => Promise<Result>; leave?: AbortSignal }) => Promise<Result>
}

/**
 * A queue for work that would hold up everybody if much of it ran at once.
 * @param bounds.atOnce how many run at the same time.
 * @param bounds.waiting how many of one caller may wait, and of all together.
 * @param bounds.rest after each piece of work its place stays empty for as long as the work took, but for `mostMs` at
 * most. Then the queue takes half of the process at most, and others are served: their request takes several turns of
 * the event loop, and without a rest it waits for a piece of work at each turn. The caller whose work is done does not
 * wait for the rest. Default: no rest.
 */
export function takeTurns({
  atOnce,
  waiting,
  rest = { mostMs: 0 },
}: {
  atOnce: number
  waiting: { ofOne: number; ofAll: number }
  rest?: { mostMs: number }
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

  function wait(who: string, leave: AbortSignal | undefined): Promise<void> {
    const queue = queues.get(who) ?? []
    if (queue.length >= waiting.ofOne || count >= waiting.ofAll)
      throw withCode('Too many wait already.', QUEUE_IS_FULL)
    queues.set(who, queue)
    count += 1
    return new Promise((resolve, reject) => {
      const start = () => {
        leave?.removeEventListener('abort', goAway)
        resolve()
      }
      const goAway = () => {
        queue.splice(queue.indexOf(start), 1)
        if (queue.length === 0) queues.delete(who)
        count -= 1
        reject(withCode('It waits no longer.', LEFT_QUEUE))
      }
      queue.push(start)
      leave?.addEventListener('abort', goAway, { once: true })
    })
  }

  return {
    take: async ({ who, run, leave }) => {
      if (leave?.aborted) throw withCode('It does not wait.', LEFT_QUEUE)
      if (running < atOnce) running += 1
      else await wait(who, leave)
      const began = performance.now()
      try {
        return await run()
      } finally {
        const restMs = Math.min(performance.now() - began, rest.mostMs)
        if (restMs > 0) setTimeout(next, restMs)
        else next()
      }
    },
  }
}

const withCode = (message: string, code: string) => Object.assign(new Error(message), { code })
