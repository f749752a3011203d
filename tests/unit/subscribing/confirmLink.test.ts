import { describe, expect, it } from '@jest/globals'
import { readReaderToken } from '../../../src/newsletter/rules/readerToken.ts'
import { askedAtOf, confirmLink } from '../../../src/subscribing/rules/confirmLink.ts'

const secret = 'a secret of the tests'
const askedAt = new Date('2026-06-01T12:00:00.250Z')
const row = { subscriberId: '7', linkKey: '0123456789abcdef01234567' }
const link = confirmLink({ baseUrl: 'https://news.example.com', secret, ...row, askedAt })
const read = (now: Date) =>
  readReaderToken({
    secret,
    token: new URL(link).searchParams.get('token') ?? '',
    purpose: 'confirm',
    now,
  })

describe('the link to confirm', () => {
  it('says who asked and when, and leads to the page', () => {
    const token = read(askedAt)
    expect([new URL(link).origin, new URL(link).pathname]).toEqual(['https://news.example.com', '/confirm'])
    expect(token).toMatchObject({ kind: 'valid', ...row, data: askedAt.toISOString() })
    expect('data' in token && askedAtOf(token.data)).toEqual(askedAt)
  })

  it('works for seven days', () => {
    const kinds = ['2026-06-08T11:59:59Z', '2026-06-08T12:00:01Z'].map((now) => read(new Date(now)).kind)
    expect(kinds).toEqual(['valid', 'expired'])
  })

  it.each([null, '', 'anna@example.com'])('says nothing with the data %j', (data) => {
    expect(askedAtOf(data)).toBe(null)
  })
})
