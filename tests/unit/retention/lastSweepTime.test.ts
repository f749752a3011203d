import { expect, it } from '@jest/globals'
import { lastSweepTime } from '../../../src/retention/rules/lastSweepTime.ts'

it.each([
  ['2026-11-25T02:59:59.999Z', '2026-11-24T03:00:00.000Z'],
  ['2026-11-25T03:00:00.000Z', '2026-11-25T03:00:00.000Z'],
  ['2026-11-25T23:00:00.000Z', '2026-11-25T03:00:00.000Z'],
])('at %s the last time to sweep was %s', (now, expected) => {
  expect(lastSweepTime(new Date(now)).toISOString()).toBe(expected)
})
