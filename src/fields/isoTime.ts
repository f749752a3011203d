import type { FieldHook } from 'payload'

/**
 * One spelling per moment, ISO 8601 in UTC, however it is written: SQLite keeps a time as the text that it got, and
 * compares texts. What is no time the field refuses.
 */
export const isoTime: FieldHook = ({ value }) => {
  if (typeof value !== 'string' && !(value instanceof Date)) return value
  const time = new Date(value)
  return Number.isNaN(time.getTime()) ? value : time.toISOString()
}
