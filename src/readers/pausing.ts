const WEEK_MS = 7 * 86_400_000

export const MOST_WEEKS = 52

/** Until when somebody pauses who wants no newsletter for so many weeks from now on. */
export const pauseEnd = ({ weeks, now }: { weeks: number; now: Date }): Date =>
  new Date(now.getTime() + weeks * WEEK_MS)

/** Until when the pause lasts that somebody is in; null when they are in none. It ends by itself. */
export function currentPause({
  pausedUntil,
  now,
}: {
  pausedUntil: string | null | undefined
  now: Date
}): Date | null {
  const until = pausedUntil ? new Date(pausedUntil) : null
  return until && until > now ? until : null
}
