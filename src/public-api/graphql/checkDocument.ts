import {
  Kind,
  parse,
  type DocumentNode,
  type FieldNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql'
import type { Locale } from '../../newsletter/model.ts'
import { MOST_DOCUMENTS } from '../publicQuery.ts'
import { MOST_ROWS } from '../staffQuery.ts'

type Text = Record<Locale, string>

/** Of a request that was understood: what it costs, in fields times documents. Or why it is refused. */
export type CheckedDocument = { cost: number } | { text: Text }

export interface GraphqlBounds {
  rootFields: number
  limit: number
  cost: number
}

export const PUBLIC_GRAPHQL: GraphqlBounds = { rootFields: 5, limit: MOST_DOCUMENTS, cost: 10_000 }
export const STAFF_GRAPHQL: GraphqlBounds = { rootFields: 20, limit: MOST_ROWS, cost: 100_000 }

const MOST_TOKENS = 2_000
const MOST_DIRECTIVES = 20
const MOST_FRAGMENTS = 20
const DEEPEST = 12

/** What a list gives when it is not told: Payload's own default. */
const DEFAULT_LIMIT = 10
/** How many documents a relation to several is taken for; `relatedArticles` holds six at most. */
const RELATED = 6
/** A rich text is a document of its own, as long as many fields. */
const RICH_TEXT_COST = 20

const PUBLIC_LISTS = ['Articles', 'Authors', 'Topics', 'allMedia']
/** Root fields that everybody may ask for. Others are refused in the same words as those that do not exist. */
const PUBLIC_ROOT_FIELDS = new Set([
  ...['Article', 'Author', 'Topic', 'Media', 'Site', '__typename'],
  ...PUBLIC_LISTS.flatMap((name) => [name, `count${name}`]),
])
/** Types that everybody may name, as of a fragment or a variable. */
const PUBLIC_TYPES =
  /^(Query|Int|Float|String|Boolean|ID|JSON|JSONObject|DateTime|LocaleInputType|FallbackLocaleInputType|(Article|Author|Topic|Media|Site)(_\w+)?|Articles|Authors|Topics|allMedia)$/

/** Fields that staff alone read; for everybody else they do not exist. */
const STAFF_FIELDS = new Set(['newsletter', 'owner', 'generateSlug', 'deletedAt', '__schema', '__type'])

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
}: {
  query: string
  operationName: string | null
  variables: Record<string, unknown>
  isStaff: boolean
}): CheckedDocument {
  const document = readDocument(query)
  if (!('kind' in document)) return document
  const operations = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION)
  const operation = operationName
    ? operations.find(({ name }) => name?.value === operationName)
    : operations.length === 1
      ? operations[0]
      : undefined
  if (!operation) return { text: NO_OPERATION }
  if (operation.operation === 'subscription') return { text: NO_SUBSCRIPTION }
  if (operation.operation === 'mutation' && !isStaff) return { text: NO_MUTATION }
  if (countDirectives(document) > MOST_DIRECTIVES) return { text: TOO_LARGE }
  const bounds = isStaff ? STAFF_GRAPHQL : PUBLIC_GRAPHQL
  const hidden = isStaff ? undefined : typesIn(document).find((name) => !PUBLIC_TYPES.test(name))
  if (hidden !== undefined) return { text: noField(hidden) }
  const walk: Walk = {
    document,
    defaults: defaultsOf(operation),
    variables,
    bounds,
    isStaff,
    roots: 0,
    problem: null,
    visited: 0,
  }
  const cost = costOf({ walk, selections: operation.selectionSet, depth: 0, inside: [] })
  if (walk.problem) return { text: walk.problem }
  return cost > bounds.cost ? { text: tooDear({ cost, most: bounds.cost }) } : { cost }
}

function readDocument(query: string): DocumentNode | { text: Text } {
  try {
    const document = parse(query, { noLocation: true, maxTokens: MOST_TOKENS })
    const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION)
    return fragments.length > MOST_FRAGMENTS ? { text: TOO_LARGE } : document
  } catch (error) {
    const message = error instanceof Error ? error.message : ''
    return /token/.test(message) && /limit|more that/.test(message)
      ? { text: TOO_LARGE }
      : { text: noSyntax(message) }
  }
}

interface Walk {
  document: DocumentNode
  defaults: Map<string, ValueNode>
  variables: Record<string, unknown>
  bounds: GraphqlBounds
  isStaff: boolean
  roots: number
  problem: Text | null
  /** Fragments may be spread many times: every field that is walked counts. */
  visited: number
}

function costOf({
  walk,
  selections,
  depth,
  inside,
}: {
  walk: Walk
  selections: SelectionSetNode
  depth: number
  inside: string[]
}): number {
  let cost = 0
  for (const selection of selections.selections) {
    walk.visited += 1
    if (walk.visited > MOST_TOKENS) walk.problem ??= TOO_LARGE
    if (walk.problem) return cost
    if (selection.kind === Kind.FIELD) cost += costOfField({ walk, field: selection, depth, inside })
    else if (selection.kind === Kind.INLINE_FRAGMENT)
      cost += costOf({ walk, selections: selection.selectionSet, depth, inside })
    else {
      const name = selection.name.value
      const fragment = walk.document.definitions.find(
        (each) => each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === name,
      )
      if (inside.includes(name)) walk.problem ??= cyclic(name)
      else if (fragment?.kind === Kind.FRAGMENT_DEFINITION)
        cost += costOf({ walk, selections: fragment.selectionSet, depth, inside: [...inside, name] })
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
}: {
  walk: Walk
  field: FieldNode
  depth: number
  inside: string[]
}): number {
  const name = field.name.value
  if (depth === 0) {
    walk.roots += 1
    if (walk.roots > walk.bounds.rootFields) walk.problem ??= tooMany(walk.bounds.rootFields)
  }
  if (depth > DEEPEST) walk.problem ??= tooDeep
  if (!walk.isStaff && (depth === 0 ? !PUBLIC_ROOT_FIELDS.has(name) : STAFF_FIELDS.has(name)))
    walk.problem ??= noField(name)
  checkNumber({ walk, field, name: 'depth', from: 0, to: walk.isStaff ? 10 : 2 })
  checkNumber({ walk, field, name: 'page', from: 1, to: 100_000 })
  const times = limitOf({ walk, field, depth })
  const own = name === 'content' ? RICH_TEXT_COST : 1
  if (walk.problem || !field.selectionSet) return own
  return own + times * costOf({ walk, selections: field.selectionSet, depth: depth + 1, inside })
}

/** How many times what is inside a field is read. */
function limitOf({ walk, field, depth }: { walk: Walk; field: FieldNode; depth: number }): number {
  const argument = field.arguments?.find(({ name }) => name.value === 'limit')
  if (!argument) {
    if (depth === 0)
      return /^count|[^s]$/.test(field.name.value) && field.name.value !== 'allMedia' ? 1 : DEFAULT_LIMIT
    return SEVERAL.has(field.name.value) ? RELATED : 1
  }
  const limit = valueOf(argument.value, walk)
  if (limit === null || limit === undefined) return DEFAULT_LIMIT
  if (walk.isStaff && limit === 0) return walk.bounds.limit
  if (typeof limit === 'number' && Number.isInteger(limit) && limit >= 1 && limit <= walk.bounds.limit)
    return limit
  walk.problem ??= noNumber({ name: 'limit', from: 1, to: walk.bounds.limit })
  return 1
}

function checkNumber({
  walk,
  field,
  name,
  from,
  to,
}: {
  walk: Walk
  field: FieldNode
  name: string
  from: number
  to: number
}): void {
  const argument = field.arguments?.find((each) => each.name.value === name)
  if (!argument) return
  const value = valueOf(argument.value, walk)
  if (value === null || value === undefined) return
  if (typeof value !== 'number' || !Number.isInteger(value) || value < from || value > to)
    walk.problem ??= noNumber({ name, from, to })
}

const SEVERAL = new Set(['relatedArticles', 'authors', 'topics'])

function valueOf(value: ValueNode, walk: Walk): unknown {
  if (value.kind === Kind.INT) return Number(value.value)
  if (value.kind === Kind.NULL) return null
  if (value.kind !== Kind.VARIABLE) return Number.NaN
  const name = value.name.value
  if (Object.hasOwn(walk.variables, name)) return walk.variables[name]
  const fallback = walk.defaults.get(name)
  return fallback ? valueOf(fallback, { ...walk, defaults: new Map() }) : undefined
}

const defaultsOf = ({ variableDefinitions }: OperationDefinitionNode): Map<string, ValueNode> =>
  new Map(
    (variableDefinitions ?? []).flatMap(({ variable, defaultValue }): [string, ValueNode][] =>
      defaultValue ? [[variable.name.value, defaultValue]] : [],
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
const noField = (name: string): Text => ({
  sv: `Fältet ”${name.slice(0, 60)}” finns inte här.`,
  en: `There is no field “${name.slice(0, 60)}” here.`,
})
const noNumber = ({ name, from, to }: { name: string; from: number; to: number }): Text => ({
  sv: `${name}: ett heltal från ${from} till ${to}.`,
  en: `${name}: a whole number from ${from} to ${to}.`,
})
const tooMany = (most: number): Text => ({
  sv: `Högst ${most} fält överst i frågan, också med alias.`,
  en: `At most ${most} root fields, aliases included.`,
})
const tooDear = ({ cost, most }: { cost: number; most: number }): Text => ({
  sv: `Frågan kostar ${cost} (fält gånger dokument), högst ${most}: begär färre fält eller sätt en mindre limit.`,
  en: `The query costs ${cost} (fields times documents), at most ${most}: ask for fewer fields or a smaller limit.`,
})
