import { expect, it } from '@jest/globals'
import { LEASE_MS } from '../../../src/newsletter/rules/lease.ts'

const MAILERS_GIVE_UP_AFTER_MS = 30_000

it('a lease outlives a call to a provider with room for what comes before and after it', () => {
  expect(LEASE_MS).toBeGreaterThanOrEqual(2 * MAILERS_GIVE_UP_AFTER_MS)
})

it('a crash is made good within two minutes', () => {
  expect(LEASE_MS).toBeLessThanOrEqual(120_000)
})
