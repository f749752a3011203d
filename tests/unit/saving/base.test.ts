import { describe, expect, it } from '@jest/globals'
import { isNewest, readBases, savedBy, tagOf } from '../../../src/saving/base.ts'

const NOON = '2026-11-29T12:00:00.000Z'
const at = (seconds: number) => Date.parse(NOON) + seconds * 1000

describe('If-Match', () => {
  it.each<[header: string | null, bases: ReturnType<typeof readBases>]>([
    [null, null],
    ['', null],
    ['*', null],
    [tagOf(NOON), [at(0)]],
    [`W/${tagOf(NOON)}`, [at(0)]],
    [`${tagOf(NOON)}, "2026-11-29T12:00:05.000Z"`, [at(0), at(5)]],
    [NOON, 'invalid'],
    ['"abc"', 'invalid'],
    [`${tagOf(NOON)},`, 'invalid'],
    ['"2026-13-45T99:00:00.000Z"', 'invalid'],
    ['"*"', 'invalid'],
  ])('%s names %j', (header, bases) => {
    expect(readBases(header)).toEqual(bases)
  })
})

describe('the newest save', () => {
  const lastSave = { from: at(10), to: at(12), by: '7' }
  it.each([
    ['the time of the document', { base: at(12), stored: at(12) }, true],
    ['any time that the newest save wrote', { base: at(10), stored: at(12) }, true],
    ['a time between those', { base: at(11), stored: at(10) }, true],
    ['an older time', { base: at(9), stored: at(12) }, false],
    ['a time to come', { base: at(13), stored: at(12) }, false],
    ['a time of a save that was noted and not written', { base: at(11), stored: at(5) }, false],
    ['the time of the document before a save that was not written', { base: at(5), stored: at(5) }, true],
  ])('%s', (_, { base, stored }, expected) => {
    expect(isNewest({ base, stored, lastSave })).toBe(expected)
  })

  it('is known by the document alone before any was noted', () => {
    expect([at(0), at(1)].map((base) => isNewest({ base, stored: at(0), lastSave: null }))).toEqual([
      true,
      false,
    ])
  })

  it('is of the user who is noted for what is stored, and of nobody known otherwise', () => {
    expect([at(11), at(5), at(20)].map((stored) => savedBy({ stored, lastSave }))).toEqual(['7', null, null])
  })
})
