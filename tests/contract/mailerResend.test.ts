import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { resendMailer } from '../../src/adapters/mailer/resend/resendMailer.ts'
import type { Outcome } from '../../src/newsletter/model.ts'
import type { Mailer } from '../../src/newsletter/ports.ts'
import type { Fault } from '../../emulator/model.ts'
import {
  startResendEmulator,
  type EmulatorOptions,
  type ResendEmulator,
} from '../../emulator/startResendEmulator.ts'
import { mailsTo, mailTo } from '../support/mailOf.ts'

const API_KEY = 're_secret_of_the_test'
let now: Date
let emulator: ResendEmulator
let mailer: Mailer

const start = async (options: EmulatorOptions = {}) => {
  emulator = await startResendEmulator({ apiKey: API_KEY, now: () => now, ...options })
  mailer = mailerAt(emulator.url)
}
const mailerAt = (baseUrl: string, over: { apiKey?: string; timeoutMs?: number } = {}) =>
  resendMailer({ apiKey: API_KEY, baseUrl, clock: { now: () => now }, ...over })

beforeEach(async () => {
  now = new Date('2026-11-24T21:00:00Z')
  await start()
})
afterEach(() => emulator.stop())

const mails = mailsTo(3)
const submit = (over: { key?: string } = {}) => mailer.send({ key: 'campaign-7-1', mails, ...over })
const addresses = () => emulator.mails.map(({ to }) => to[0])
const ACCEPTED = { kind: 'accepted', providerId: expect.any(String) }
const ALL_ACCEPTED = { kind: 'answered', results: [ACCEPTED, ACCEPTED, ACCEPTED] }
/** The kind and the code, and for how long to wait; the sentence is for people. */
const gist = (outcome: Outcome) => ({
  kind: outcome.kind,
  ...(outcome.kind !== 'answered' && { code: outcome.problem.code }),
  ...(outcome.kind === 'later' && { afterMs: outcome.afterMs }),
})

describe('the resend mailer', () => {
  it('makes one permissive call for a batch, under the key of the batch', async () => {
    await submit()
    const calls = emulator.requests.map(({ method, path, key, size, status, headers }) => ({
      ...{ method, path, key, size, status },
      validation: headers['x-batch-validation'],
    }))
    expect(calls).toEqual([
      {
        method: 'POST',
        path: '/emails/batch',
        key: 'campaign-7-1',
        size: 3,
        status: 200,
        validation: 'permissive',
      },
    ])
  })

  it('rejects what the provider does not take, with its words, and has the others go', async () => {
    const given = ['a@example.com', 'b@refused.example', 'not an address', 'c@example.com'].map((to) =>
      mailTo(to),
    )
    const outcome = await mailer.send({ key: 'campaign-7-2', mails: given })
    const rejected = {
      kind: 'rejected',
      code: 'validation_error',
      detail: expect.stringMatching(/`to` field/),
    }
    expect(outcome).toEqual({ kind: 'answered', results: [ACCEPTED, rejected, rejected, ACCEPTED] })
    const ids =
      outcome.kind === 'answered'
        ? outcome.results.flatMap((one) => (one.kind === 'accepted' ? [one.providerId] : []))
        : []
    expect(emulator.mails.map(({ id, to }) => [id, to[0]])).toEqual([
      [ids[0], 'a@example.com'],
      [ids[1], 'c@example.com'],
    ])
  })

  it.each<[string, Fault, object]>([
    [
      'a rate limit',
      error(429, 'rate_limit_exceeded', { 'retry-after': '3' }),
      { kind: 'later', code: 'rate_limit_exceeded', afterMs: 3_000 },
    ],
    [
      'the quota of the day',
      error(429, 'daily_quota_exceeded'),
      { kind: 'later', code: 'daily_quota_exceeded', afterMs: 3_600_000 },
    ],
    [
      'the quota of the month',
      error(429, 'monthly_quota_exceeded'),
      { kind: 'refused', code: 'monthly_quota_exceeded' },
    ],
    [
      'a key that is no longer good',
      error(401, 'restricted_api_key'),
      { kind: 'refused', code: 'key_refused' },
    ],
    [
      'a refusal of the whole call',
      error(422, 'validation_error'),
      { kind: 'refused', code: 'call_refused' },
    ],
    [
      'an address that is not the API',
      error(404, 'not_found'),
      { kind: 'refused', code: 'answer_unreadable' },
    ],
    [
      'a fault of the provider',
      error(500, 'internal_server_error'),
      { kind: 'unknown', code: 'provider_fault' },
    ],
    ['a gateway in trouble', error(502, 'bad_gateway'), { kind: 'unknown', code: 'provider_fault' }],
    ['a cut connection', { kind: 'drop', when: 'before' }, { kind: 'unknown', code: 'no_answer' }],
    [
      'something that is no answer',
      { kind: 'garbage', when: 'before' },
      { kind: 'unknown', code: 'no_answer' },
    ],
  ])('meets %s, takes nothing, and goes on when it is over', async (_, fault, expected) => {
    emulator.failNext(fault)
    expect(gist(await submit())).toEqual(expected)
    expect(addresses()).toEqual([])
    expect(await submit()).toEqual(ALL_ACCEPTED)
    expect(addresses()).toEqual(mails.map(({ to }) => to.email))
  })

  it.each<[string, Fault]>([
    ['the connection is cut', { kind: 'drop', when: 'after' }],
    ['the provider fails', { ...error(500, 'internal_server_error'), when: 'after' }],
    ['the answer is garbled', { kind: 'garbage', when: 'after' }],
  ])(
    'does not know when %s after the mails were taken, and asks again without mailing twice',
    async (_, fault) => {
      emulator.failNext(fault)
      expect((await submit()).kind).toBe('unknown')
      expect(await submit()).toEqual(ALL_ACCEPTED)
      expect(addresses()).toEqual(mails.map(({ to }) => to.email))
    },
  )

  it('gives up on a provider that says nothing, and does not know', async () => {
    mailer = mailerAt(emulator.url, { timeoutMs: 50 })
    emulator.failNext({ kind: 'hang', when: 'after' })
    expect(gist(await submit())).toEqual({ kind: 'unknown', code: 'no_answer' })
    mailer = mailerAt(emulator.url)
    expect(await submit()).toEqual(ALL_ACCEPTED)
    expect(addresses()).toEqual(mails.map(({ to }) => to.email))
  })

  it('waits when the same batch is still under way', async () => {
    emulator.failNext({ kind: 'slow', ms: 100 })
    const [first, second] = await Promise.all([submit(), submit()])
    expect([first, second && gist(second)]).toEqual([
      ALL_ACCEPTED,
      { kind: 'busy', code: 'call_in_progress' },
    ])
  })

  it('is told when a batch is not what it was, and nothing goes out', async () => {
    await submit()
    const outcome = await mailer.send({ key: 'campaign-7-1', mails: mailsTo(2) })
    expect(gist(outcome)).toEqual({ kind: 'conflict', code: 'batch_changed' })
    expect(addresses().length).toBe(3)
  })

  it('is not in doubt about a provider that was never reached', async () => {
    await emulator.stop()
    expect(gist(await submit())).toEqual({ kind: 'later', code: 'unreachable', afterMs: null })
    const port = Number(new URL(emulator.url).port)
    await start({ port })
    expect(await submit()).toEqual(ALL_ACCEPTED)
  })

  it('is not in doubt about a call that it makes after the provider has gone', async () => {
    await submit()
    await emulator.stop()
    expect(gist(await submit({ key: 'campaign-7-2' })).kind).toBe('unknown')
    expect(gist(await submit({ key: 'campaign-7-3' }))).toEqual({
      kind: 'later',
      code: 'unreachable',
      afterMs: null,
    })
  })

  it('names the remedy and no secret when the key is refused', async () => {
    mailer = mailerAt(emulator.url, { apiKey: 're_another' })
    const outcome = await submit()
    expect(outcome).toEqual({
      kind: 'refused',
      problem: { code: 'key_refused', message: expect.stringContaining('RESEND_API_KEY') },
    })
    expect(JSON.stringify(outcome)).not.toContain('re_another')
  })

  it('refuses everything from a domain that is not verified, instead of rejecting every recipient', async () => {
    await emulator.stop()
    await start({ verifiedDomains: ['other.example'] })
    const outcome = await submit()
    expect(gist(outcome)).toEqual({ kind: 'refused', code: 'sender_refused' })
    expect(JSON.stringify(outcome)).not.toContain('utskick.example')
  })

  it('keeps addresses and keys out of what staff read', async () => {
    emulator.failNext({ ...error(422, 'validation_error'), message: `No: a@example.com with ${API_KEY}` })
    expect(await submit()).toEqual({
      kind: 'refused',
      problem: { code: 'call_refused', message: 'Resend refuses the call (422): No: …@… with re_…' },
    })
  })

  it('tells the limit of calls as the answers name it', async () => {
    await emulator.stop()
    await start({ perSecond: 20 })
    const before = mailer.limit()
    await submit()
    expect([before, mailer.limit()]).toEqual([{ kind: 'unknown' }, { kind: 'limited', perSecond: 20 }])
  })
})

function error(status: number, name: string, headers: Record<string, string> = {}) {
  return { kind: 'error', when: 'before', status, name, headers } as const
}
