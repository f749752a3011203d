import { describe, expect, it } from '@jest/globals'
import {
  makeReaderToken,
  readReaderToken,
  type ReaderClaim,
  type ReaderPurpose,
} from '../../../src/newsletter/rules/readerToken.ts'

const secret = 'a secret of the test, long enough'
const now = new Date('2026-11-24T08:00:00.000Z')
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000)
const PURPOSES: ReaderPurpose[] = ['leave', 'preferences', 'confirm', 'confirm-address']
/** What SQLite and MongoDB give, and what no database gives but nothing forbids. */
const IDS = ['1', '42', '9007199254740991', '665f1c2e9b1e8a0012345678', 'å/ö+ä', '"],["', ' ']
const KEY = '0123456789abcdef01234567'
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

type Limits = Pick<ReaderClaim, 'expiresAt' | 'data'>
/** For good; for a time; for a time and something more. */
const LIMITS: Limits[] = [
  { expiresAt: null, data: null },
  { expiresAt: later(60), data: null },
  { expiresAt: later(60), data: 'hash ny.adress@example.com' },
]

const make = ({
  purpose = 'leave',
  subscriberId = '42',
  linkKey = KEY,
  expiresAt = null,
  data = null,
}: Partial<ReaderClaim>) => makeReaderToken({ secret, purpose, subscriberId, linkKey, expiresAt, data })
const read = (token: string, { purpose = 'leave', at = now }: { purpose?: ReaderPurpose; at?: Date } = {}) =>
  readReaderToken({ secret, token, purpose, now: at })

/** With a key, and without one as in mails of earlier versions. */
const everyToken = [KEY, null].flatMap((linkKey) =>
  IDS.flatMap((subscriberId) =>
    PURPOSES.flatMap((purpose) =>
      LIMITS.map((limits) => {
        const claim: ReaderClaim = { purpose, subscriberId, linkKey, ...limits }
        return { claim, token: make(claim) }
      }),
    ),
  ),
)

describe("a reader's token", () => {
  it('names the person that it was made for, and what else it says; without a time it is for leaving alone', () => {
    const found = everyToken.map(({ token, claim: { purpose } }) => read(token, { purpose }))
    expect(found).toEqual(
      everyToken.map(({ claim: { purpose, subscriberId, linkKey, expiresAt, data } }) =>
        purpose === 'leave' || expiresAt
          ? { kind: 'valid', subscriberId, linkKey, data, expiresAt }
          : { kind: 'expired', subscriberId, linkKey },
      ),
    )
  })

  it('is the same whenever it is made, so that a mail made twice has the same bytes', () => {
    expect(everyToken.map(({ claim }) => make(claim))).toEqual(everyToken.map(({ token }) => token))
  })

  it('for leaving stays valid from one version of Utskick to the next', () => {
    expect([make({ linkKey: null }), make({})]).toEqual([
      'NDI.8pv4X4BlxQG-7mH3IQY02qDwouR4P4pw03UfTZRF7CA',
      'NDI.0123456789abcdef01234567.wWPEj-jDKsokZh8O1p9sxtSwWVrS6jc3qhPRpuKxgNE',
    ])
  })

  it('for leaving is valid for good', () => {
    expect(read(make({}), { at: new Date('2126-11-24') })).toEqual({
      kind: 'valid',
      subscriberId: '42',
      linkKey: KEY,
      data: null,
      expiresAt: null,
    })
  })

  it('for a time is expired from that second on, and still says for whom it was', () => {
    const token = make({ purpose: 'preferences', expiresAt: later(60) })
    const kinds = [59, 60, 61].map((seconds) => read(token, { purpose: 'preferences', at: later(seconds) }))
    expect(kinds).toEqual([
      { kind: 'valid', subscriberId: '42', linkKey: KEY, data: null, expiresAt: later(60) },
      { kind: 'expired', subscriberId: '42', linkKey: KEY },
      { kind: 'expired', subscriberId: '42', linkKey: KEY },
    ])
  })

  it('differs for every person, purpose, time and word', () => {
    expect(new Set(everyToken.map(({ token }) => token)).size).toBe(everyToken.length)
  })

  it('stands in a URL and in a mail header as it is', () => {
    for (const { token } of everyToken) {
      expect(encodeURIComponent(token)).toBe(token)
      expect(token.split('.').at(-1)).toHaveLength(43)
    }
  })

  it('does nothing but what it was made for', () => {
    const others = everyToken.flatMap(({ token, claim }) =>
      PURPOSES.filter((purpose) => purpose !== claim.purpose).map((purpose) => read(token, { purpose })),
    )
    expect(others).toEqual(others.map(() => ({ kind: 'invalid' })))
  })

  it('is worth nothing under another secret, and again something under the first', () => {
    const token = make({})
    const underAnother = readReaderToken({
      secret: 'another secret of the test',
      token,
      purpose: 'leave',
      now,
    })
    expect([underAnother.kind, read(token).kind]).toEqual(['invalid', 'valid'])
  })

  it.each(LIMITS)('is refused with any one character changed, left out or put in (%j)', (limits) => {
    const token = make({ subscriberId: '1207', ...limits })
    const changed = [...token].flatMap((_, at) => [
      token.slice(0, at) + token.slice(at + 1),
      ...[...ALPHABET, '.', '=', '%', ' '].flatMap((character) => [
        token.slice(0, at) + character + token.slice(at + 1),
        token.slice(0, at) + character + token.slice(at),
      ]),
    ])
    const bare = (text: string) => text.replace(/^[^A-Za-z0-9]+/, '').slice(0, token.length)
    const accepted = changed.filter((other) => bare(other) !== token && read(other).kind !== 'invalid')
    expect(accepted).toEqual([])
  })

  it.each(['.', ')', ',', ';', '>', '"', '”', '’', '…', '.)', '!?', '_', '*', ' ', '\n', '\u00a0', '\u200b'])(
    'is read with %j behind or before it, as mail programs take it for a part of the link',
    (mark) => {
      const leaving = everyToken.filter(({ claim }) => claim.purpose === 'leave')
      const around = leaving.flatMap(({ token }) => [read(token + mark), read(mark + token)])
      expect(around).toEqual(leaving.flatMap(({ token }) => [read(token), read(token)]))
    },
  )

  it('is read when a mail program encodes it once more or wraps its line', () => {
    const leaving = everyToken.filter(({ claim }) => claim.purpose === 'leave')
    const written = leaving.flatMap(({ token }) => [
      ...[`${token}%2E`, `${token}%29%3e`, token.replaceAll('.', '%2E')],
      ...[`${token.slice(0, 20)}=\r\n${token.slice(20)}`, `${token.slice(0, 20)}\n${token.slice(20)}`],
    ])
    expect(written.map((token) => read(token))).toEqual(
      leaving.flatMap(({ token }) => Array.from({ length: 5 }, () => read(token))),
    )
  })

  it.each(['a', 'Z', '0', 'é', '字', '.a', '.'.repeat(10)])('is refused with %j behind it', (more) => {
    expect(everyToken.map(({ token, claim }) => read(token + more, claim).kind)).toEqual(
      everyToken.map(() => 'invalid'),
    )
  })

  it('is worth nothing with the key of another row, or without its key', () => {
    const [person, , signature] = make({}).split('.')
    const others = [`${person}.${'f'.repeat(24)}.${signature}`, `${person}.${signature}`]
    expect(others.map((token) => read(token))).toEqual(others.map(() => ({ kind: 'invalid' })))
  })

  it('is refused with a part of another behind its name, or without its time', () => {
    const [mine, theirs] = ['1', '2'].map((subscriberId) =>
      make({ subscriberId, expiresAt: later(60) }).split('.'),
    )
    const mixed = [
      [mine?.[0], ...(theirs?.slice(1) ?? [])],
      [mine?.[0], mine?.[1], later(600).getTime().toString(36), mine?.[3]],
      [mine?.[0], mine?.[1], mine?.[3]],
    ]
    expect(mixed.map((parts) => read(parts.join('.')))).toEqual(mixed.map(() => ({ kind: 'invalid' })))
  })

  it.each([
    ['nothing', ''],
    ['a dot', '.'],
    ['a name alone', 'NDI'],
    ['a name and a dot', 'NDI.'],
    ['a signature alone', `.${'A'.repeat(43)}`],
    ['a short signature', 'NDI.abc'],
    ['a word', 'null'],
    ['a name without end', `${'A'.repeat(5000)}.${'A'.repeat(43)}`],
    ['a control character', 'NDI.\u0000'],
  ])('is invalid for what never was a token: %s', (_, token) => {
    expect(read(token)).toEqual({ kind: 'invalid' })
  })
})
