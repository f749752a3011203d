import type { BasePayload } from 'payload'

/** A text as an id of this database (a number on SQLite, 24 hexadecimal digits on MongoDB), or null when it can be none. */
export function toDocumentId({
  payload,
  text,
}: {
  payload: BasePayload
  text: string
}): number | string | null {
  if (payload.db.defaultIDType === 'number') return /^\d{1,15}$/.test(text) ? Number(text) : null
  return /^[0-9a-f]{24}$/i.test(text) ? text : null
}
