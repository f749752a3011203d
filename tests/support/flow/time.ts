/** A time of the day on which these tests happen: `at('08:00')`, `at('08:00:30')`. */
export const at = (time: string): Date =>
  new Date(`2026-11-02T${time.length === 5 ? `${time}:00` : time}.000Z`)

export const LEASE_MS = 60_000

export const lease = (token: string): { token: string; ms: number } => ({ token, ms: LEASE_MS })
