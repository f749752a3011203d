import { isLong } from '../longRun.ts'
import type { Cut } from './mongoProxy.ts'

/**
 * Before and after each of so many calls. In a short run both for the first call; of the others after the second, before
 * the third, and so on.
 */
export const everyCut = (calls: number): Cut[] =>
  Array.from({ length: calls }, (_, call) => call).flatMap((call) => {
    const both = [{ call, when: 'before' } as const, { call, when: 'after' } as const]
    return isLong || call === 0 ? both : both.slice(call % 2, (call % 2) + 1)
  })
