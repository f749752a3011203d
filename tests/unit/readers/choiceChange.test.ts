import { describe, expect, it } from '@jest/globals'
import { choiceRows, type Choices } from '../../../src/readers/choiceChange.ts'

const now = new Date('2026-11-25T12:00:00.000Z')
const LATER = '2026-12-25T12:00:00.000Z'
const EARLIER = '2026-10-25T12:00:00.000Z'
const choices = (change: Partial<Choices> = {}): Choices => ({
  name: 'Anna',
  locale: 'sv',
  topics: ['arbete'],
  pausedUntil: null,
  ...change,
})
const rows = (before: Partial<Choices>, after: Partial<Choices>) =>
  choiceRows({ before: choices(before), after: choices(after), now })

describe('what is written down of a change of choices', () => {
  it.each([
    ['as before', {}, {}],
    ['an empty name for none', { name: null }, { name: '' }],
    ['another pause that was over', { pausedUntil: EARLIER }, { pausedUntil: null }],
  ])('is nothing for what is %s', (_, before, after) => {
    expect(rows(before, after)).toEqual([])
  })

  it('is one row for topics, language and name, without the name itself', () => {
    expect(rows({}, { name: 'Bo', locale: 'en', topics: ['frihet'] })).toEqual([
      { kind: 'chose', change: { added: ['frihet'], removed: ['arbete'], locale: 'en', name: true } },
    ])
  })

  it('is a row of its own for a pause, and for its end', () => {
    expect(rows({}, { pausedUntil: LATER, topics: [] })).toEqual([
      { kind: 'chose', change: { removed: ['arbete'] } },
      { kind: 'paused', change: { pausedUntil: LATER } },
    ])
    expect(rows({ pausedUntil: LATER }, {})).toEqual([{ kind: 'unpaused', change: {} }])
  })
})
