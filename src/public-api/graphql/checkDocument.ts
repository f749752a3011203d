import {
  Kind,
  parse,
  type DocumentNode,
  type FieldNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql'
import type { SanitizedConfig } from 'payload'
import type { Locale } from '../../newsletter/model.ts'
import type { RefusalCode } from '../../refusals/codes.ts'
import { isDear } from '../isDear.ts'
import { problem as problemOf, type Problem } from '../problem.ts'
import { MOST_DOCUMENTS } from '../publicQuery.ts'
import type { IdKind } from '../readValue.ts'
import { MOST_ROWS } from '../staffQuery.ts'
import { isPublicType, publicInner, publicRoot, type PublicType } from './publicNames.ts'
import { questionProblem } from './questionProblem.ts'
import { rootFieldsOf, type RootField } from './rootFields.ts'

type Text = Record<Locale, string>

/**
 * Of a request that was understood: what it costs, in fields times documents, and whether one of its lists is dear. Or why
 * it is refused.
 */
export type CheckedDocument = { cost: number; isDear: boolean } | Refused

interface Refused {
  status: 400 | 401
  code: RefusalCode
  text: Text
  /** What is wrong with the query, as its caller calls it; not of one that is wrong as a whole. */
  parameter?: string
}

const refused = (wrong: Text | Problem): Refused => ({
  status: 400,
  code: 'query_invalid',
  ...('text' in wrong ? wrong : { text: wrong }),
})

export interface GraphqlBounds {
  rootFields: number
  /** Root fields that are dear: see isDear. They take one turn together (dearReads). */
  dearFields: number
  limit: number
  cost: number
}

export const PUBLIC_GRAPHQL: GraphqlBounds = {
  rootFields: 5,
  dearFields: 2,
  limit: MOST_DOCUMENTS,
  cost: 10_000,
}
export const STAFF_GRAPHQL: GraphqlBounds = {
  rootFields: 20,
  dearFields: 20,
  limit: MOST_ROWS,
  cost: 100_000,
}

const MOST_TOKENS = 2_000
const MOST_DIRECTIVES = 20
const MOST_FRAGMENTS = 20
const DEEPEST = 12

/** From here on a question is dear. */
const DEAR_COST = 500

/** What a list gives when it is not told: Payload's own default. */
const DEFAULT_LIMIT = 10
/** How many documents a relation to several is taken for; `relatedArticles` holds six at most. */
const RELATED = 6
/** A rich text is a document of its own, as long as many fields. */
const RICH_TEXT_COST = 20

const TYPENAME = '__typename'

/**
 * Reads a GraphQL document before anything is asked of the schema or the database. It bounds what the standard rules do
 * not: they compare fields with fields and follow fragments in circles.
 * @param asked.variables as they came in.
 */
export function checkDocument({
  query,
  operationName,
  variables,
  isStaff,
  config,
  idKind,
}: {
  query: string
  operationName: string | null
  variables: Record<string, unknown>
  isStaff: boolean
  config: SanitizedConfig
  idKind: IdKind
}): CheckedDocument {
  const document = readDocument(query)
  if (!('kind' in document)) return document
  const operations = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION)
  const operation = operationName
    ? operations.find(({ name }) => name?.value === operationName)
    : operations.length === 1
      ? operations[0]
      : undefined
  if (!operation) return refused(NO_OPERATION)
  if (operation.operation === 'subscription') return refused(NO_SUBSCRIPTION)
  if (!isStaff && operations.some((each) => each.operation === 'mutation'))
    return { status: 401, code: 'login_needed', text: NO_MUTATION }
  if (countDirectives(document) > MOST_DIRECTIVES) return refused(TOO_LARGE)
  const bounds = isStaff ? STAFF_GRAPHQL : PUBLIC_GRAPHQL
  const roots = rootFieldsOf(config)
  const hidden = isStaff ? undefined : typesIn(document).find((name) => !isPublicType(name, roots))
  if (hidden !== undefined) return refused(noField(hidden))
  const ofDocument = {
    ...{ document, config, idKind, bounds, isStaff },
    known: roots,
    joins: joinsOf(config),
    reading: { visited: 0, spread: new Set<string>() },
  }
  const walkOver = (each: OperationDefinitionNode) => {
    const walk: Walk = {
      ...ofDocument,
      variables: { ...defaultsOf(each), ...variables },
      ...{ roots: 0, dearRoots: 0, problem: null },
    }
    return { walk, cost: costOf({ walk, selections: each.selectionSet, depth: 0, inside: [], type: null }) }
  }
  const { walk, cost } = walkOver(operation)
  // The schema reads the others too.
  const others = operations.filter((each) => each !== operation).map((each) => walkOver(each).walk)
  const problem = [walk, ...others].find((each) => each.problem)?.problem
  if (problem) return refused(problem)
  const unused = fragmentsOf(document).find((name) => !ofDocument.reading.spread.has(name))
  if (unused !== undefined) return refused(unusedFragment(unused))
  return cost > bounds.cost
    ? refused(tooDear({ cost, most: bounds.cost }))
    : { cost, isDear: walk.dearRoots > 0 || cost > DEAR_COST }
}

const fragmentsOf = ({ definitions }: DocumentNode): string[] =>
  definitions.flatMap((each) => (each.kind === Kind.FRAGMENT_DEFINITION ? [each.name.value] : []))

/** Names of the fields that list documents of another collection. */
const joinsOf = ({ collections }: SanitizedConfig): ReadonlySet<string> =>
  new Set(collections.flatMap(({ joins }) => Object.values(joins).flat()).map(({ field }) => field.name))

function readDocument(query: string): DocumentNode | Refused {
  try {
    const document = parse(query, { noLocation: true, maxTokens: MOST_TOKENS })
    return fragmentsOf(document).length > MOST_FRAGMENTS ? refused(TOO_LARGE) : document
  } catch (error) {
    const message = error instanceof Error ? error.message : ''
    return /token/.test(message) && /limit|more that/.test(message)
      ? refused(TOO_LARGE)
      : refused(noSyntax(message))
  }
}

interface Walk {
  document: DocumentNode
  /** With their defaults. */
  variables: Record<string, unknown>
  config: SanitizedConfig
  idKind: IdKind
  /** Root fields that read documents. */
  known: ReadonlyMap<string, RootField>
  joins: ReadonlySet<string>
  bounds: GraphqlBounds
  isStaff: boolean
  roots: number
  dearRoots: number
  problem: Text | Problem | null
  /**
   * Of all operations together: how many fields were walked, each time that a fragment is spread, and the names of the
   * fragments that are used.
   */
  reading: { visited: number; spread: Set<string> }
}

/** @param asked.type of what is selected from, at depth 0 that of the query; for staff, who know the schema, no matter. */
function costOf({
  walk,
  selections,
  depth,
  inside,
  type,
}: {
  walk: Walk
  selections: SelectionSetNode
  depth: number
  inside: string[]
  type: PublicType
}): number {
  let cost = 0
  for (const selection of selections.selections) {
    walk.reading.visited += 1
    if (walk.reading.visited > MOST_TOKENS) walk.problem ??= TOO_LARGE
    if (walk.problem) return cost
    if (selection.kind === Kind.FIELD) cost += costOfField({ walk, field: selection, depth, inside, type })
    else if (selection.kind === Kind.INLINE_FRAGMENT)
      cost += costOf({ walk, selections: selection.selectionSet, depth, inside, type })
    else {
      const name = selection.name.value
      walk.reading.spread.add(name)
      const fragment = walk.document.definitions.find(
        (each) => each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === name,
      )
      if (inside.includes(name)) walk.problem ??= cyclic(name)
      else if (fragment?.kind === Kind.FRAGMENT_DEFINITION)
        cost += costOf({ walk, selections: fragment.selectionSet, depth, inside: [...inside, name], type })
      else walk.problem ??= noFragment(name)
    }
  }
  return cost
}

function costOfField({
  walk,
  field,
  depth,
  inside,
  type,
}: {
  walk: Walk
  field: FieldNode
  depth: number
  inside: string[]
  type: PublicType
}): number {
  const name = field.name.value
  const root = depth === 0 ? walk.known.get(name) : undefined
  if (depth === 0) {
    walk.roots += 1
    if (walk.roots > walk.bounds.rootFields) walk.problem ??= tooMany(walk.bounds.rootFields)
    if (isDear(argumentsOf(walk, field))) walk.dearRoots += 1
    if (walk.dearRoots > walk.bounds.dearFields) walk.problem ??= tooManyDear(walk.bounds.dearFields)
  }
  if (depth > DEEPEST) walk.problem ??= tooDeep
  const inner = walk.isStaff ? null : innerOf({ walk, root, depth, type, name })
  if (inner === undefined) walk.problem ??= noField(name)
  const given = argumentsOf(walk, field)
  checkNumber({ walk, given, name: 'depth', from: 0, to: walk.isStaff ? 10 : 2 })
  checkNumber({ walk, given, name: 'page', from: 1, to: 100_000 })
  checkNumber({ walk, given, name: 'limit', from: 1, to: walk.bounds.limit })
  if (root) walk.problem ??= questionProblem({ ...walk, root, given })
  const times = timesOf({ walk, name, given, depth })
  const own = name === 'content' ? RICH_TEXT_COST : 1
  if (walk.problem || !field.selectionSet) return own
  return (
    own +
    times * costOf({ walk, selections: field.selectionSet, depth: depth + 1, inside, type: inner ?? null })
  )
}

/** What lies behind a field, for somebody who is not staff; undefined when they may not know of that field. */
const innerOf = ({
  walk,
  root,
  depth,
  type,
  name,
}: {
  walk: Walk
  root: RootField | undefined
  depth: number
  type: PublicType
  name: string
}): PublicType | undefined =>
  depth > 0 ? publicInner({ config: walk.config, type, name }) : name === TYPENAME ? null : publicRoot(root)

type Given = Record<string, unknown>

const argumentsOf = ({ variables }: Walk, field: FieldNode): Given =>
  Object.fromEntries(
    (field.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value, variables)]),
  )

/** How many times what is inside a field is read. */
function timesOf({
  walk,
  name,
  given: { limit, pagination },
  depth,
}: {
  walk: Walk
  name: string
  given: Given
  depth: number
}): number {
  if (typeof limit === 'number') return limit
  // Payload takes no limit for all there are, here and in a join.
  if (pagination === false || (depth > 0 && walk.joins.has(name))) walk.problem ??= noLimit(walk.bounds.limit)
  if (depth > 0) return SEVERAL.has(name) ? RELATED : 1
  return /^count|[^s]$/.test(name) && name !== 'allMedia' ? 1 : DEFAULT_LIMIT
}

function checkNumber({
  walk,
  given,
  name,
  from,
  to,
}: {
  walk: Walk
  given: Given
  name: string
  from: number
  to: number
}): void {
  const value = given[name]
  if (value === null || value === undefined) return
  if (typeof value !== 'number' || !Number.isInteger(value) || value < from || value > to)
    walk.problem ??= noNumber({ name, from, to })
}

const SEVERAL = new Set(['relatedArticles', 'authors', 'topics'])

const defaultsOf = ({ variableDefinitions }: OperationDefinitionNode): Record<string, unknown> =>
  Object.fromEntries(
    (variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
    ),
  )

/** On every kind of node that may carry them. */
function countDirectives(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + countDirectives(each), 0)
  if (typeof value !== 'object' || value === null) return 0
  const own = 'kind' in value && value.kind === Kind.DIRECTIVE ? 1 : 0
  return own + countDirectives(Object.values(value))
}

function typesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(typesIn)
  if (typeof value !== 'object' || value === null) return []
  const own = isNamedType(value) ? [value.name.value] : []
  return [...own, ...Object.values(value).flatMap(typesIn)]
}

const isNamedType = (value: object): value is { name: { value: string } } =>
  'kind' in value && value.kind === Kind.NAMED_TYPE

const NO_OPERATION: Text = {
  sv: 'Skicka en fråga, eller säg med operationName vilken av flera.',
  en: 'Send one operation, or say with operationName which of several.',
}
const NO_SUBSCRIPTION: Text = {
  sv: 'Prenumerationer finns inte här.',
  en: 'There are no subscriptions here.',
}
const NO_MUTATION: Text = {
  sv: 'Att ändra något kräver en inloggning.',
  en: 'Changing anything needs a login.',
}
const TOO_LARGE: Text = {
  sv: 'Frågan är för stor: dela upp den.',
  en: 'The query is too large: split it.',
}
const tooDeep: Text = {
  sv: `Frågan går djupare än ${DEEPEST} nivåer.`,
  en: `The query is deeper than ${DEEPEST} levels.`,
}
const noSyntax = (message: string): Text => {
  const reason = message.replace(/[\p{Cc}\p{Cs}]/gu, ' ').slice(0, 200)
  return { sv: `Det är ingen GraphQL: ${reason}`, en: `That is no GraphQL: ${reason}` }
}
const cyclic = (name: string): Text => ({
  sv: `Fragmentet ”${name.slice(0, 60)}” innehåller sig självt.`,
  en: `The fragment “${name.slice(0, 60)}” contains itself.`,
})
const noFragment = (name: string): Text => ({
  sv: `Fragmentet ”${name.slice(0, 60)}” finns inte.`,
  en: `There is no fragment “${name.slice(0, 60)}”.`,
})
const unusedFragment = (name: string): Text => ({
  sv: `Fragmentet ”${name.slice(0, 60)}” används aldrig.`,
  en: `The fragment “${name.slice(0, 60)}” is never used.`,
})
const noField = (name: string): Problem => ({
  parameter: name.slice(0, 60),
  text: {
    sv: `Fältet ”${name.slice(0, 60)}” finns inte här.`,
    en: `There is no field “${name.slice(0, 60)}” here.`,
  },
})
const noNumber = ({ name, from, to }: { name: string; from: number; to: number }): Problem =>
  problemOf(name, { sv: `ett heltal från ${from} till ${to}.`, en: `a whole number from ${from} to ${to}.` })
const noLimit = (most: number): Problem =>
  problemOf('limit', {
    sv: `ange ett heltal från 1 till ${most}.`,
    en: `give a whole number from 1 to ${most}.`,
  })
const tooMany = (most: number): Text => ({
  sv: `Högst ${most} fält överst i frågan, också med alias.`,
  en: `At most ${most} root fields, aliases included.`,
})
const tooManyDear = (most: number): Text => ({
  sv: `Högst ${most} långa listor, sökningar eller filter på ämnen och skribenter i samma fråga: dela upp den.`,
  en: `At most ${most} long lists, searches or filters by topics and authors in one query: split it.`,
})
const tooDear = ({ cost, most }: { cost: number; most: number }): Text => ({
  sv: `Frågan kostar ${cost} (fält gånger dokument), högst ${most}: begär färre fält eller sätt en mindre limit.`,
  en: `The query costs ${cost} (fields times documents), at most ${most}: ask for fewer fields or a smaller limit.`,
})
