import type { Flow } from './ports.ts'
import { LEASE_MS } from './rules/lease.ts'

/**
 * Renews the leases of what this worker works on: a call that takes long is not taken over by another.
 * @returns false: there is nothing to hurry for.
 */
export async function keepLeases<Content>({ store, held, clock }: Flow<Content>): Promise<boolean> {
  const tokens = [...held]
  if (tokens.length > 0) await store.renewLeases({ tokens, now: clock.now(), leaseMs: LEASE_MS })
  return false
}
