import type { FlattenedField } from 'payload'
import { isDocumentId, type IdKind } from '../public-api/readValue.ts'

/** What a field holds, where a value is of another kind. */
export type Expected =
  | 'text'
  | 'texts'
  | 'number'
  | 'flag'
  | 'date'
  | 'choice'
  | 'choices'
  | 'id'
  | 'ids'
  | 'rows'
  | 'group'
  | 'richText'

export interface OddValue {
  /** As Payload writes paths: `newsletter.subject`, `allowedOrigins.0.origin`. */
  path: string
  expected: Expected
}

/**
 * Looks through the values of a document for the first one whose kind its field cannot hold: a list where a text stands,
 * null where a group stands, a time that is none. Payload's own hooks and the database fail on such values. Whether a
 * value of the right kind is a good one, the field's own validation says.
 * @param options.isEveryLocale whether localised fields come as objects of locales (`locale=all`).
 * @param options.idKind of the ids of this database.
 * @returns null when each value fits. What no field is named after is ignored, as Payload ignores it.
 */
export function findOddValue({
  fields,
  data,
  isEveryLocale,
  idKind,
}: {
  fields: FlattenedField[]
  data: Record<string, unknown>
  isEveryLocale: boolean
  idKind: IdKind
}): OddValue | null {
  return inFields({ fields, data, place: { path: '', isEveryLocale, idKind } })
}

interface Place {
  path: string
  isEveryLocale: boolean
  idKind: IdKind
}

function inFields({
  fields,
  data,
  place: parent,
}: {
  fields: FlattenedField[]
  data: Record<string, unknown>
  place: Place
}): OddValue | null {
  for (const field of fields) {
    // What is inherited is no value: `constructor`, `toString`.
    const value = Object.hasOwn(data, field.name) ? data[field.name] : undefined
    if (value === undefined) continue
    const place = { ...parent, path: below(parent, field.name) }
    const odd =
      parent.isEveryLocale && 'localized' in field && field.localized
        ? inLocales({ field, value, place })
        : inValue({ field, value, place })
    if (odd) return odd
  }
  return null
}

function inLocales({
  field,
  value,
  place,
}: {
  field: FlattenedField
  value: unknown
  place: Place
}): OddValue | null {
  if (!isRecord(value)) return inValue({ field, value, place })
  return first(Object.entries(value), ([locale, of]) =>
    inValue({
      field,
      value: of,
      place: { ...place, path: below(place, locale), isEveryLocale: false },
    }),
  )
}

function inValue({
  field,
  value,
  place,
}: {
  field: FlattenedField
  value: unknown
  place: Place
}): OddValue | null {
  const { path, idKind } = place
  const isMany = 'hasMany' in field && field.hasMany === true
  const unless = (isFit: boolean, expected: Expected) => (isFit ? null : { path, expected })
  const many = (isFit: (value: unknown) => boolean, one: Expected, several: Expected) =>
    isMany ? unless(isNone(value) || isListOf(value, isFit), several) : unless(isFit(value), one)
  switch (field.type) {
    case 'text':
      return many(isText, 'text', 'texts')
    case 'email':
    case 'textarea':
    case 'code':
      return unless(isText(value), 'text')
    case 'number':
      return many(isNumber, 'number', 'rows')
    case 'checkbox':
      return unless(isFlag(value), 'flag')
    case 'date':
      return unless(isDate(value) && !(value === null && OF_EVERY_ROW.includes(field.name)), 'date')
    case 'radio':
    case 'select':
      return many(isText, 'choice', 'choices')
    case 'relationship':
    case 'upload':
      return many(
        (one) =>
          // Nothing may stand in the place of one, and not in a list.
          !(isMany && isNoReference(one)) &&
          isReference({ value: one, isOfSeveral: Array.isArray(field.relationTo), idKind }),
        'id',
        'ids',
      )
    case 'richText':
      return unless(isNone(value) || isRichText(value), 'richText')
    case 'group':
    case 'tab':
      return isRecord(value)
        ? inFields({ fields: field.flattenedFields, data: value, place })
        : { path, expected: 'group' }
    case 'array':
      return inRows({ value, place, fieldsOf: () => field.flattenedFields })
    case 'blocks':
      return inRows({
        value,
        place,
        fieldsOf: ({ blockType }) =>
          field.blocks.find(({ slug }) => slug === blockType)?.flattenedFields ?? [],
      })
    default:
      return null
  }
}

/** Payload's forms name the number of rows where there are none, and 0 is it. */
function inRows({
  value,
  place,
  fieldsOf,
}: {
  value: unknown
  place: Place
  fieldsOf: (row: Record<string, unknown>) => FlattenedField[]
}): OddValue | null {
  if (isNone(value) || value === 0 || value === '0') return null
  if (!Array.isArray(value)) return { path: place.path, expected: 'rows' }
  return first([...value.entries()], ([index, row]) => {
    const path = below(place, String(index))
    return isRecord(row)
      ? inFields({ fields: fieldsOf(row), data: row, place: { ...place, path } })
      : { path, expected: 'group' }
  })
}

const below = ({ path }: Place, name: string): string => (path === '' ? name : `${path}.${name}`)

function first<Item>(items: Item[], look: (item: Item) => OddValue | null): OddValue | null {
  for (const item of items) {
    const odd = look(item)
    if (odd) return odd
  }
  return null
}

/** The database has these of each row. */
const OF_EVERY_ROW = ['createdAt', 'updatedAt']

const isNone = (value: unknown): boolean => value === null || value === ''
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
const isListOf = (value: unknown, isFit: (value: unknown) => boolean): boolean =>
  Array.isArray(value) && value.every((one) => one !== null && isFit(one))

const isText = (value: unknown): boolean => value === null || typeof value === 'string'
const isNumber = (value: unknown): boolean =>
  isNone(value) ||
  (typeof value === 'number'
    ? Number.isFinite(value)
    : typeof value === 'string' &&
      /^\s*[+-]?(\d+\.?\d*|\.\d+)\s*$/.test(value) &&
      Number.isFinite(Number(value)))
const isFlag = (value: unknown): boolean =>
  isNone(value) || typeof value === 'boolean' || value === 'true' || value === 'false'

const isDate = (value: unknown): boolean =>
  isNone(value) ||
  (value instanceof Date
    ? !Number.isNaN(value.getTime())
    : typeof value === 'string' || typeof value === 'number'
      ? !Number.isNaN(new Date(value).getTime())
      : false)

/** An id, or a document as an answer shows it; with several collections `{relationTo, value}`. */
function isReference({
  value,
  isOfSeveral,
  idKind,
}: {
  value: unknown
  isOfSeveral: boolean
  idKind: IdKind
}): boolean {
  if (isNoReference(value)) return true
  if (isOfSeveral)
    return (
      isRecord(value) &&
      typeof value.relationTo === 'string' &&
      isReference({ value: value.value, isOfSeveral: false, idKind })
    )
  return isDocumentId({ value, idKind }) || (isRecord(value) && isDocumentId({ value: value.id, idKind }))
}

/** What Payload's forms send where nothing is chosen. */
const isNoReference = (value: unknown): boolean => NO_REFERENCE.includes(value)
const NO_REFERENCE: unknown[] = [null, '', 'none', 'null', 0]

/** Lexical's tree. The nodes are looked at one after the other: a hostile tree is deeper than the stack. */
function isRichText(value: unknown): boolean {
  const tree = typeof value === 'string' ? parsed(value) : value
  if (!isRecord(tree) || !isRecord(tree.root) || !Array.isArray(tree.root.children)) return false
  const nodes: unknown[] = [tree.root]
  for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
    if (!isRecord(node) || typeof node.type !== 'string') return false
    // Payload reads the fields of these without asking whether there are any.
    const isBlock = node.type === 'block' || node.type === 'inlineBlock'
    const { children = [], fields = isBlock ? null : {} } = node
    if (!Array.isArray(children) || !isRecord(fields)) return false
    // The walk ends at undefined.
    for (const child of children) nodes.push(child ?? null)
  }
  return true
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
