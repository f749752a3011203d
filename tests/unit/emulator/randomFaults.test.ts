import { describe, expect, it } from '@jest/globals'
import { FAULT_NAMES, faultName, NAMED_FAULTS, PASSING_FAULTS } from '../../../emulator/faults/namedFaults.ts'
import { dealFaults, type RandomFaults } from '../../../emulator/faults/randomFaults.ts'

const deal = ({ calls, ...over }: { calls: number } & Partial<RandomFaults>) => {
  const { take } = dealFaults({
    rate: 0.05,
    seed: 1,
    kinds: PASSING_FAULTS,
    hangMs: 2_000,
    slowMs: 500,
    ...over,
  })
  return Array.from({ length: calls }, () => take())
}
const namesOf = (faults: ReturnType<typeof deal>) =>
  faults.flatMap((fault) => (fault ? [faultName(fault)] : []))

describe('faults by chance', () => {
  it('meet the part of the calls that is asked for', () => {
    const met = namesOf(deal({ calls: 20_000 })).length
    expect(met).toBeGreaterThan(900)
    expect(met).toBeLessThan(1_100)
  })

  it.each([
    [0, 0],
    [1, 100],
  ])('at a rate of %s meet %s of 100 calls', (rate, expected) => {
    expect(namesOf(deal({ calls: 100, rate })).length).toBe(expected)
  })

  it('are the same for the same seed, and others for another', () => {
    expect(deal({ calls: 500 })).toEqual(deal({ calls: 500 }))
    expect(deal({ calls: 500 })).not.toEqual(deal({ calls: 500, seed: 2 }))
  })

  it('are each met once before one is met again, in an order that changes', () => {
    const count = PASSING_FAULTS.length
    const names = namesOf(deal({ calls: 2 * count, rate: 1 }))
    const rounds = [names.slice(0, count), names.slice(count)]
    expect(rounds.map((round) => [...round].sort())).toEqual(rounds.map(() => [...PASSING_FAULTS].sort()))
    expect(rounds[0]).not.toEqual(rounds[1])
  })

  it('hang and are slow for as long as is asked', () => {
    const faults = deal({ calls: 3, rate: 1, kinds: ['hang-before'], hangMs: 9 })
    expect(faults).toEqual(faults.map(() => ({ kind: 'hang', when: 'before', ms: 9 })))
    expect(deal({ calls: 1, rate: 1, kinds: ['slow'], slowMs: 8 })).toEqual([{ kind: 'slow', ms: 8 }])
  })
})

describe('the name of a fault', () => {
  it('is its own', () => {
    expect(FAULT_NAMES.map((name) => faultName(NAMED_FAULTS[name]))).toEqual(FAULT_NAMES)
  })

  it('is its status and when it comes, when it has none', () => {
    expect(faultName({ kind: 'error', when: 'after', status: 422, name: 'x' })).toBe('422-after')
  })
})
