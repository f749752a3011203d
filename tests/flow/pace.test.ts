import { describe, expect, it } from '@jest/globals'
import type { CallLimit, Outcome } from '../../src/newsletter/model.ts'
import type { Pace } from '../../src/newsletter/ports.ts'
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
    for (let call = 0; call < 4; call++) await oneCall(pace)
    expect(slept).toEqual([500, 1000, 1500])
  })

  it('keeps a little below the limit that the provider names, all workers together', async () => {
    const { time, slept, worker } = office()
    const workers = [worker(), worker(), worker()]
    time.limit = { kind: 'limited', perSecond: 10 }
    await oneCall(workers[0], answeredIn(100))
    for (let call = 0; call < 20; call++) await oneCall(workers[call % 3])
    // Of any eleven calls the last is more than a second after the first.
    const times = [0, ...slept]
    expect(times.slice(10).filter((ms, index) => ms - (times[index] ?? 0) <= 1000)).toEqual([])
    expect(times.at(-1)).toBeLessThan(2_700)
  })

  it('takes another place when it comes too late to one: who stood still does not catch up at once', async () => {
    const { time, slept, worker } = office()
    const pace = worker()
    await oneCall(pace)
    time.oversleptMs = 400
    await oneCall(pace)
    await oneCall(pace)
    // At 0.9 s the place at 0.5 s has passed: the calls are made at 1 s and at 1.5 s.
    expect(slept).toEqual([500, 100, 600])
  })

  it('does not wait where there is no limit', async () => {
    const { time, slept, worker } = office()
    time.limit = { kind: 'none' }
    const pace = worker()
    for (let call = 0; call < 100; call++) await oneCall(pace)
    expect(slept).toEqual([])
  })

  it('forbids the call when the worker is told to stop, also while it waits', async () => {
    const { time, worker } = office()
    const pace = worker()
    const before = await oneCall(pace)
    time.isStopping = true
    expect([before, await oneCall(pace)]).toEqual([true, false])
  })
})

describe('how many calls are in flight', () => {
  /** How many may be made at once after each of the calls. */
  const widths = async (calls: Ended[], connections: number | null = null) => {
    const { time, worker } = office({ connections })
    time.limit = { kind: 'none' }
    const pace = worker()
    const seen = [pace.width() / 2]
    for (const call of calls) {
      await oneCall(pace, call)
      seen.push(pace.width() / 2)
    }
    return seen
  }
  const down: Ended = { outcome: DOWN, tookMs: 30_000 }

  it('grows while answers come as fast as they can, and shrinks when they do not come', async () => {
    const fast = answeredIn(100)
    const calls = [fast, fast, fast, answeredIn(250), down, down, down, fast]
    expect(await widths(calls)).toEqual([4, 6, 8, 10, 10, 5, 2, 1, 3])
  })

  it('is never more than the mailer has connections', async () => {
    expect(await widths(Array<Ended>(6).fill(answeredIn(100)), 7)).toEqual([4, 6, 7, 7, 7, 7, 7])
  })

  it('is not more than that, whoever asks: the next waits until one has ended', async () => {
    const { time, worker } = office({ connections: 2 })
    time.limit = { kind: 'none' }
    const pace = worker()
    const order: string[] = []
    const first = await pace.waitForCall()
    await pace.waitForCall()
    const third = pace.waitForCall().then(() => order.push('the third call'))
    await new Promise((resolve) => setImmediate(resolve))
    order.push('the first ends')
    await first?.end(null)
    await first?.end(null)
    await third
    expect(order).toEqual(['the first ends', 'the third call'])
  })
})

type Ended = { outcome: Outcome; tookMs: number }

const answeredIn = (tookMs: number): Ended => ({ outcome: ANSWERED, tookMs })

/** @returns whether it could be made. */
async function oneCall(pace: Pace | undefined, call: Ended | null = null): Promise<boolean> {
  const slot = await pace?.waitForCall()
  await slot?.end(call)
  return Boolean(slot)
}
