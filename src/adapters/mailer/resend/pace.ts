import type { Clock } from '../../../newsletter/ports.ts'

export interface Pace {
  /** Waits for the next slot. */
  wait: () => Promise<void>
  /** Learns from an answer's headers how many calls a second are taken; one that names no limit knows of none. */
  learn: (headers: Record<string, string>) => void
}

/** Resend's lowest limit so far, until an answer says what holds for this account. */
const FIRST_PER_SECOND = 2

/**
 * Spreads calls evenly over time, so that they stay within the provider's limit without running into it. Two processes
 * do not know of each other: a call too many is answered 429 and comes again later.
 */
export function startPace({ clock, sleep }: { clock: Clock; sleep: (ms: number) => Promise<void> }): Pace {
  let perSecond = FIRST_PER_SECOND
  let nextSlot = 0
  return {
    wait: async () => {
      const now = clock.now().getTime()
      const slot = Math.max(now, nextSlot)
      nextSlot = slot + 1000 / perSecond
      if (slot > now) await sleep(slot - now)
    },
    learn: (headers) => {
      const limit = Number.parseInt(headers['ratelimit-limit'] ?? '', 10)
      const isTooMany = 'retry-after' in headers
      if (limit > 0) perSecond = limit
      else perSecond = isTooMany ? FIRST_PER_SECOND : Number.POSITIVE_INFINITY
    },
  }
}
