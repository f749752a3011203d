import { LOCALES } from '../newsletter/model.ts'
import { asksAllRows } from './isDear.ts'
import { plain, problem, type Problem } from './problem.ts'
import { PUBLIC_COLLECTIONS, type PublicFields } from './publicFields.ts'
import { PUBLIC_BOUNDS, type IdKind } from './readValue.ts'
import { isObject, whereProblem, type KindOf } from './whereProblem.ts'

export const MOST_DOCUMENTS = 100
const LAST_PAGE = 100_000
const DEEPEST = 2

/** The kinds of public question, each with the parameters that it takes. */
const PARAMETERS = {
  list: ['where', 'sort', 'limit', 'page', 'pagination'],
  count: ['where'],
  document: [],
  global: [],
} as const
export type PublicQuestion = keyof typeof PARAMETERS

const SHAPE = ['select', 'populate', 'depth', 'locale', 'fallback-locale', 'fallbackLocale']

/** Always as if they were not there: nobody but staff reads drafts or the trash. */
const IGNORED = ['draft', 'trash']

/**
 * Reads the query of somebody who is not staff.
 * @param asked.query as it came in: anything.
 * @returns the query to answer, which never asks for more than is public; or why it is refused.
 */
export function readPublicQuery(asked: {
  question: PublicQuestion
  fields: PublicFields
  query: Record<string, unknown>
  idKind: IdKind
}): { query: Record<string, unknown> } | { problem: Problem } {
  const { question } = asked
  // Payload writes a depth that is not given into the query of a request that it makes its own.
  const given = Object.entries(asked.query).filter(
    ([name, value]) => value !== undefined && !IGNORED.includes(name),
  )
  const query = Object.fromEntries(given)
  if (typeof query.where === 'string') query.where = parse(query.where)
  const known: readonly string[] = [...PARAMETERS[question], ...SHAPE]
  for (const [name, value] of Object.entries(query)) {
    const found = known.includes(name)
      ? parameterProblem({ ...asked, name, value, where: query.where })
      : problem(name, {
          sv: 'den parametern finns inte här utan inloggning.',
          en: 'there is no such parameter here without a login.',
        })
    if (found) return { problem: found }
  }
  if (question === 'list' && query.limit === undefined && query.pagination === 'false')
    query.limit = String(MOST_DOCUMENTS)
  return { query }
}

/** What is no JSON stays a text, which is no query. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function parameterProblem({
  name,
  value,
  fields,
  idKind,
  where,
}: {
  name: string
  value: unknown
  fields: PublicFields
  idKind: IdKind
  where: unknown
}): Problem | null {
  switch (name) {
    case 'limit':
      return numberProblem({ name, value, from: 1, to: MOST_DOCUMENTS })
    case 'page':
      return numberProblem({ name, value, from: 1, to: LAST_PAGE })
    case 'depth':
      return numberProblem({ name, value, from: 0, to: DEEPEST })
    case 'pagination':
      return oneOfProblem({ name, value, values: ['true', 'false'] })
    case 'locale':
      return oneOfProblem({ name, value, values: [...LOCALES, 'all'] })
    case 'fallback-locale':
    case 'fallbackLocale':
      return oneOfProblem({ name, value, values: [...LOCALES, 'none', 'null', 'false'] })
    case 'sort':
      return sortProblem({ value, fields, where })
    case 'select':
      return selectProblem({ name, value, fields })
    case 'populate':
      return populateProblem(value)
    default:
      return whereProblem({ where: value, kindOf: publicKindOf(fields), idKind, bounds: PUBLIC_BOUNDS })
  }
}

export function numberProblem({
  name,
  value,
  from,
  to,
}: {
  name: string
  value: unknown
  from: number
  to: number
}): Problem | null {
  const isWhole = (typeof value === 'string' || typeof value === 'number') && /^\d{1,15}$/.test(String(value))
  return isWhole && Number(value) >= from && Number(value) <= to
    ? null
    : problem(name, {
        sv: `ett heltal från ${from} till ${to}.`,
        en: `a whole number from ${from} to ${to}.`,
      })
}

function oneOfProblem({
  name,
  value,
  values,
}: {
  name: string
  value: unknown
  values: string[]
}): Problem | null {
  const isOne = (typeof value === 'string' || typeof value === 'boolean') && values.includes(String(value))
  return isOne
    ? null
    : problem(name, { sv: `ett av ${values.join(', ')}.`, en: `one of ${values.join(', ')}.` })
}

/**
 * @param asked.value a text with commas, or several.
 * @param asked.where the filter that stands beside it.
 */
export function sortProblem({
  value,
  fields,
  where,
}: {
  value: unknown
  fields: PublicFields
  where: unknown
}): Problem | null {
  if (value === undefined || value === null) return null
  const sorts = [value].flat().flatMap((each) => (typeof each === 'string' ? each.split(',') : [null]))
  const refused = sorts.find((sort) => sort === null || !isSort(sort.trim(), fields))
  if (refused !== undefined)
    return problem('sort', {
      sv: `”${shown(refused)}” är inget fält att sortera efter.`,
      en: `“${shown(refused)}” is not a field to sort by.`,
    })
  return sortsProblem(sorts.length, where)
}

/** All that a search finds is sorted: with each field more that takes SQLite longer, and nothing can stop it. */
function sortsProblem(count: number, where: unknown): Problem | null {
  if (count <= 1) return null
  if (asksAllRows(where))
    return problem('sort', {
      sv: 'högst 1 fält när frågan söker eller väljer ämnen och skribenter.',
      en: 'at most 1 field when the question searches, or goes by topics and authors.',
    })
  return count <= 3 ? null : problem('sort', { sv: 'högst 3 fält.', en: 'at most 3 fields.' })
}

const isSort = (sort: string, fields: PublicFields): boolean => {
  const name = sort.replace(/^-/, '')
  return Object.hasOwn(fields, name) && fields[name]?.isSorted === true
}

function selectProblem({
  name,
  value,
  fields,
}: {
  name: string
  value: unknown
  fields: PublicFields
}): Problem | null {
  if (!isObject(value)) return problem(name, NO_SELECT)
  for (const [field, inner] of Object.entries(value)) {
    if (!Object.hasOwn(fields, field))
      return problem(`${name}[${field}]`, { sv: 'det fältet finns inte.', en: 'there is no such field.' })
    if (!isChoice(inner, 0)) return problem(`${name}[${field}]`, NO_SELECT)
  }
  return null
}

function populateProblem(value: unknown): Problem | null {
  if (!isObject(value)) return problem('populate', NO_SELECT)
  for (const [collection, select] of Object.entries(value)) {
    const name = `populate[${collection}]`
    const fields = Object.hasOwn(PUBLIC_COLLECTIONS, collection) ? PUBLIC_COLLECTIONS[collection] : undefined
    if (!fields) return problem(name, { sv: 'den samlingen finns inte.', en: 'there is no such collection.' })
    const found = selectProblem({ name, value: select, fields })
    if (found) return found
  }
  return null
}

/** `true`, `false`, or the same of what is inside. */
const isChoice = (value: unknown, depth: number): boolean =>
  isObject(value)
    ? depth < 4 &&
      Object.entries(value).every(([name, inner]) => /^\w{1,60}$/.test(name) && isChoice(inner, depth + 1))
    : ['true', 'false', '1', '0'].includes(String(value)) && !Array.isArray(value)

/** Fields of the collection itself, and of related collections as far as they are listed. */
export const publicKindOf =
  (fields: PublicFields): KindOf =>
  (path) => {
    const [name = '', inner, ...more] = path.split('.')
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined
    if (!field?.filter || more.length > 0) return 'unknown'
    if (inner === undefined) return field.filter
    return field.related && Object.hasOwn(field.related, inner)
      ? (field.related[inner] ?? 'unknown')
      : 'unknown'
  }

const shown = (sort: string | null) => plain(sort ?? '').slice(0, 60)

const NO_SELECT = {
  sv: 'skriv fälten inom hakparenteser, som [title]=true.',
  en: 'write the fields in brackets, as [title]=true.',
}
