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

  it.each([[{}], [{ 'ratelimit-limit': '' }], [{ 'ratelimit-limit': '0' }], [{ 'ratelimit-limit': 'many' }]])(
    'stays as it was for %j',
    async (headers) => {
      const { pace, slept } = paced()
      pace.learn(headers as Record<string, string>)
      await Promise.all([pace.wait(), pace.wait()])
      expect(slept).toEqual([500])
    },
  )
})
