import { getTranslation } from '@payloadcms/translations'
import type { FlattenedField, PayloadRequest } from 'payload'

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
  const owner = data.collection ?? data.global
  const errors = data.errors.map((error) => named({ error, owner, req }))
  const listed = data.errors.map(({ label, path }) => (typeof label === 'string' ? label : path)).join(', ')
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
  if (typeof shown.label === 'string') return { ...shown, label: withoutRepeats(shown.label) }
  if (shown.label !== undefined) return shown
  const label = labelOf({ owner, path: shown.path, req })
  return label === null ? shown : { ...shown, label }
}

/** `Text > Text` is a field in a tab of the same name: one name is enough. */
const withoutRepeats = (label: string): string =>
  label
    .split(' > ')
    .filter((part, index, parts) => part !== parts[index - 1])
    .join(' > ')

/**
 * What the form calls the field with this path, with the groups and the numbers of the rows that it stands in:
 * `newsletter.subject` -> `Nyhetsbrev > Ämnesrad`.
 * @param options.owner the slug of a collection or a global.
 * @returns null for a path without a label on its way.
 */
export function labelOf({
  owner,
  path,
  req: { i18n, payload },
}: {
  owner: unknown
  path: string
  req: Pick<PayloadRequest, 'i18n' | 'payload'>
}): string | null {
  const { collections, globals } = payload.config
  let fields = [...collections, ...globals].find(({ slug }) => slug === owner)?.flattenedFields ?? []
  const names: string[] = []
  for (const part of path.split('.')) {
    if (/^\d+$/.test(part)) {
      names.push(`${names.pop() ?? ''} ${Number(part) + 1}`.trim())
      continue
    }
    const field = fields.find(({ name }) => name === part)
    const label = field && 'label' in field && field.label ? field.label : OF_ACCOUNTS[part]
    // After the field there may be the place inside its value, such as a locale.
    if (!label) break
    names.push(getTranslation(label, i18n))
    fields = field ? fieldsIn(field) : []
  }
  return names.length === 0 ? null : withoutRepeats(names.join(' > '))
}

function fieldsIn(field: FlattenedField): FlattenedField[] {
  if ('flattenedFields' in field) return field.flattenedFields
  if ('blocks' in field) return field.blocks.flatMap(({ flattenedFields }) => flattenedFields)
  return []
}

const isFieldError = (error: unknown): error is FieldError =>
  typeof error === 'object' && error !== null && 'path' in error && typeof error.path === 'string'
