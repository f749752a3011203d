import type { FlattenedField, SanitizedConfig } from 'payload'
import { PUBLIC_SITE, publicFieldsOf, type PublicFields } from '../publicFields.ts'
import type { RootField } from './rootFields.ts'

/** A type of the schema as everybody may know it; null for one that is no document, whose fields the schema knows. */
export type PublicType = { kind: 'document' | 'page'; slug: string } | { kind: 'count' } | null

const PAGE = [
  ...['docs', 'hasNextPage', 'hasPrevPage', 'limit', 'nextPage', 'offset'],
  ...['page', 'pagingCounter', 'prevPage', 'totalDocs', 'totalPages'],
]

/** What lies behind a root field; undefined for one that is not public: the same as for one that does not exist. */
export function publicRoot(root: RootField | undefined): PublicType | undefined {
  if (!root || root.asks === 'versions' || !fieldsOf(root.slug)) return undefined
  if (root.asks === 'count') return { kind: 'count' }
  return { kind: root.asks === 'list' ? 'page' : 'document', slug: root.slug }
}

/** What lies behind a field of a public type; undefined where there is no such field for everybody. */
export function publicInner({
  config,
  type,
  name,
}: {
  config: Pick<SanitizedConfig, 'collections' | 'globals'>
  type: PublicType
  name: string
}): PublicType | undefined {
  if (type === null || name === '__typename') return null
  if (type.kind === 'count') return name === 'totalDocs' ? null : undefined
  if (type.kind === 'page')
    return PAGE.includes(name) ? (name === 'docs' ? { kind: 'document', slug: type.slug } : null) : undefined
  const { slug } = type
  if (!Object.hasOwn(fieldsOf(slug) ?? {}, name)) return undefined
  const owner = [...config.collections, ...config.globals].find((each) => each.slug === slug)
  return typeBehind(owner?.flattenedFields.find((field) => field.name === name))
}

const typeBehind = (field: FlattenedField | undefined): PublicType =>
  field && 'relationTo' in field && typeof field.relationTo === 'string'
    ? { kind: 'document', slug: field.relationTo }
    : null

const fieldsOf = (slug: string): PublicFields | null => (slug === 'site' ? PUBLIC_SITE : publicFieldsOf(slug))

/** Of arguments and answers, whatever is asked for. */
const GENERAL_TYPES = [
  ...['Query', 'Int', 'Float', 'String', 'Boolean', 'ID', 'JSON', 'JSONObject', 'DateTime'],
  ...['LocaleInputType', 'FallbackLocaleInputType'],
]
const WHERE = ['where', 'where_and', 'where_or']

/** Whether everybody may name a type, as of a fragment or a variable: `Article`, `Article_where`, `Article_title_operator`. */
export function isPublicType(name: string, roots: ReadonlyMap<string, RootField>): boolean {
  if (GENERAL_TYPES.includes(name) || publicRoot(roots.get(name))) return true
  const [owner = '', ...rest] = name.split('_')
  const fields = fieldsOf(roots.get(owner)?.slug ?? '')
  if (!fields) return false
  const inner = rest.join('_')
  return WHERE.includes(inner) || Object.keys(fields).some((field) => inner.startsWith(`${field}_`))
}
