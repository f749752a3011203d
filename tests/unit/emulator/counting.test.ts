import { describe, expect, it } from '@jest/globals'
import { startBusiestSecond } from '../../../emulator/received/busiestSecond.ts'
import { trimStart } from '../../../emulator/received/trimStart.ts'
import { seededRandom } from '../../../emulator/seededRandom.ts'
import { startLine } from '../../../emulator/webhooks/waitingLine.ts'

const numbers = (count: number) => Array.from({ length: count }, (_, n) => n)

describe('the busiest second', () => {
  it.each([
    ['nothing', [], 0, 0],
    ['calls in one second of the clock', [1_000, 1_500, 1_999], 3, 3],
    ['calls on both sides of a full second', [1_800, 1_900, 2_000, 2_100], 2, 4],
    ['calls a second apart', [1_000, 2_000, 3_000], 1, 1],
    ['a quiet time after a busy one', [1_000, 1_001, 1_002, 9_000], 3, 3],
  ])('of %s', (_, times, perSecond, inAnySecond) => {
    const busiest = startBusiestSecond()
    times.forEach(busiest.count)
    expect([busiest.perSecond(), busiest.inAnySecond()]).toEqual([perSecond, inAnySecond])
  })
})

describe('a list that is trimmed', () => {
  it('loses its oldest once it is a tenth too long, and gives them', () => {
    const list = numbers(11)
    expect([trimStart({ list, keeps: 10 }), list.length]).toEqual([[], 11])
    list.push(11)
    expect([trimStart({ list, keeps: 10 }), list]).toEqual([[0, 1], numbers(12).slice(2)])
  })
})

describe('a waiting line', () => {
  const drain = ({ isShuffled, count }: { isShuffled: boolean; count: number }) => {
    const line = startLine<number>({ isShuffled: () => isShuffled, random: seededRandom(1) })
    line.add(numbers(count))
    const taken: number[] = []
    for (let item = line.take(); item !== undefined; item = line.take()) taken.push(item)
    return taken
  }

  it('gives what came first first', () => {
    expect(drain({ isShuffled: false, count: 25_000 })).toEqual(numbers(25_000))
  })

  it('gives each once when it is shuffled, none of them more than a hundred too early', () => {
    const taken = drain({ isShuffled: true, count: 25_000 })
    expect([...taken].sort((a, b) => a - b)).toEqual(numbers(25_000))
    expect(Math.max(...taken.map((item, place) => item - place))).toBeLessThan(100)
    expect(taken).not.toEqual(numbers(25_000))
    expect(drain({ isShuffled: true, count: 25_000 })).toEqual(taken)
  })
})
