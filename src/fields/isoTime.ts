import type { FieldHook } from 'payload'

/**
 * One spelling per moment, ISO 8601 in UTC, however it is written: SQLite keeps a time as the text that it got, and
 * compares texts. A number is milliseconds since 1970, as in JavaScript. What is no time the field refuses: a list or an
 * object gets a spelling that is none, since Payload's own rule would take a list of one time.
 */
export const isoTime: FieldHook = ({ value }) => {
  if (value === null || value === undefined || value === '') return value
  if (typeof value !== 'string' && typeof value !== 'number' && !(value instanceof Date))
    return JSON.stringify(value)
  const time = new Date(value)
  return Number.isNaN(time.getTime()) ? String(value) : time.toISOString()
}
