import type { Outcome } from '../model.ts'

/** How many calls may be in flight at first, and at most. */
export const FIRST_WIDTH = 4
export const WIDEST = 16

/** What a good answer takes: the fastest one so far, forgotten slowly, so that one lucky call does not stand for ever. */
export const nextBestMs = ({ bestMs, tookMs }: { bestMs: number; tookMs: number }): number =>
  Math.min(tookMs, bestMs * 1.02)

/**
 * How many calls may be in flight after one has ended: two more while the provider answers as fast as it can, half when it
 * does not take them. A call that takes twice as long as the best means that calls queue somewhere: more would not help.
 * @param bestMs what a good answer takes, see nextBestMs.
 */
export function nextWidth({
  width,
  outcome,
  tookMs,
  bestMs,
  widest,
}: {
  width: number
  outcome: Outcome['kind']
  tookMs: number
  bestMs: number
  widest: number
}): number {
  switch (outcome) {
    case 'answered':
      return tookMs <= 2 * bestMs ? Math.min(widest, width + 2) : width
    case 'busy':
    case 'conflict':
    case 'postponed':
      return width
    case 'refused':
    case 'later':
    case 'unknown':
      return Math.max(1, Math.floor(width / 2))
  }
}
