import { describe, expect, it } from '@jest/globals'
import {
  makeReaderToken,
  readReaderToken,
  type ReaderPurpose,
} from '../../../src/newsletter/rules/readerToken.ts'

const secret = 'a secret of the test, long enough'
const PURPOSES: ReaderPurpose[] = ['leave', 'preferences']
/** What SQLite and MongoDB give, and what no database gives but nothing forbids. */
const IDS = ['1', '42', '9007199254740991', '665f1c2e9b1e8a0012345678', 'å/ö+ä', '"],["', ' ']
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

const everyToken = IDS.flatMap((subscriberId) =>
  PURPOSES.map((purpose) => ({
    subscriberId,
    purpose,
    token: makeReaderToken({ secret, purpose, subscriberId }),
  })),
)

describe("a reader's token", () => {
  it('names the person that it was made for', () => {
    const read = everyToken.map(({ token, purpose }) => readReaderToken({ secret, token, purpose }))
    expect(read).toEqual(everyToken.map(({ subscriberId }) => subscriberId))
  })

  it('is the same whenever it is made, so that a mail made twice has the same bytes', () => {
    const again = everyToken.map(({ subscriberId, purpose }) =>
      makeReaderToken({ secret, purpose, subscriberId }),
    )
    expect(again).toEqual(everyToken.map(({ token }) => token))
  })

  it('stays valid from one version of Utskick to the next', () => {
    expect(makeReaderToken({ secret, purpose: 'leave', subscriberId: '42' })).toBe(
      'NDI.8pv4X4BlxQG-7mH3IQY02qDwouR4P4pw03UfTZRF7CA',
    )
  })

  it('differs for every person and purpose', () => {
    expect(new Set(everyToken.map(({ token }) => token)).size).toBe(everyToken.length)
  })

  it('stands in a URL and in a mail header as it is', () => {
    for (const { token } of everyToken) {
      expect(encodeURIComponent(token)).toBe(token)
      expect(token.split('.')[1]).toHaveLength(43)
    }
  })

  it('does nothing but what it was made for', () => {
    const read = everyToken.map(({ token, purpose }) =>
      readReaderToken({ secret, token, purpose: purpose === 'leave' ? 'preferences' : 'leave' }),
    )
    expect(read).toEqual(everyToken.map(() => null))
  })

  it('is worth nothing under another secret, and again something under the first', () => {
    const token = makeReaderToken({ secret, purpose: 'leave', subscriberId: '42' })
    expect(readReaderToken({ secret: 'another secret of the test', token, purpose: 'leave' })).toBeNull()
    expect(readReaderToken({ secret, token, purpose: 'leave' })).toBe('42')
  })

  it('is refused with any one character changed, left out or put in', () => {
    const token = makeReaderToken({ secret, purpose: 'leave', subscriberId: '1207' })
    const changed = [...token].flatMap((_, at) => [
      token.slice(0, at) + token.slice(at + 1),
      ...[...ALPHABET, '.', '=', '%', ' '].flatMap((character) => [
        token.slice(0, at) + character + token.slice(at + 1),
        token.slice(0, at) + character + token.slice(at),
      ]),
    ])
    const accepted = changed.filter(
      (candidate) =>
        candidate !== token && readReaderToken({ secret, token: candidate, purpose: 'leave' }) !== null,
    )
    expect(accepted).toEqual([])
  })

  it("is refused when one person's signature stands behind another's name", () => {
    const [mine, theirs] = ['1', '2'].map((subscriberId) =>
      makeReaderToken({ secret, purpose: 'leave', subscriberId }),
    )
    const mixed = `${mine?.split('.')[0]}.${theirs?.split('.')[1]}`
    expect(readReaderToken({ secret, token: mixed, purpose: 'leave' })).toBeNull()
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
  ])('is null for what never was a token: %s', (_, token) => {
    expect(readReaderToken({ secret, token, purpose: 'leave' })).toBeNull()
  })
})
