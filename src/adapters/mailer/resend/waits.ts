/**
 * Milliseconds until it is worth asking whether the quota of the day has begun anew: after midnight UTC, with a minute for
 * clocks that differ; at least once an hour, for the plan may have been raised, and soon when it is midnight already.
 */
export function untilDailyQuota(now: Date): number {
  const midnight = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate())
  const sinceMidnight = now.getTime() - midnight
  const ask = sinceMidnight < HALF_AN_HOUR_MS ? FIVE_MINUTES_MS : LONGEST_MS
  return Math.min(midnight + DAY_MS + MINUTE_MS - now.getTime(), ask)
}

const MINUTE_MS = 60_000
const FIVE_MINUTES_MS = 5 * MINUTE_MS
const HALF_AN_HOUR_MS = 30 * MINUTE_MS
const DAY_MS = 24 * 60 * MINUTE_MS

const LONGEST_MS = 3_600_000

/** Milliseconds that the answer asks to wait: `retry-after` (RFC 9110: seconds or a date), else `ratelimit-reset`. */
export function untilRetry({ headers, now }: { headers: Record<string, string>; now: Date }): number | null {
  const asked = headers['retry-after'] ?? headers['ratelimit-reset']
  if (!asked) return null
  const ms = /^\d+(\.\d+)?$/.test(asked) ? Number(asked) * 1000 : Date.parse(asked) - now.getTime()
  return Number.isNaN(ms) ? null : Math.min(Math.max(0, Math.ceil(ms)), LONGEST_MS)
}
