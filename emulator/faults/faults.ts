import type { Fault } from '../model.ts'
import { dealFaults, type RandomFaults } from './randomFaults.ts'
import { readFaults } from './readFaults.ts'

/** What the coming calls meet. */
export interface FaultPlan {
  /** The next calls meet these, one each, in order. */
  next: Fault[]
  /** Then every call meets this one until it is set to null. */
  every: Fault | null
  /** Else a part of the calls meets one by chance. */
  random: RandomFaults | null
}

export interface Faults {
  failNext: (...next: Fault[]) => void
  failEvery: (every: Fault | null) => void
  failSome: (random: RandomFaults | null) => void
  /** What the call that comes now meets. */
  take: () => Fault | null
  plan: () => FaultPlan
  /** What came in from outside; a sentence when it is not right. */
  read: (body: unknown) => string | null
  forget: () => void
}

/** @param seed of the random faults that are given without one. */
export function startFaults({ seed }: { seed: number }): Faults {
  const plan: FaultPlan = { next: [], every: null, random: null }
  let dealer: ReturnType<typeof dealFaults> | null = null
  const failSome = (random: RandomFaults | null) => {
    plan.random = random
    dealer = random && dealFaults(random)
  }
  return {
    failNext: (...more) => void plan.next.push(...more),
    failEvery: (fault) => void (plan.every = fault),
    failSome,
    take: () => plan.next.shift() ?? plan.every ?? dealer?.take() ?? null,
    plan: () => ({ ...plan, next: [...plan.next] }),
    read: (body) => {
      const read = readFaults({ body, seed })
      if ('mistake' in read) return read.mistake
      plan.next.push(...read.next)
      if (read.every !== undefined) plan.every = read.every
      if (read.random !== undefined) failSome(read.random)
      return null
    },
    forget: () => {
      plan.next = []
      plan.every = null
      failSome(null)
    },
  }
}
