import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import {
  startResendEmulator,
  type EmulatorOptions,
  type ResendEmulator,
} from '../../emulator/startResendEmulator.ts'

/** What Resend's documentation tells of its API, and what the emulator therefore does. */
let emulator: ResendEmulator
let now: Date
const start = async (options: EmulatorOptions = {}) => {
  emulator = await startResendEmulator({ apiKey: 're_test', now: () => now, ...options })
}
beforeEach(async () => {
  now = new Date('2026-11-24T12:00:00Z')
  await start()
})
afterEach(() => emulator.stop())

const email = (to: unknown = 'a@example.com', over: object = {}) => ({
  from: 'Brev <brev@utskick.example>',
  to,
  subject: 'Hej',
  html: '<p>Hej</p>',
  ...over,
})

async function call(path: string, body: unknown, headers: Record<string, string> = {}, method = 'POST') {
  const response = await fetch(emulator.url + path, {
    method,
    headers: { authorization: 'Bearer re_test', 'content-type': 'application/json', ...headers },
    ...(method === 'POST' && { body: JSON.stringify(body) }),
  })
  const answer: unknown = await response.json()
  return { status: response.status, headers: response.headers, answer }
}
const gist = async (answering: ReturnType<typeof call>) => {
  const { status, answer } = await answering
  return [status, answer]
}
const fault = (statusCode: number, name: string, message: unknown = expect.any(String)) => [
  statusCode,
  { statusCode, name, message },
]
const recipients = () => emulator.mails.map(({ to }) => to)
const ID = { id: expect.any(String) }

describe('POST /emails', () => {
  it('takes one e-mail and gives its id', async () => {
    const { status, answer } = await call(
      '/emails',
      email(['a@example.com', 'b@example.com'], { reply_to: 'svar@utskick.example' }),
    )
    expect([status, answer]).toEqual([200, { id: emulator.mails[0]?.id }])
    expect(emulator.mails).toEqual([
      {
        id: expect.any(String),
        from: 'Brev <brev@utskick.example>',
        to: ['a@example.com', 'b@example.com'],
        cc: [],
        bcc: [],
        subject: 'Hej',
        html: '<p>Hej</p>',
        text: null,
        replyTo: ['svar@utskick.example'],
        headers: {},
        tags: [],
        key: null,
        acceptedAt: '2026-11-24T12:00:00.000Z',
      },
    ])
  })

  it.each([
    [
      'no sender',
      email('a@example.com', { from: undefined }),
      'missing_required_field',
      'Missing `from` field.',
    ],
    ['no recipient', email([]), 'missing_required_field', 'Missing `to` field.'],
    [
      'no body',
      email('a@example.com', { html: '' }),
      'missing_required_field',
      'Missing `html` or `text` field.',
    ],
    [
      'a recipient that is no address',
      email('a b@example.com'),
      'validation_error',
      expect.stringMatching(/^Invalid `to` field\./),
    ],
    [
      '51 recipients',
      email(Array.from({ length: 51 }, (_, n) => `a${n}@example.com`)),
      'validation_error',
      expect.stringContaining('at most 50'),
    ],
    [
      'a tag with a space',
      email('a@example.com', { tags: [{ name: 'a b', value: 'c' }] }),
      'validation_error',
      expect.stringContaining('ASCII'),
    ],
    [
      'a refused recipient',
      email('a@refused.example'),
      'validation_error',
      expect.stringContaining('refused.example'),
    ],
  ])('refuses %s', async (_, body, name, message) => {
    expect(await gist(call('/emails', body))).toEqual(fault(422, name, message))
    expect(recipients()).toEqual([])
  })
})

describe('POST /emails/batch', () => {
  const mixed = [email('a@example.com'), email('b@refused.example'), email('c@example.com')]

  it('takes all or none when it is strict, as it is unless told otherwise', async () => {
    expect(await gist(call('/emails/batch', mixed))).toEqual(fault(422, 'validation_error'))
    expect(recipients()).toEqual([])
    expect(await gist(call('/emails/batch', [mixed[0], mixed[2]]))).toEqual([200, { data: [ID, ID] }])
  })

  it('takes the good ones when it is permissive, in order, and lists the others by their place', async () => {
    const answer = await gist(call('/emails/batch', mixed, { 'x-batch-validation': 'permissive' }))
    const errors = [{ index: 1, message: expect.stringContaining('`to`') }]
    expect(answer).toEqual([200, { data: emulator.mails.map(({ id }) => ({ id })), errors }])
    expect(recipients()).toEqual([['a@example.com'], ['c@example.com']])
  })

  it.each([
    ['more than 100', Array.from({ length: 101 }, () => email())],
    ['none', []],
    ['what is no list', email()],
  ])('refuses %s', async (_, body) => {
    expect(await gist(call('/emails/batch', body))).toEqual(fault(422, 'validation_error'))
  })

  it('refuses a domain that is not verified as a whole, also when it is permissive', async () => {
    await emulator.stop()
    await start({ verifiedDomains: ['other.example'] })
    const answer = await gist(call('/emails/batch', mixed, { 'x-batch-validation': 'permissive' }))
    expect(answer).toEqual(fault(403, 'validation_error', expect.stringContaining('domain is not verified')))
  })
})

describe('an idempotency key', () => {
  const keyed = (body: unknown, key = 'k1') => gist(call('/emails', body, { 'idempotency-key': key }))

  it('gives the first answer again for the same bytes, for 24 hours', async () => {
    const first = await keyed(email())
    now = new Date('2026-11-25T11:59:59Z')
    expect(await keyed(email())).toEqual(first)
    expect(recipients().length).toBe(1)
    now = new Date('2026-11-25T12:00:00Z')
    expect(await keyed(email())).not.toEqual(first)
    expect(recipients().length).toBe(2)
  })

  it('is refused for other bytes', async () => {
    await keyed(email())
    expect(await keyed(email('b@example.com'))).toEqual(fault(409, 'invalid_idempotent_request'))
  })

  it('is busy while its first call is under way', async () => {
    emulator.failNext({ kind: 'slow', ms: 50 })
    const [first, second] = await Promise.all([keyed(email()), keyed(email())])
    expect([first, second]).toEqual([[200, ID], fault(409, 'concurrent_idempotent_requests')])
  })

  it('is free again after a call that was refused', async () => {
    await keyed(email('a@refused.example'))
    expect(await keyed(email())).toEqual([200, ID])
  })

  it('has 1 to 256 characters', async () => {
    expect(await keyed(email(), 'x'.repeat(257))).toEqual(fault(400, 'invalid_idempotency_key'))
    expect(await keyed(email(), 'x'.repeat(256))).toEqual([200, ID])
  })
})

describe('a call', () => {
  it.each([
    ['without a key to the account', '/emails', { authorization: '' }, 'POST', fault(401, 'missing_api_key')],
    [
      'with a wrong one',
      '/emails',
      { authorization: 'Bearer re_other' },
      'POST',
      fault(403, 'invalid_api_key'),
    ],
    ['to an address that is none', '/email', {}, 'POST', fault(404, 'not_found')],
    ['of another method', '/emails', {}, 'GET', fault(405, 'method_not_allowed')],
  ])('%s is refused', async (_, path, headers, method, expected) => {
    expect(await gist(call(path, email(), headers, method))).toEqual(expected)
  })

  it('over the limit is answered 429 with the headers that tell when to come again', async () => {
    await emulator.stop()
    await start({ perSecond: 1, isRateEnforced: true })
    const seen = []
    for (const _ of [1, 2]) {
      const { status, headers } = await call('/emails', email())
      seen.push([
        status,
        ...['ratelimit-limit', 'ratelimit-remaining', 'retry-after'].map((name) => headers.get(name)),
      ])
    }
    expect(seen).toEqual([
      [200, '1', '0', null],
      [429, '1', '0', '1'],
    ])
    now = new Date(now.getTime() + 1_000)
    expect((await call('/emails', email())).status).toBe(200)
  })
})

describe('driven from outside', () => {
  it('takes faults, and shows calls and mails without the key to the account', async () => {
    const busy = { kind: 'error', when: 'before', status: 429, name: 'rate_limit_exceeded' }
    expect(await gist(call('/_emulator/faults', { next: [busy], every: { kind: 'slow', ms: 1 } }))).toEqual([
      200,
      {},
    ])
    const statuses = [(await call('/emails', email())).status, (await call('/emails', email())).status]
    expect(statuses).toEqual([429, 200])
    const requests = await gist(call('/_emulator/requests', null, {}, 'GET'))
    expect(requests).toEqual([200, emulator.requests])
    expect(JSON.stringify(requests)).not.toContain('re_test')
    expect(await gist(call('/_emulator/mails', null, {}, 'GET'))).toEqual([200, emulator.mails])
  })

  it('says what is wrong with a fault', async () => {
    const { status, answer } = await call('/_emulator/faults', { next: [{ kind: 'explode' }] })
    expect([status, answer]).toEqual([422, { message: expect.stringContaining('kind') }])
  })

  it('fails every call until it is told to stop', async () => {
    emulator.failEvery({ kind: 'error', when: 'before', status: 500, name: 'internal_server_error' })
    const statuses = [(await call('/emails', email())).status, (await call('/emails', email())).status]
    emulator.failEvery(null)
    expect([...statuses, (await call('/emails', email())).status]).toEqual([500, 500, 200])
  })
})
