import { expect, it } from '@jest/globals'
import { LEASE_MS, RENEW_EVERY_MS } from '../../../src/newsletter/rules/lease.ts'

it('a lease outlives two renewals that fail', () => {
  expect(LEASE_MS).toBeGreaterThanOrEqual(3 * RENEW_EVERY_MS)
})

it('a crash is made good within the minute', () => {
  expect(LEASE_MS).toBeLessThan(60_000)
})
