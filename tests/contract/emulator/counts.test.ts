import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { startResendEmulator, type ResendEmulator } from '../../../emulator/startResendEmulator.ts'
import { callEmulator, email } from '../../support/emulator/callEmulator.ts'

let now: Date
let emulator: ResendEmulator
const start = async (options: Parameters<typeof startResendEmulator>[0] = {}) => {
  emulator = await startResendEmulator({ now: () => now, ...options })
}
beforeEach(() => {
  now = new Date('2026-11-24T12:00:00Z')
})
afterEach(() => emulator.stop())

const send = (...addresses: string[]) =>
  callEmulator({ url: emulator.url, path: '/emails/batch', body: addresses.map((each) => email(each)) })
const ask = async (path: string, method = 'GET') =>
  (await callEmulator({ url: emulator.url, path: `/_emulator/${path}`, method })).body

const NOTHING = {
  calls: 0,
  statuses: {},
  unanswered: 0,
  tooManyRequests: 0,
  faults: {},
  maxInFlight: 0,
  maxCallsPerSecond: 0,
  maxCallsInAnySecond: 0,
  firstCallAt: null,
  lastAnswerAt: null,
  mails: 0,
  addresses: 0,
  addressesTwiceOrMoreTotal: 0,
  addressesTwiceOrMore: [],
  webhooks: { events: 0, posts: 0, taken: 0, givenUp: 0, pending: 0 },
}

describe('the counts', () => {
  it('tell of calls, mails and addresses, and of who got more than one', async () => {
    await start()
    expect(await ask('counts')).toEqual(NOTHING)
    await send('a@example.com', 'b@example.com')
    emulator.failNext({ kind: 'drop', when: 'after' })
    await send('c@example.com').catch(() => undefined)
    now = new Date('2026-11-24T12:00:01.500Z')
    emulator.failNext({ kind: 'error', when: 'before', status: 429, name: 'rate_limit_exceeded' })
    await send('d@example.com')
    await send('Anna <A@example.com>', 'a@example.com')
    expect(await ask('counts')).toEqual({
      ...NOTHING,
      calls: 4,
      statuses: { 200: 2, 429: 1 },
      unanswered: 1,
      tooManyRequests: 1,
      faults: { 'drop-after': 1, 'rate-limited': 1 },
      maxInFlight: 1,
      maxCallsPerSecond: 2,
      maxCallsInAnySecond: 2,
      firstCallAt: Date.parse('2026-11-24T12:00:00Z'),
      lastAnswerAt: now.getTime(),
      mails: 5,
      addresses: 3,
      addressesTwiceOrMoreTotal: 1,
      addressesTwiceOrMore: [{ address: 'a@example.com', mails: 3 }],
    })
  })

  it('tell how many calls were under way at once', async () => {
    await start({ latencyMs: 50 })
    await Promise.all([send('a@example.com'), send('b@example.com'), send('c@example.com')])
    expect(emulator.counts().maxInFlight).toBe(3)
  })

  it('begin anew when they are told to; what was received stays', async () => {
    await start()
    await send('a@example.com')
    expect(await ask('counts', 'DELETE')).toEqual(NOTHING)
    await send('a@example.com')
    expect(emulator.counts()).toMatchObject({ calls: 1, mails: 1, addressesTwiceOrMore: [] })
    expect([emulator.requests.length, emulator.mails.length]).toEqual([2, 2])
  })

  it('give every address in a line of JSON, for who asks', async () => {
    await start()
    await send('a@example.com', 'b@example.com', 'a@example.com')
    const text = await (await fetch(`${emulator.url}/_emulator/counts?addresses=1`)).text()
    const lines: unknown[] = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown)
    expect(lines).toEqual([
      { address: 'a@example.com', mails: 2 },
      { address: 'b@example.com', mails: 1 },
    ])
  })
})

describe('what is kept', () => {
  it('is nothing but numbers when bodies are dropped', async () => {
    await start({ keepsBodies: false })
    await send('a@example.com', 'b@example.com', 'a@example.com')
    expect(emulator.mails).toEqual([])
    expect(emulator.counts()).toMatchObject({ mails: 3, addresses: 2, addressesTwiceOrMoreTotal: 1 })
  })

  it('is the newest when there is a limit; counted are all', async () => {
    await start({ keepsMails: 10 })
    for (let n = 0; n < 30; n++) await send(`a${n}@example.com`)
    expect(emulator.mails.length).toBeLessThanOrEqual(11)
    expect(emulator.mails.at(-1)?.to).toEqual(['a29@example.com'])
    expect([emulator.counts().mails, emulator.counts().calls]).toEqual([30, 30])
  })

  it('can be asked for one address, and in parts', async () => {
    await start()
    await send('a@example.com', 'b@example.com', 'c@example.com')
    const [, b, c] = emulator.mails
    expect(await ask('mails?to=B@example.com')).toEqual([b])
    expect(await ask('mails?offset=1&limit=5')).toEqual([b, c])
    expect(await ask('mails?offset=2&limit=1')).toEqual([c])
  })

  it('can be asked for over the API as well, by its id', async () => {
    await start()
    await send('complained@resend.dev')
    const [mail] = emulator.mails
    const get = (id: string) => callEmulator({ url: emulator.url, path: `/emails/${id}`, method: 'GET' })
    const { status, body } = await get(mail?.id ?? '')
    expect([status, body]).toEqual([
      200,
      expect.objectContaining({
        object: 'email',
        id: mail?.id,
        to: ['complained@resend.dev'],
        html: '<p>Hej</p>',
        cc: null,
        created_at: '2026-11-24T12:00:00.000000+00:00',
        last_event: 'complained',
      }),
    ])
    expect((await get('another')).status).toBe(404)
  })

  it('is all forgotten at a reset, with keys, faults and the use of quotas; settings stay', async () => {
    await start({ settings: { dailyQuota: 1 } })
    const keyed = () =>
      callEmulator({ url: emulator.url, body: email(), headers: { 'idempotency-key': 'k1' } })
    const first = await keyed()
    emulator.failEvery({ kind: 'drop', when: 'before' })
    await ask('reset', 'POST')
    expect([emulator.requests, emulator.mails, emulator.counts()]).toEqual([[], [], NOTHING])
    const again = await keyed()
    expect([first.status, again.status]).toEqual([200, 200])
    expect(again.body).not.toEqual(first.body)
    expect(emulator.settings.dailyQuota).toBe(1)
  })
})
