/**
 * How long a worker may hold a row without a sign of life. Longer than any call to a provider takes (the mailers give
 * up after 30 seconds); short enough that a crash is made good within the minute.
 */
export const LEASE_MS = 60_000
