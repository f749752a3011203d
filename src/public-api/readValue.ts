import type { Locale } from '../newsletter/model.ts'

export type IdKind = 'number' | 'text'

/**
 * What a field holds, as far as a filter has to know. `anyId`: the id of a document of one of several collections. `relation`
 * and `relatedText` are of relations to several documents, and `translated` is a text that stands in a table by locale: a
 * question about these is bounded further than by what the field holds.
 */
export type FieldKind =
  | 'text'
  | 'translated'
  | 'number'
  | 'date'
  | 'boolean'
  | 'id'
  | 'json'
  | 'rows'
  | 'point'
  | 'relation'
  | 'relatedText'
  | 'anyId'

/** What one question may hold: SQLite cannot stop a query that runs, so it is bounded before it starts. */
export interface QueryBounds {
  conditions: number
  /**
   * Conditions that read every row: like, contains, not_like; and, for everybody, those that go by a relation. All others
   * on translated fields are one together, as their table is read once.
   */
  searches: number
  /** Of those that are one search together. */
  onTranslated: number
  listLength: number
  textLength: number
}

export const PUBLIC_BOUNDS: QueryBounds = {
  conditions: 8,
  searches: 2,
  onTranslated: 3,
  listLength: 100,
  textLength: 200,
}
export const STAFF_BOUNDS: QueryBounds = {
  conditions: 100,
  searches: 20,
  onTranslated: 100,
  listLength: 1_000,
  textLength: 1_000,
}

const EQUALITY = ['equals', 'not_equals', 'in', 'not_in', 'exists']
const ORDER = ['greater_than', 'greater_than_equal', 'less_than', 'less_than_equal']
export const SEARCHES = ['like', 'contains', 'not_like']
const MOST_WORDS = 6

/** Operators that both databases answer for a kind of field. The rest of Payload's fail in one or the other. */
const OPERATORS: Record<FieldKind, string[]> = {
  text: [...EQUALITY, ...SEARCHES],
  translated: [...EQUALITY, ...SEARCHES],
  number: [...EQUALITY, ...ORDER],
  date: [...EQUALITY, ...ORDER],
  boolean: ['equals', 'not_equals', 'exists'],
  id: EQUALITY,
  json: ['exists', ...SEARCHES],
  rows: ['exists'],
  point: ['exists'],
  relation: ['equals', 'in'],
  relatedText: ['equals', 'in', 'like', 'contains'],
  // SQLite fails on a list, and on null.
  anyId: ['equals', 'not_equals', 'exists'],
}

/** Whether a condition looks at more rows than an index names. */
export const isSearch = (kind: FieldKind, operator: string): boolean =>
  SEARCHES.includes(operator) || kind === 'relation' || kind === 'relatedText'

export const hasOperator = (kind: FieldKind, operator: string): boolean => OPERATORS[kind].includes(operator)

/** Why a value does not do for the operator; null when it does. */
export function valueProblem({
  kind,
  operator,
  value,
  idKind,
  bounds,
}: {
  kind: FieldKind
  operator: string
  value: unknown
  idKind: IdKind
  bounds: QueryBounds
}): Record<Locale, string> | null {
  if (operator === 'exists') return isBoolean(value) ? null : NO_BOOLEAN
  if (operator === 'in' || operator === 'not_in') {
    const values = toList(value)
    if (!values || values.length > bounds.listLength) return tooLong(bounds.listLength)
    return values.every((each) => isOfKind({ kind, value: each, idKind, bounds })) ? null : notOf(kind)
  }
  if (SEARCHES.includes(operator)) {
    if (typeof value !== 'string' || !isText(value, bounds.textLength)) return notOf('text')
    return value.trim() !== '' && value.trim().split(/\s+/).length <= MOST_WORDS ? null : FEW_WORDS
  }
  const isEqual = operator === 'equals' || operator === 'not_equals'
  if (isEqual && kind !== 'anyId') {
    if (value === null) return null
    // MongoDB takes these as texts for a number or a boolean, and fails.
    const isTyped = kind === 'number' || kind === 'boolean'
    // What Payload's admin asks to have all documents.
    if (!isTyped && operator === 'not_equals' && value === '') return null
    if (!isTyped && value === 'null') return null
  }
  return isOfKind({ kind, value, idKind, bounds }) ? null : notOf(kind)
}

/** A list as JSON has it, or as an address has it: with commas. */
function toList(value: unknown): unknown[] | null {
  if (Array.isArray(value)) return value
  return typeof value === 'string' || typeof value === 'number' ? String(value).split(',') : null
}

function isOfKind({
  kind,
  value,
  idKind,
  bounds,
}: {
  kind: FieldKind
  value: unknown
  idKind: IdKind
  bounds: QueryBounds
}): boolean {
  switch (kind) {
    case 'text':
    case 'translated':
    case 'relatedText':
      return typeof value === 'number'
        ? Number.isFinite(value)
        : typeof value === 'string' && isText(value, bounds.textLength)
    case 'number':
      return isNumber(value)
    case 'date':
      return value instanceof Date ? !Number.isNaN(value.getTime()) : isDate(value)
    case 'boolean':
      return isBoolean(value)
    case 'id':
    case 'anyId':
    case 'relation':
      return isDocumentId({ value, idKind })
    case 'json':
    case 'rows':
    case 'point':
      return false
  }
}

/** A number on SQLite, 24 hexadecimal digits on MongoDB. */
export const isDocumentId = ({ value, idKind }: { value: unknown; idKind: IdKind }): boolean =>
  idKind === 'number'
    ? /^\d{1,15}$/.test(typeof value === 'number' || typeof value === 'string' ? String(value) : '')
    : /^[0-9a-f]{24}$/i.test(typeof value === 'string' ? value : hexOf(value))

/** Of an ObjectId, whichever copy of the driver has made it; a value from outside is of no class and has no functions. */
const hexOf = (value: unknown): string =>
  typeof value === 'object' &&
  value !== null &&
  'toHexString' in value &&
  typeof value.toHexString === 'function'
    ? String(value.toHexString())
    : ''

/** Without half characters, which no database keeps, and without NUL. */
const isText = (value: string, longest: number): boolean =>
  value.length <= longest && !/[\p{Cs}\0]/u.test(value)

const isNumber = (value: unknown): boolean =>
  (typeof value === 'number' || (typeof value === 'string' && /^-?\d{1,15}(\.\d{1,6})?$/.test(value))) &&
  Math.abs(Number(value)) <= Number.MAX_SAFE_INTEGER

const isDate = (value: unknown): boolean =>
  typeof value === 'string' && /^\d{4}-\d\d(-\d\d)?/.test(value) && !Number.isNaN(Date.parse(value))

const isBoolean = (value: unknown): boolean =>
  typeof value === 'boolean' || value === 'true' || value === 'false'

const NO_BOOLEAN = { sv: 'värdet är true eller false.', en: 'the value is true or false.' }
const FEW_WORDS = {
  sv: `sök med ett till ${MOST_WORDS} ord.`,
  en: `search with one to ${MOST_WORDS} words.`,
}
const tooLong = (length: number) => ({
  sv: `värdet är en lista med högst ${length} värden.`,
  en: `the value is a list of at most ${length} values.`,
})

const TEXT = { sv: 'en text som inte är för lång', en: 'a text that is not too long' }
const ID = { sv: 'ett id', en: 'an id' }
const KINDS: Record<FieldKind, Record<Locale, string>> = {
  text: TEXT,
  translated: TEXT,
  relatedText: TEXT,
  number: { sv: 'ett tal', en: 'a number' },
  date: { sv: 'ett datum, som 2026-01-31', en: 'a date, such as 2026-01-31' },
  boolean: { sv: 'true eller false', en: 'true or false' },
  id: ID,
  relation: ID,
  anyId: ID,
  json: { sv: 'inget att jämföra', en: 'nothing to compare' },
  rows: { sv: 'inget att jämföra', en: 'nothing to compare' },
  point: { sv: 'inget att jämföra', en: 'nothing to compare' },
}
const notOf = (kind: FieldKind): Record<Locale, string> => ({
  sv: `värdet är inte ${KINDS[kind].sv}.`,
  en: `the value is not ${KINDS[kind].en}.`,
})
