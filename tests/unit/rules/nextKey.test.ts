import { describe, expect, it } from '@jest/globals'
import { nextKey } from '../../../src/newsletter/rules/nextKey.ts'

describe('the key of a try with other bytes', () => {
  it('is the batch’s own, with the number of the try', () => {
    expect(nextKey({ key: 'campaign-7-0a1b-12', attempts: 1 })).toBe('campaign-7-0a1b-12-try-2')
  })

  it('does not grow with each try', () => {
    expect(nextKey({ key: 'campaign-7-0a1b-12-try-2', attempts: 9 })).toBe('campaign-7-0a1b-12-try-10')
  })

  it('has at most 256 characters in the longest case, which is what providers take', () => {
    const key = `campaign-${'f'.repeat(24)}-${'0'.repeat(36)}-${Number.MAX_SAFE_INTEGER}-try-1`
    expect(nextKey({ key, attempts: Number.MAX_SAFE_INTEGER - 1 }).length).toBeLessThanOrEqual(256)
  })
})
