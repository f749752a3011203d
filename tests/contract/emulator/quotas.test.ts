import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Settings } from '../../../emulator/settings.ts'
import { startResendEmulator, type ResendEmulator } from '../../../emulator/startResendEmulator.ts'
import { callEmulator, email } from '../../support/emulator/callEmulator.ts'

const HOUR_MS = 3_600_000
let now: Date
let emulator: ResendEmulator
const start = async (settings: Partial<Settings>) => {
  emulator = await startResendEmulator({ now: () => now, settings })
}
beforeEach(() => {
  now = new Date('2026-11-30T22:00:00Z')
})
afterEach(() => emulator.stop())

const batchOf = (count: number) => Array.from({ length: count }, (_, n) => email(`a${n}@example.com`))
const send = async (body: unknown, headers: Record<string, string> = {}) => {
  const path = Array.isArray(body) ? '/emails/batch' : '/emails'
  const answer = await callEmulator({ url: emulator.url, path, body, headers })
  return answer.status === 200 ? 200 : answer.body
}
const refused = (name: string) => ({ statusCode: 429, name, message: expect.any(String) })
const DAILY = refused('daily_quota_exceeded')
const MONTHLY = refused('monthly_quota_exceeded')

describe('the quota of a day', () => {
  it('refuses the batch that it does not suffice for as a whole, and takes one that it does', async () => {
    await start({ dailyQuota: 10 })
    expect([await send(batchOf(8)), await send(batchOf(3)), await send(batchOf(2))]).toEqual([
      200,
      DAILY,
      200,
    ])
    expect(emulator.mails.length).toBe(10)
  })

  it('counts recipients', async () => {
    await start({ dailyQuota: 3 })
    const body = email(['a@example.com', 'b@example.com'], { cc: 'c@example.com', bcc: ['d@example.com'] })
    expect(await send(body)).toEqual(DAILY)
    expect(await send({ ...body, bcc: [] })).toBe(200)
  })

  it('begins anew at 00:00 UTC', async () => {
    await start({ dailyQuota: 1 })
    const seen = [await send(email())]
    now = new Date('2026-11-30T23:59:59Z')
    seen.push(await send(email()))
    now = new Date('2026-12-01T00:00:00Z')
    seen.push(await send(email()))
    expect(seen).toEqual([200, DAILY, 200])
  })

  it('begins anew when the clock is moved over HTTP', async () => {
    await start({ dailyQuota: 1 })
    const seen = [await send(email()), await send(email())]
    await set({ clockOffsetMs: 2 * HOUR_MS })
    expect([...seen, await send(email())]).toEqual([200, DAILY, 200])
  })

  it('leaves a refused call’s key free, and does not count what a key brings again', async () => {
    await start({ dailyQuota: 1 })
    const keyed = (key: string) => send(email(), { 'idempotency-key': key })
    expect([await keyed('k1'), await keyed('k1'), await keyed('k2')]).toEqual([200, 200, DAILY])
    await set({ dailyQuota: 2 })
    expect(await keyed('k2')).toBe(200)
  })

  it('does not count what was refused for itself', async () => {
    await start({ dailyQuota: 1 })
    await send(email('a@refused.example'))
    expect(await send(email())).toBe(200)
  })
})

describe('the quota of a month', () => {
  it('stays used up at midnight, until the first of the next month', async () => {
    now = new Date('2026-11-29T12:00:00Z')
    await start({ monthlyQuota: 1 })
    const seen = [await send(email()), await send(email())]
    now = new Date('2026-11-30T12:00:00Z')
    seen.push(await send(email()))
    now = new Date('2026-12-01T00:00:00Z')
    expect([...seen, await send(email())]).toEqual([200, MONTHLY, MONTHLY, 200])
  })
})

describe('an answer', () => {
  const quotasOf = async () => {
    const { headers } = await callEmulator({ url: emulator.url, body: email() })
    return ['x-resend-daily-quota', 'x-resend-monthly-quota'].map((name) => headers.get(name))
  }

  it('tells how much of the quotas is used', async () => {
    await start({ dailyQuota: 10, monthlyQuota: 100 })
    expect([await quotasOf(), await quotasOf()]).toEqual([
      ['1', '1'],
      ['2', '2'],
    ])
  })

  it('tells nothing of quotas that there are not, nor of a rate limit', async () => {
    await start({ perSecond: null })
    const { headers } = await callEmulator({ url: emulator.url, body: email() })
    expect([...headers.keys()].filter((name) => /quota|limit|retry/.test(name))).toEqual([])
  })
})

const set = async (body: object) => {
  const { status } = await callEmulator({
    url: emulator.url,
    path: '/_emulator/settings',
    method: 'PATCH',
    body,
  })
  expect(status).toBe(200)
}
