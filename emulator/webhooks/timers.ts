export interface Timers {
  /** Runs it after so long; at once, but not in this turn, for 0. */
  start: (timer: { ms: number; run: () => void }) => void
  stop: () => void
}

/** Timers that can be stopped together. */
export function startTimers(): Timers {
  const running = new Set<NodeJS.Timeout>()
  return {
    start: ({ ms, run }) => {
      const timer = setTimeout(() => {
        running.delete(timer)
        run()
      }, ms)
      running.add(timer)
    },
    stop: () => {
      running.forEach((timer) => clearTimeout(timer))
      running.clear()
    },
  }
}
