import type { FlattenedField, SanitizedConfig } from 'payload'
import { problem, type Problem } from './problem.ts'
import { numberProblem } from './publicQuery.ts'
import { STAFF_BOUNDS, type FieldKind, type IdKind } from './readValue.ts'
import { isObject, whereProblem, type KindOf } from './whereProblem.ts'

export const MOST_ROWS = 1_000
const LAST_PAGE = 1_000_000
const DEEPEST = 10

/**
 * Why a query of staff is refused; null for one that the database can answer. Names of parameters are left to Payload.
 * @param asked.isList whether `limit` names how much is answered: at most MOST_ROWS.
 */
export function staffQueryProblem({
  query,
  kindOf,
  idKind,
  isList,
}: {
  query: Record<string, unknown>
  kindOf: KindOf | null
  idKind: IdKind
  isList: boolean
}): Problem | null {
  const { limit, page, depth, sort, where } = query
  const isGiven = (value: unknown) => value !== undefined && value !== ''
  return (
    (isGiven(limit)
      ? numberProblem({ name: 'limit', value: limit, from: 0, to: isList ? MOST_ROWS : 1_000_000 })
      : null) ??
    (isGiven(page) ? numberProblem({ name: 'page', value: page, from: 1, to: LAST_PAGE }) : null) ??
    (isGiven(depth) ? numberProblem({ name: 'depth', value: depth, from: 0, to: DEEPEST }) : null) ??
    shapeProblem({ name: 'select', value: query.select }) ??
    shapeProblem({ name: 'populate', value: query.populate }) ??
    // `joins=false`: none, as Payload reads it.
    (query.joins === 'false' ? null : shapeProblem({ name: 'joins', value: query.joins })) ??
    dataProblem(query.data) ??
    staffSortProblem(sort, kindOf) ??
    (kindOf && where !== '' ? whereProblem({ where, kindOf, idKind, bounds: STAFF_BOUNDS }) : null)
  )
}

const shapeProblem = ({ name, value }: { name: string; value: unknown }): Problem | null =>
  value === undefined || value === '' || isObject(value)
    ? null
    : problem(name, { sv: 'skriv namn inom hakparenteser.', en: 'write names in brackets.' })

/** What the admin previews with: Payload reads a text as JSON. */
function dataProblem(data: unknown): Problem | null {
  if (typeof data !== 'string') return null
  try {
    return isObject(JSON.parse(data)) ? null : problem('data', NO_DATA)
  } catch {
    return problem('data', NO_DATA)
  }
}

const NO_DATA = { sv: 'ett objekt i JSON.', en: 'an object in JSON.' }

/** As Payload writes it: `-publishedAt`, `owner.email`. */
const isSort = (sort: string): boolean => /^\s*-?\w{1,60}(\.\w{1,60}){0,5}\s*$/.test(sort)

/** An order tells of what it goes by: secrets, such as the hashes of passwords, are as unknown here as in a filter. */
function staffSortProblem(sort: unknown, kindOf: KindOf | null): Problem | null {
  const sorts = [sort ?? ''].flat().flatMap((each) => (typeof each === 'string' ? each.split(',') : [null]))
  const given = sort === undefined || sort === null ? [] : sorts
  if (!given.every((each) => each !== null && isSort(each)))
    return problem('sort', {
      sv: 'namn på fält, med komma emellan.',
      en: 'names of fields, with commas between.',
    })
  const unknown = given.find((each) => kindOf?.(String(each).trim().replace(/^-/, '')) === 'unknown')
  return unknown === undefined || unknown === null
    ? null
    : problem('sort', {
        sv: `”${unknown.trim().slice(0, 60)}” är inget fält att sortera efter.`,
        en: `“${unknown.trim().slice(0, 60)}” is not a field to sort by.`,
      })
}

/** The kinds of a collection's fields as its configuration has them: groups, rows, one relation deep. */
export const staffKindOf =
  ({ config, collection }: { config: SanitizedConfig; collection: string }): KindOf =>
  (path) => {
    const found = config.collections.find(({ slug }) => slug === collection)
    if (!found) return 'unknown'
    return kindIn({ config, fields: found.flattenedFields, segments: path.split('.'), relations: 0 })
  }

/** Of versions: the fields of the document stand below `version`. */
export const versionKindOf =
  ({ config, collection }: { config: SanitizedConfig; collection: string }): KindOf =>
  (path) =>
    path.startsWith('version.')
      ? staffKindOf({ config, collection })(path.slice('version.'.length))
      : (VERSION_FIELDS[path] ?? 'unknown')

const ROW_FIELDS: Record<string, FieldKind> = {
  id: 'id',
  _id: 'id',
  createdAt: 'date',
  updatedAt: 'date',
  deletedAt: 'date',
  _status: 'text',
  blockType: 'text',
  _order: 'text',
}
const VERSION_FIELDS: Record<string, FieldKind> = {
  ...ROW_FIELDS,
  parent: 'id',
  latest: 'boolean',
  autosave: 'boolean',
  publishedLocale: 'text',
  snapshot: 'boolean',
}

function kindIn({
  config,
  fields,
  segments,
  relations,
}: {
  config: SanitizedConfig
  fields: FlattenedField[]
  segments: string[]
  relations: number
}): FieldKind | 'unknown' {
  const [name = '', ...rest] = segments
  const field = fields.find((each) => each.name === name)
  // What no answer shows: of a field that is sorted by through a relation, Payload asks nothing.
  if (field && 'hidden' in field && field.hidden) return 'unknown'
  if (!field)
    return rest.length === 0 && Object.hasOwn(ROW_FIELDS, name) ? (ROW_FIELDS[name] ?? 'unknown') : 'unknown'
  const isLocale = config.localization && config.localization.localeCodes.includes(rest[0] ?? '')
  const inner = field.localized && isLocale ? rest.slice(1) : rest
  switch (field.type) {
    case 'group':
    case 'tab':
      return kindIn({ config, fields: field.flattenedFields, segments: inner, relations })
    case 'array':
      return inner.length === 0
        ? 'rows'
        : kindIn({ config, fields: field.flattenedFields, segments: inner, relations })
    case 'relationship':
    case 'upload': {
      if (Array.isArray(field.relationTo)) {
        if (inner.length !== 1) return 'unknown'
        return inner[0] === 'value' ? 'anyId' : inner[0] === 'relationTo' ? 'text' : 'unknown'
      }
      if (inner.length === 0) return 'id'
      const related = config.collections.find(({ slug }) => slug === field.relationTo)
      return related && relations === 0
        ? kindIn({ config, fields: related.flattenedFields, segments: inner, relations: relations + 1 })
        : 'unknown'
    }
    case 'blocks':
    case 'join':
      return inner.length === 0 ? 'rows' : 'unknown'
    case 'richText':
    case 'json':
      return inner.length === 0 ? 'json' : 'unknown'
    case 'number':
      return inner.length === 0 ? 'number' : 'unknown'
    case 'date':
      return inner.length === 0 ? 'date' : 'unknown'
    case 'checkbox':
      return inner.length === 0 ? 'boolean' : 'unknown'
    case 'point':
      return inner.length === 0 ? 'point' : 'unknown'
    default:
      return inner.length === 0 ? (name === 'id' ? 'id' : 'text') : 'unknown'
  }
}
