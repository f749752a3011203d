/**
 * How long a worker may hold a row without a sign of life. A living one renews it (renewLeases), so that it may be shorter
 * than a slow call to a provider; long enough that a worker which only stands still for a while keeps what it has.
 */
export const LEASE_MS = 30_000

/** How often a living worker renews its leases: two tries may fail before one ends. */
export const RENEW_EVERY_MS = 10_000
