import { getTranslation } from '@payloadcms/translations'
import type { PayloadRequest } from 'payload'

interface FieldError {
  path: string
  label?: unknown
  message?: unknown
}

/** What Payload adds to a user without a field that has a label. */
const OF_ACCOUNTS: Record<string, { sv: string; en: string }> = {
  password: { sv: 'Lösenord', en: 'Password' },
}

/**
 * Names the fields of a refusal as the form does. Payload knows them by their path alone where the database or its own
 * login refuses one: `email` instead of `E-post`.
 * @param refused.data {collection|global, errors: [{path, label?, message}]}; anything else is left as it is.
 * @param refused.message Payload's list of fields, which ends with their names; a message of ours is kept.
 */
export function nameFields<Data extends Record<string, unknown>>({
  data,
  message,
  req,
}: {
  data: Data
  message: string
  req: PayloadRequest
}): { data: Data; message: string } {
  if (!Array.isArray(data.errors) || !data.errors.every(isFieldError)) return { data, message }
  const listed = data.errors.map(({ path }) => path).join(', ')
  const errors = data.errors.map((error) => named({ error, owner: data.collection ?? data.global, req }))
  const names = errors.map(({ path, label }) => (typeof label === 'string' ? label : path)).join(', ')
  return {
    data: { ...data, errors },
    message: message.endsWith(` ${listed}`) ? message.slice(0, -listed.length) + names : message,
  }
}

function named({
  error,
  owner,
  req,
}: {
  error: FieldError
  owner: unknown
  req: PayloadRequest
}): FieldError {
  // The name of a table is of no use to anybody who asks.
  const { tableName: _, ...shown } = error as FieldError & { tableName?: unknown }
  if (shown.label !== undefined) return shown
  const label = labelOf({ owner, path: shown.path, req })
  return label === null ? shown : { ...shown, label }
}

function labelOf({
  owner,
  path,
  req: { i18n, payload },
}: {
  owner: unknown
  path: string
  req: PayloadRequest
}): string | null {
  const { collections, globals } = payload.config
  const fields = [...collections, ...globals].find(({ slug }) => slug === owner)?.flattenedFields ?? []
  const field = fields.find(({ name }) => name === path)
  const label = field && 'label' in field && field.label ? field.label : OF_ACCOUNTS[path]
  return label ? getTranslation(label, i18n) : null
}

const isFieldError = (error: unknown): error is FieldError =>
  typeof error === 'object' && error !== null && 'path' in error && typeof error.path === 'string'
