/** Milliseconds until the quota of the day begins anew, with a minute for clocks that differ. */
export const untilMidnightUtc = (now: Date): number =>
  Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1, 0, 1) - now.getTime()

const LONGEST_MS = 3_600_000

/** Milliseconds that the answer asks to wait: `retry-after` (RFC 9110: seconds or a date), else `ratelimit-reset`. */
export function untilRetry({ headers, now }: { headers: Record<string, string>; now: Date }): number | null {
  const asked = headers['retry-after'] ?? headers['ratelimit-reset']
  if (!asked) return null
  const ms = /^\d+(\.\d+)?$/.test(asked) ? Number(asked) * 1000 : Date.parse(asked) - now.getTime()
  return Number.isNaN(ms) ? null : Math.min(Math.max(0, Math.ceil(ms)), LONGEST_MS)
}
