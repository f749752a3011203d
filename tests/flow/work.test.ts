import { describe, expect, it } from '@jest/globals'
import { work, type Lane } from '../../src/newsletter/work.ts'

interface Logged {
  event: string
  facts: object | undefined
}

/** Runs lanes until they have rested `rests` times altogether. */
async function workUntilRested(lanes: Lane[], rests: number) {
  const stop = new AbortController()
  const logged: Logged[] = []
  const slept: number[] = []
  await work({
    lanes,
    log: (event, facts) => void logged.push({ event, facts }),
    signal: stop.signal,
    sleep: async (ms) => {
      slept.push(ms)
      if (slept.length >= rests) stop.abort()
    },
  })
  return { logged, slept }
}

const lane = (step: Lane['step'], name = 'send'): Lane => ({ name, step, idleMs: 500 })

describe('a worker', () => {
  it('goes on at once while there is something to do, and rests when there is not', async () => {
    const found = [true, true, true, false, true, false]
    const { slept } = await workUntilRested([lane(async () => found.shift() ?? false)], 2)
    expect([found, slept]).toEqual([[], [500, 500]])
  })

  it('logs a step that throws, rests, and tries again', async () => {
    const steps = [() => Promise.reject(new Error('The database is away.')), async () => false]
    const { logged, slept } = await workUntilRested(
      [lane(() => steps.shift()?.() ?? Promise.resolve(false))],
      2,
    )
    const facts = { step: 'send', error: 'The database is away.' }
    expect([logged, slept]).toEqual([[{ event: 'step.failed', facts }], [500, 500]])
  })

  it('is not kept from its other lanes by one that fails', async () => {
    const counted = { steps: 0 }
    const failing = lane(() => Promise.reject(new Error('It fails.')), 'prepare')
    const counting = lane(async () => {
      counted.steps += 1
      return counted.steps < 5
    })
    await workUntilRested([failing, counting], 6)
    expect(counted.steps).toBeGreaterThanOrEqual(5)
  })

  it('takes as many steps at once as a lane is wide, and asks with one while there is nothing', async () => {
    const under = { way: 0, most: 0, asked: 0 }
    const found = { left: 9 }
    const wide: Lane = {
      ...lane(async () => {
        under.way += 1
        under.most = Math.max(under.most, under.way)
        under.asked += 1
        await new Promise((resolve) => setImmediate(resolve))
        under.way -= 1
        found.left -= 1
        return found.left >= 0
      }),
      width: () => 3,
    }
    await workUntilRested([wide], 3)
    const { most, asked } = under
    expect(most).toBe(3)
    // Nine that found something, at most two more at once with the last, and one for each rest.
    expect(asked).toBeLessThanOrEqual(9 + 2 + 3)
  })

  it('with one step that takes long looks for more beside it', async () => {
    const seen: string[] = []
    let isOver = () => {}
    const long = new Promise<void>((resolve) => (isOver = resolve))
    const steps = [
      async () => {
        await long
        seen.push('the long step ended')
        return true
      },
      async () => false,
      async () => {
        seen.push('another was found')
        isOver()
        return true
      },
    ]
    const step = () => steps.shift()?.() ?? Promise.resolve(false)
    await workUntilRested([{ ...lane(step), width: () => 2 }], 6)
    expect(seen).toEqual(['another was found', 'the long step ended'])
  })

  it('ends when it is told to, after the steps under way', async () => {
    const stop = new AbortController()
    const seen: string[] = []
    await work({
      lanes: [
        lane(async () => {
          stop.abort()
          await Promise.resolve()
          seen.push('the step ended')
          return true
        }),
      ],
      log: () => undefined,
      signal: stop.signal,
      sleep: async () => void seen.push('slept'),
    })
    expect(seen).toEqual(['the step ended'])
  })
})
