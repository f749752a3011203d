import { describe, expect, it } from '@jest/globals'
import { canUndoLeaving } from '../../../src/readers/undoWindow.ts'

const now = new Date('2026-11-24T12:00:00Z')
const left = {
  status: 'unsubscribed',
  consentAt: '2026-01-01T00:00:00Z',
  unsubscribedAt: '2026-11-24T11:00:00Z',
} as const

describe('leaving can be taken back', () => {
  it.each([
    ['an hour later', left, true],
    ['within a day', { ...left, unsubscribedAt: '2026-11-23T12:00:00.001Z' }, true],
    ['not after a day', { ...left, unsubscribedAt: '2026-11-23T12:00:00.000Z' }, false],
    ['not before it happened', { ...left, unsubscribedAt: '2026-11-24T12:00:01Z' }, false],
    ['not without a time', { ...left, unsubscribedAt: null }, false],
    ['not without a consent', { ...left, consentAt: null }, false],
    ['not by somebody who is suppressed', { ...left, status: 'suppressed' as const }, false],
    ['not by somebody who has not left', { ...left, status: 'active' as const }, false],
  ])('%s', (_, reader, expected) => {
    expect(canUndoLeaving({ ...reader, now })).toBe(expected)
  })
})
