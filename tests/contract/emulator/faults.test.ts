import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { FAULT_NAMES, type FaultName } from '../../../emulator/faults/namedFaults.ts'
import { startResendEmulator, type ResendEmulator } from '../../../emulator/startResendEmulator.ts'
import { callEmulator, email, fateOfCall } from '../../support/emulator/callEmulator.ts'

let emulator: ResendEmulator
beforeEach(async () => {
  emulator = await startResendEmulator({ seed: 7 })
})
afterEach(() => emulator.stop())

const send = (key?: string, { timeoutMs = 10_000 } = {}) =>
  fateOfCall(
    callEmulator({
      url: emulator.url,
      body: email(),
      timeoutMs,
      ...(key !== undefined && { headers: { 'idempotency-key': key } }),
    }),
  )
const control = (method: string, body?: unknown) =>
  callEmulator({ url: emulator.url, path: '/_emulator/faults', method, body })

describe('a fault by name', () => {
  it.each<[FaultName, string, number]>([
    ['error-before', '500', 0],
    ['error-after', '500', 1],
    ['unavailable', '503', 0],
    ['drop-before', 'cut off', 0],
    ['drop-after', 'cut off', 1],
    ['hang-before', 'hung', 0],
    ['hang-after', 'hung', 1],
    ['garbage-before', '200 no JSON', 0],
    ['garbage-after', '200 no JSON', 1],
    ['rate-limited', '429', 0],
    ['daily-quota', '429', 0],
    ['monthly-quota', '429', 0],
  ])(
    '%s: the caller gets “%s” and %s mails are taken; the same call again takes it once',
    async (name, seen, taken) => {
      await control('PUT', { next: [name] })
      const patience = seen === 'hung' ? { timeoutMs: 300 } : {}
      expect([await send('k1', patience), emulator.mails.length]).toEqual([seen, taken])
      expect([await send('k1'), emulator.mails.length]).toEqual(['200', 1])
      expect(emulator.counts().faults).toEqual({ [name]: 1 })
      expect(emulator.requests.map(({ fault }) => fault)).toEqual([name, null])
    },
  )

  it('meets a call that is made once more as well', async () => {
    await send('k1')
    emulator.failNext({ kind: 'drop', when: 'after' })
    expect([await send('k1'), await send('k1'), emulator.mails.length]).toEqual(['cut off', '200', 1])
  })

  it('can be any error', async () => {
    await control('PUT', {
      every: { kind: 'error', when: 'after', status: 418, name: 'teapot', message: 'Short.' },
    })
    const { status, body } = await callEmulator({ url: emulator.url, body: email() })
    expect([status, body]).toEqual([418, { statusCode: 418, name: 'teapot', message: 'Short.' }])
    expect(emulator.counts().faults).toEqual({ '418-after': 1 })
  })

  it('a call that hangs with a limit is cut off after it', async () => {
    emulator.failNext({ kind: 'hang', when: 'after', ms: 1 })
    expect([await send(), emulator.mails.length]).toEqual(['cut off', 1])
  })

  it('comes after the rate limit, which stands before everything', async () => {
    Object.assign(emulator.settings, { perSecond: 1, isRateEnforced: true })
    emulator.failEvery({ kind: 'drop', when: 'before' })
    const seen = [await send(), await send(), await send()]
    expect(seen.filter((fate) => fate === '429').length).toBe(
      Object.values(emulator.counts().statuses).reduce((sum, count) => sum + count, 0),
    )
    expect(emulator.counts().faults).toEqual({ 'drop-before': emulator.counts().unanswered })
  })
})

describe('faults by chance', () => {
  const CALLS = 200
  const random = { rate: 0.5, hangMs: 1, slowMs: 1 }
  const callMany = async () => {
    const keys = Array.from({ length: CALLS }, (_, n) => `k${n}`)
    for (const key of keys) await send(key)
    return emulator.requests.slice(-CALLS).map(({ fault }) => fault)
  }

  it('are of every kind but the quotas, each as often as another, and the same again for the same seed', async () => {
    await control('PUT', { random: { ...random, seed: 3 } })
    const first = await callMany()
    const counts = Object.entries(emulator.counts().faults)
    expect(counts.map(([name]) => name).sort()).toEqual(
      FAULT_NAMES.filter((name) => !name.endsWith('quota')).sort(),
    )
    const times = counts.map(([, count]) => count)
    expect(Math.max(...times) - Math.min(...times)).toBeLessThanOrEqual(1)

    await control('PUT', { random: { ...random, seed: 3 } })
    expect(await callMany()).toEqual(first)
    await control('PUT', { random: { ...random, seed: 4 } })
    expect(await callMany()).not.toEqual(first)
  })

  it('leave every mail taken once, when each call is made until it is answered', async () => {
    await control('PUT', { random: { ...random, kinds: FAULT_NAMES } })
    for (let n = 0; n < 50; n++) while ((await send(`k${n}`)) !== '200');
    expect(emulator.mails.map(({ key }) => key)).toEqual(Array.from({ length: 50 }, (_, n) => `k${n}`))
  })

  it('have the seed of the start when none is given', async () => {
    await control('PUT', { random: { rate: 0.1 } })
    expect((await control('GET')).body).toEqual({
      next: [],
      every: null,
      random: { rate: 0.1, seed: 7, kinds: expect.any(Array), hangMs: 2_000, slowMs: 500 },
    })
  })
})

describe('the control of faults', () => {
  it('takes them back', async () => {
    await control('PUT', { next: ['drop-after'], every: 'slow', random: { rate: 1 } })
    await control('DELETE')
    expect((await control('GET')).body).toEqual({ next: [], every: null, random: null })
  })

  it.each([
    ['a name that is none', { next: ['explode'] }, /drop-after/],
    ['a field that is none', { nxt: [] }, /nxt/],
    ['a rate above one', { random: { rate: 5 } }, /rate/],
    ['what is no JSON', undefined, /object/],
  ])('says what is wrong with %s, and sets nothing', async (_, body, words) => {
    const { status, body: answer } = await control('PUT', body)
    expect([status, answer]).toEqual([422, { message: expect.stringMatching(words) }])
    expect((await control('GET')).body).toEqual({ next: [], every: null, random: null })
  })
})
