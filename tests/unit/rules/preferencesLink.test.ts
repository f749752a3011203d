import { describe, expect, it } from '@jest/globals'
import { isFromBeforeChange, preferencesLinkUntil } from '../../../src/newsletter/rules/preferencesLink.ts'

const changedAt = new Date('2026-11-24T08:00:00.500Z')
const madeBefore = (ms: number) => new Date(changedAt.getTime() - ms)

describe('a link to the preferences', () => {
  it('works for 90 days', () => {
    expect(preferencesLinkUntil(new Date('2026-01-01T08:00:00Z'))).toEqual(new Date('2026-04-01T08:00:00Z'))
  })

  it.each([
    ['a day before the change of the address', 86_400_000, true],
    ['a second before it', 1000, true],
    ['in the same second, before', 400, false],
    ['in the same second, after', -400, false],
    ['after it', -1000, false],
  ])('made %s is from before it: %i ms, %p', (_, ms, isBefore) => {
    const expiresAt = preferencesLinkUntil(madeBefore(ms))
    // As its token says it.
    expiresAt.setMilliseconds(0)
    expect(isFromBeforeChange({ expiresAt, addressChangedAt: changedAt })).toBe(isBefore)
  })
})
