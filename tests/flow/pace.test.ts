import { describe, expect, it } from '@jest/globals'
import type { CallLimit, Outcome } from '../../src/newsletter/model.ts'
import { startPace } from '../../src/newsletter/pace.ts'
import { memoryRig } from '../support/flow/memoryRig.ts'
import { at } from '../support/flow/time.ts'

const ANSWERED: Outcome = { kind: 'answered', results: [] }
const DOWN: Outcome = { kind: 'unknown', problem: { code: 'no_answer', message: 'No answer.' } }

/** Workers that share a store and a clock. */
function office({ connections = null }: { connections?: number | null } = {}) {
  const { store } = memoryRig()
  const time = {
    now: at('12:00').getTime(),
    limit: { kind: 'unknown' } as CallLimit,
    isStopping: false,
    /** How much too long the next sleep takes; null: sleeps pass no time. */
    oversleptMs: null as number | null,
  }
  const clock = { now: () => new Date(time.now) }
  const slept: number[] = []
  const worker = () =>
    startPace({
      store,
      mailer: { name: 'resend', limit: () => time.limit, connections },
      clock,
      sleep: async (ms) => {
        slept.push(ms)
        if (time.oversleptMs !== null) time.now += ms + time.oversleptMs
        time.oversleptMs = null
      },
      isStopping: () => time.isStopping,
    })
  return { time, slept, worker }
}

describe('the pace of calls', () => {
  it('begins low: two calls a second', async () => {
    const { slept, worker } = office()
    const pace = worker()
    for (let call = 0; call < 4; call++) await pace.waitForCall()
    expect(slept).toEqual([500, 1000, 1500])
  })

  it('keeps a little below the limit that the provider names, all workers together', async () => {
    const { time, slept, worker } = office()
    const workers = [worker(), worker(), worker()]
    time.limit = { kind: 'limited', perSecond: 10 }
    await workers[0]?.learn({ outcome: ANSWERED, tookMs: 100 })
    for (let call = 0; call < 20; call++) await workers[call % 3]?.waitForCall()
    // Of any eleven calls the last is more than a second after the first.
    const times = [0, ...slept]
    expect(times.slice(10).filter((ms, index) => ms - (times[index] ?? 0) <= 1000)).toEqual([])
    expect(times.at(-1)).toBeLessThan(2_100)
  })

  it('takes another place when it comes too late to one: who stood still does not catch up at once', async () => {
    const { time, slept, worker } = office()
    const pace = worker()
    await pace.waitForCall()
    time.oversleptMs = 200
    await pace.waitForCall()
    await pace.waitForCall()
    // At 0.7 s the place at 0.5 s has passed: the calls are made at 1 s and at 1.5 s.
    expect(slept).toEqual([500, 300, 800])
  })

  it('does not wait where there is no limit', async () => {
    const { time, slept, worker } = office()
    time.limit = { kind: 'none' }
    const pace = worker()
    for (let call = 0; call < 100; call++) await pace.waitForCall()
    expect(slept).toEqual([])
  })

  it('forbids the call when the worker is told to stop, also while it waits', async () => {
    const { time, worker } = office()
    const pace = worker()
    const before = await pace.waitForCall()
    time.isStopping = true
    expect([before, await pace.waitForCall()]).toEqual([true, false])
  })
})

describe('how many calls are in flight', () => {
  const widths = async (calls: { outcome: Outcome; tookMs: number }[], connections: number | null = null) => {
    const pace = office({ connections }).worker()
    const seen = [pace.width()]
    for (const call of calls) {
      await pace.learn(call)
      seen.push(pace.width())
    }
    return seen
  }
  const fast = { outcome: ANSWERED, tookMs: 100 }

  it('grows while answers come as fast as they can, and shrinks when they do not come', async () => {
    const slow = { outcome: ANSWERED, tookMs: 250 }
    const down = { outcome: DOWN, tookMs: 30_000 }
    expect(await widths([fast, fast, fast, slow, down, down, down, fast])).toEqual([
      2, 3, 4, 5, 5, 2, 1, 1, 2,
    ])
  })

  it('is never more than the mailer has connections', async () => {
    expect(await widths(Array(6).fill(fast), 4)).toEqual([2, 3, 4, 4, 4, 4, 4])
  })
})
