import { describe, expect, it } from '@jest/globals'
import { classifyAnswer } from '../../../src/adapters/mailer/resend/classifyAnswer.ts'
import { classifyError } from '../../../src/adapters/mailer/resend/classifyError.ts'
import { formatAddress } from '../../../src/adapters/mailer/resend/toResendEmail.ts'
import { untilDailyQuota, untilRetry } from '../../../src/adapters/mailer/resend/waits.ts'
import { withoutSecrets } from '../../../src/adapters/mailer/withoutSecrets.ts'
import { mailsTo } from '../../support/mailOf.ts'

const now = new Date('2026-11-24T23:30:00Z')

describe('an error of Resend', () => {
  it.each([
    [null, 'application_error', '', 'unknown no_answer'],
    [408, 'timeout', '', 'unknown no_answer'],
    [500, 'internal_server_error', '', 'unknown provider_fault'],
    [503, 'service_unavailable', '', 'unknown provider_fault'],
    [400, 'invalid_idempotency_key', 'The key must be between 1-256 chars.', 'refused call_refused'],
    [400, 'validation_error', 'We found an error', 'refused call_refused'],
    [401, 'missing_api_key', '', 'refused key_refused'],
    [401, 'restricted_api_key', '', 'refused key_refused'],
    [401, 'validation_error', 'API key is invalid', 'refused key_refused'],
    [403, 'invalid_api_key', 'API key is invalid.', 'refused key_refused'],
    [403, 'validation_error', 'The a.example domain is not verified.', 'refused sender_refused'],
    [403, 'validation_error', 'You can only send testing emails to your own', 'refused sender_refused'],
    [422, 'invalid_from_address', 'Invalid `from` field', 'refused sender_refused'],
    [404, 'not_found', '', 'refused answer_unreadable'],
    [405, 'method_not_allowed', '', 'refused answer_unreadable'],
    [409, 'invalid_idempotent_request', '', 'conflict batch_changed'],
    [409, 'concurrent_idempotent_requests', '', 'busy call_in_progress'],
    [413, 'payload_too_large', '', 'refused call_refused'],
    [422, 'validation_error', '', 'refused call_refused'],
    [429, 'rate_limit_exceeded', '', 'later rate_limit_exceeded'],
    [429, 'a_kind_that_is_new', '', 'later rate_limit_exceeded'],
    [429, 'daily_quota_exceeded', '', 'later daily_quota_exceeded'],
    [429, 'monthly_quota_exceeded', '', 'refused monthly_quota_exceeded'],
    [451, 'security_error', '', 'refused call_refused'],
  ])('%s %s “%s” is %s', (statusCode, name, message, expected) => {
    const outcome = classifyError({ error: { statusCode, name, message }, headers: {}, now })
    const code = outcome.kind === 'answered' ? '' : outcome.problem.code
    expect(`${outcome.kind} ${code}`).toBe(expected)
  })

  it.each([[undefined], [null], ['<html>'], [{}], [{ message: 'from a proxy' }]])(
    'that is not one of the API’s (%j) leaves the call in doubt',
    (error) => {
      const outcome = classifyError({ error, headers: {}, now })
      expect(outcome).toEqual({
        kind: 'unknown',
        problem: expect.objectContaining({ code: 'answer_unreadable' }),
      })
    },
  )
})

describe('an answer of Resend', () => {
  const mails = mailsTo(3)
  const accepted = (providerId: string) => ({ kind: 'accepted', providerId })
  const rejected = (detail: string) => ({ kind: 'rejected', code: 'validation_error', detail })
  const lost = { kind: 'unknown', code: 'not_mentioned', detail: null }

  it.each<[string, unknown, unknown[]]>([
    ['all ids', { data: ids('a', 'b', 'c') }, [accepted('a'), accepted('b'), accepted('c')]],
    [
      'ids around an error',
      { data: ids('a', 'c'), errors: [{ index: 1, message: 'no' }] },
      [accepted('a'), rejected('no'), accepted('c')],
    ],
    [
      'errors alone',
      { data: [], errors: [0, 1, 2].map((index) => ({ index, message: 'Invalid `to` field.' })) },
      Array.from({ length: 3 }, () => rejected('Invalid `to` field.')),
    ],
    ['an id too few', { data: ids('a', 'b') }, [lost, lost, lost]],
    ['an id too many', { data: ids('a', 'b', 'c', 'd') }, [lost, lost, lost]],
  ])('with %s says what became of each mail', (_, body, results) => {
    expect(classifyAnswer({ body, mails })).toEqual({ kind: 'answered', results })
  })

  it('that blames the sender for every mail is a refusal of them all', () => {
    const errors = [0, 1, 2].map((index) => ({ index, message: 'The a.example domain is not verified.' }))
    expect(classifyAnswer({ body: { data: [], errors }, mails })).toEqual({
      kind: 'refused',
      problem: expect.objectContaining({ code: 'sender_refused' }),
    })
  })

  it.each([[null], [{}], [{ data: 'x' }], ['ok']])(
    'that cannot be read (%j) leaves the call in doubt',
    (body) => {
      expect(classifyAnswer({ body, mails })).toEqual({
        kind: 'unknown',
        problem: expect.objectContaining({ code: 'answer_unreadable' }),
      })
    },
  )

  function ids(...names: string[]) {
    return names.map((id) => ({ id }))
  }
})

describe('how long Resend asks to wait', () => {
  it.each<[Record<string, string>, number | null]>([
    [{}, null],
    [{ 'retry-after': '2' }, 2_000],
    [{ 'retry-after': '0.25' }, 250],
    [{ 'retry-after': 'Tue, 24 Nov 2026 23:30:05 GMT' }, 5_000],
    [{ 'retry-after': 'Tue, 24 Nov 2026 23:00:00 GMT' }, 0],
    [{ 'retry-after': 'soon' }, null],
    [{ 'retry-after': '999999' }, 3_600_000],
    [{ 'ratelimit-reset': '1' }, 1_000],
    [{ 'retry-after': '3', 'ratelimit-reset': '1' }, 3_000],
  ])('%j is %s ms', (headers, expected) => {
    expect(untilRetry({ headers, now })).toBe(expected)
  })

  it('is until a minute past midnight UTC when the quota of the day is used up', () => {
    expect(untilDailyQuota(now)).toBe(31 * 60_000)
    expect(untilDailyQuota(new Date('2026-12-31T23:59:59.500Z'))).toBe(60_500)
    // The plan may have been raised; and when it is midnight already, it cannot be long.
    expect(untilDailyQuota(new Date('2026-12-31T08:00:00Z'))).toBe(3_600_000)
    expect(untilDailyQuota(new Date('2026-12-31T00:01:05Z'))).toBe(300_000)
  })
})

describe('an address', () => {
  it.each([
    [null, 'a@example.com'],
    ['', 'a@example.com'],
    ['Åsa Öberg', 'Åsa Öberg <a@example.com>'],
    ['Berg, Anna', '"Berg, Anna" <a@example.com>'],
    ['Anna "Ann" Berg', '"Anna \\"Ann\\" Berg" <a@example.com>'],
    ['a\\b', '"a\\\\b" <a@example.com>'],
    ['Anna <x@y>', '"Anna <x@y>" <a@example.com>'],
    ['Anna\r\nBcc: b', '"Anna Bcc: b" <a@example.com>'],
    [' \u0000 ', 'a@example.com'],
  ])('of %j is written %s', (name, expected) => {
    expect(formatAddress({ name, email: 'a@example.com' })).toBe(expected)
  })
})

describe('a provider’s words', () => {
  it.each([
    ['Invalid `to`: anna.berg@example.com!', 'Invalid `to`: …@…'],
    ['<a@b.se>, "c@d.se"', '<…@…>, "…@…"'],
    ['key re_AbC_123 and whsec_zz', 'key re_… and whsec_…'],
    ['åäö@räksmörgås.se', '…@…'],
    ['nothing to hide', 'nothing to hide'],
    ['x'.repeat(300), 'x'.repeat(200)],
  ])('%j are kept as %j', (words, expected) => {
    expect(withoutSecrets(words)).toBe(expected)
  })
})
