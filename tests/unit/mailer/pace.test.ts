import { describe, expect, it } from '@jest/globals'
import { startPace } from '../../../src/adapters/mailer/resend/pace.ts'

function paced() {
  let now = 0
  const slept: number[] = []
  const pace = startPace({
    clock: { now: () => new Date(now) },
    sleep: async (ms) => void slept.push(ms),
  })
  return { pace, slept, pass: (ms: number) => (now += ms) }
}

describe('the pace of calls', () => {
  it('is two a second until an answer says more', async () => {
    const { pace, slept } = paced()
    await Promise.all([pace.wait(), pace.wait(), pace.wait()])
    expect(slept).toEqual([500, 1000])
  })

  it('is what the account may, spread evenly', async () => {
    const { pace, slept, pass } = paced()
    await pace.wait()
    pace.learn({ 'ratelimit-limit': '10' })
    pass(500)
    await Promise.all([pace.wait(), pace.wait(), pace.wait()])
    expect(slept).toEqual([100, 200])
  })

  it('does not save up slots that were not used', async () => {
    const { pace, slept, pass } = paced()
    await pace.wait()
    pass(60_000)
    await Promise.all([pace.wait(), pace.wait()])
    expect(slept).toEqual([500])
  })

  it.each<[string, Record<string, string>, number[]]>([
    ['names no limit', {}, []],
    ['names one that is none', { 'ratelimit-limit': '0' }, []],
    ['names no limit but has been called too often', { 'retry-after': '1' }, [500, 1000]],
  ])('after an answer that %s, given %j, waits %j ms', async (_, headers, expected) => {
    const { pace, slept } = paced()
    pace.learn(headers)
    await Promise.all([pace.wait(), pace.wait(), pace.wait()])
    expect(slept).toEqual(expected)
  })
})
