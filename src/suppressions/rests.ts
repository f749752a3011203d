const FIRST_MS = 10_000
const LONGEST_MS = 3_600_000

/** What failed rests before it is tried again: ten seconds at first, twice as long each time, an hour at most. */
export interface Rests {
  isResting: (name: string, now: Date) => boolean
  failed: (name: string, now: Date) => void
  worked: (name: string) => void
}

/** In memory alone: whoever starts anew may try at once. */
export function startRests(): Rests {
  const resting = new Map<string, { until: number; failures: number }>()
  return {
    isResting: (name, now) => (resting.get(name)?.until ?? 0) > now.getTime(),
    failed: (name, now) => {
      const failures = resting.get(name)?.failures ?? 0
      const until = now.getTime() + Math.min(FIRST_MS * 2 ** failures, LONGEST_MS)
      resting.set(name, { until, failures: failures + 1 })
    },
    worked: (name) => void resting.delete(name),
  }
}
