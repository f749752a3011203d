/** ISO 8601, or as Mailchimp writes it (`2026-05-04 08:00:00`); without a zone it is UTC. */
const PATTERN = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)(Z|[+-]\d{2}:?\d{2})?)?$/

/** What databases write for no day at all. */
export const isNoDay = (text: string): boolean => /^0{4}-00-00|^0001-01-01/.test(text)

/** A moment from a file; null when it is none. */
export function readTime(text: string): Date | null {
  const [, day, time = '00:00', zone = 'Z'] = PATTERN.exec(text) ?? []
  if (day === undefined) return null
  const date = new Date(`${day}T${time}${zone}`)
  // A day that does not exist, such as 30 February, would silently become another one.
  const isDay = !Number.isNaN(date.getTime()) && new Date(day).toISOString().startsWith(day)
  return isDay ? date : null
}
