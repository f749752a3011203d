const DAY_MS = 86_400_000
const AT_NIGHT_MS = 3 * 3_600_000

/**
 * The last 03:00 UTC: whoever has not swept since then is to sweep. So that happens every night, and at once where no
 * worker ran at night.
 */
export function lastSweepTime(now: Date): Date {
  const tonight = Math.floor(now.getTime() / DAY_MS) * DAY_MS + AT_NIGHT_MS
  return new Date(tonight <= now.getTime() ? tonight : tonight - DAY_MS)
}
