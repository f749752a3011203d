/** What is tried in vain so often is set aside. */
export const MOST_TRIES = 5

/**
 * Events are applied in large sets. One that makes its set fail, or kills its worker, must not hold up the others: what was
 * tried before is tried in a smaller set, then alone. First those that were tried most often: they are few.
 */
export const SETS: readonly { tried: readonly number[]; limit: number }[] = [
  { tried: Array.from({ length: MOST_TRIES - 1 }, (_, index) => index + 2), limit: 1 },
  { tried: [1], limit: 20 },
  { tried: [0], limit: 250 },
]

/** After a try of an event alone: the database may be at fault, and mends. */
const PAUSES_MS = [60_000, 30 * 60_000]
/** So many tries are in sets. */
const TRIES_IN_SETS = 2

export type EventMove = { kind: 'again'; at: Date } | { kind: 'aside' }

/** What becomes of an event that could not be applied. @param input.tries the last one included. */
export function nextEventMove({ tries, now }: { tries: number; now: Date }): EventMove {
  if (tries <= TRIES_IN_SETS) return { kind: 'again', at: now }
  const pauseMs = PAUSES_MS[tries - TRIES_IN_SETS - 1]
  return pauseMs === undefined ? { kind: 'aside' } : { kind: 'again', at: new Date(now.getTime() + pauseMs) }
}
