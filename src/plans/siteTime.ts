import { Temporal } from 'temporal-polyfill'

/** A planned moment, and how the clock of the site shows it. */
export interface SiteTime {
  at: Date
  /** As `2026-12-03T08:00`. */
  local: string
  /**
   * Of a time of day that a clock change takes out (`gap`, moved on by as much) or lets come twice (`overlap`, the first): RFC
   * 5545 and Temporal's `compatible`. Null for any other.
   */
  shift: 'gap' | 'overlap' | null
}

/** Further ahead nobody plans: it is a slip of the finger. */
const FURTHEST_YEARS = 5

/**
 * Reads a planned time: `2026-12-03T08:00` by the clock of the site, or a moment with an offset or Z.
 * @returns null for a text that is neither.
 */
export function readSiteTime({ text, timeZone }: { text: string; timeZone: string }): SiteTime | null {
  try {
    return hasOffset(text)
      ? siteTimeOf(Temporal.Instant.from(text).toZonedDateTimeISO(timeZone), null)
      : readLocal(text, timeZone)
  } catch {
    return null
  }
}

const LOCAL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?$/
const hasOffset = (text: string): boolean => /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text) && text.includes('T')

function readLocal(text: string, timeZone: string): SiteTime | null {
  if (!LOCAL.test(text)) return null
  const local = Temporal.PlainDateTime.from(text)
  const earlier = local.toZonedDateTime(timeZone, { disambiguation: 'earlier' })
  const later = local.toZonedDateTime(timeZone, { disambiguation: 'later' })
  if (earlier.epochMilliseconds === later.epochMilliseconds) return siteTimeOf(earlier, null)
  // In an overlap both show what was asked for; in a gap neither does.
  const isOverlap = earlier.toPlainDateTime().equals(local)
  return isOverlap ? siteTimeOf(earlier, 'overlap') : siteTimeOf(later, 'gap')
}

const siteTimeOf = (zoned: Temporal.ZonedDateTime, shift: SiteTime['shift']): SiteTime => ({
  at: new Date(zoned.epochMilliseconds),
  local: zoned.toPlainDateTime().toString({ smallestUnit: 'minute' }),
  shift,
})

/** Why a time cannot be planned; null when it can. */
export const whyNotPlannable = ({ at, now }: { at: Date; now: Date }): 'past' | 'too_far' | null => {
  if (at <= now) return 'past'
  const furthest = new Date(now)
  furthest.setUTCFullYear(now.getUTCFullYear() + FURTHEST_YEARS)
  return at > furthest ? 'too_far' : null
}

/** The days on which newsletters are read most go first: Tuesday and Thursday (ISO weekdays). */
const USUAL_WEEKDAYS = [2, 4]
const USUAL_TIME = '08:00'

/** The next Tuesday and Thursday at 08:00, the sooner first. */
export function usualTimes({ now, timeZone }: { now: Date; timeZone: string }): SiteTime[] {
  const here = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone)
  return USUAL_WEEKDAYS.map((weekday) => {
    const today = here.toPlainDate()
    const inDays = (weekday - today.dayOfWeek + 7) % 7
    const at = (days: number) =>
      readLocal(`${today.add({ days }).toString()}T${USUAL_TIME}`, timeZone) as SiteTime
    const first = at(inDays)
    return first.at > now ? first : at(inDays + 7)
  }).sort((left, right) => left.at.getTime() - right.at.getTime())
}

/** Whether clocks anywhere go by this name, such as Europe/Stockholm. */
export function isTimeZone(name: string): boolean {
  try {
    Temporal.Now.zonedDateTimeISO(name)
    return !/^[+-]/.test(name)
  } catch {
    return false
  }
}

/** Where the first user is. */
export const DEFAULT_TIME_ZONE = 'Europe/Stockholm'
