import type { Fault } from '../model.ts'
import { seededRandom } from '../seededRandom.ts'
import { NAMED_FAULTS, type FaultName } from './namedFaults.ts'

export interface RandomFaults {
  /** The part of the calls that meets one: 0.05 is one in twenty. */
  rate: number
  /** The same seed gives the same faults to the same sequence of calls. */
  seed: number
  /** Each is met once, in an order of chance, before one is met again. */
  kinds: readonly FaultName[]
  /** A caller is left hanging for so long at most. */
  hangMs: number
  /** What a slow call takes more. */
  slowMs: number
}

/** Deals out faults by chance: `take` is asked at every call. */
export function dealFaults({ rate, seed, kinds, hangMs, slowMs }: RandomFaults): {
  take: () => Fault | null
} {
  const random = seededRandom(seed)
  const round: FaultName[] = []
  return {
    take: () => {
      if (random() >= rate) return null
      if (round.length === 0) round.push(...kinds)
      const [name] = round.splice(Math.floor(random() * round.length), 1)
      if (name === undefined) return null
      const fault: Fault = NAMED_FAULTS[name]
      if (fault.kind === 'hang') return { ...fault, ms: hangMs }
      return fault.kind === 'slow' ? { ...fault, ms: slowMs } : fault
    },
  }
}
