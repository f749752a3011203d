import { isLong } from '../longRun.ts'
import type { Cut } from './mongoProxy.ts'

/**
 * Before and after each of so many calls. In a short run before the first, and after each: the answer of what was done is
 * lost there, and to be cut before the next call comes to the same.
 * @param short one call in so many is enough for a short run.
 */
export const everyCut = (calls: number, short = { oneIn: 1 }): Cut[] =>
  Array.from({ length: calls }, (_, call) => call).flatMap((call): Cut[] => {
    const before = { call, when: 'before' } as const
    const after = { call, when: 'after' } as const
    if (isLong || call === 0) return [before, after]
    return call % short.oneIn === 0 ? [after] : []
  })
