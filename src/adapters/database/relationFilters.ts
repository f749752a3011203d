import type { sqliteAdapter } from '@payloadcms/db-sqlite'
import { is, SQL, sql } from '@payloadcms/db-sqlite/drizzle'
import type { CollectionSlug, FlattenedField, Where } from 'payload'

type Adapter = ReturnType<typeof sqliteAdapter>
type Opened = ReturnType<Adapter['init']>

/** What stands for a condition by a relation in a filter, until Payload names the column of the document's id. */
const lookups = new WeakMap<SQL, (id: unknown) => SQL>()

/** The operators that choose documents by what they have; the rest stay as Payload reads them. */
const CHOOSING = ['equals', 'in', 'like', 'contains']

/**
 * Reads a filter by a relation to several (an article's topics, their slug) as one lookup among the document's own
 * relations, which an index holds (indexRelations). Payload joins them instead, once for each condition, and the rows
 * multiply: 100,000 articles with five topics and two authors kept the process busy for five seconds with six conditions,
 * and nothing can stop SQLite meanwhile. A list of all documents that have one of the topics (`id in (select …)`) costs
 * 130 ms for each page and count, where most have; the lookup stops once the page is full.
 */
export const withRelationFilters = (inner: Adapter): Adapter => ({
  ...inner,
  init: (args) => {
    const adapter = inner.init(args)
    const { find, count, operators } = adapter
    const finding: Finding = {
      adapter,
      find: (input) => find.call(adapter, input) as Promise<{ docs: { id: unknown }[] }>,
    }
    return Object.assign(adapter, {
      // Payload's own joins compare with SQL too, and stay as they are.
      operators: {
        ...operators,
        equals: (column: never, value: unknown) => {
          const lookup = is(value, SQL) ? lookups.get(value) : undefined
          return lookup ? lookup(column) : operators.equals(column, value)
        },
      },
      find: async (input: Parameters<typeof find>[0]) =>
        find.call(adapter, { ...input, ...(await rewritten({ ...finding, ...input })) }),
      count: async (input: Parameters<typeof count>[0]) =>
        count.call(adapter, { ...input, ...(await rewritten({ ...finding, ...input })) }),
    })
  },
})

interface Finding {
  adapter: Opened
  /** As Payload does. */
  find: (input: Parameters<Opened['find']>[0]) => Promise<{ docs: { id: unknown }[] }>
}

interface Asked extends Finding {
  collection: string
  where?: Where | undefined
  locale?: string | undefined
}

async function rewritten({ where, ...asked }: Asked): Promise<{ where?: Where }> {
  return where ? { where: await rewriteGroup({ ...asked, where }) } : {}
}

async function rewriteGroup({ where, ...asked }: Asked & { where: Where }): Promise<Where> {
  const parts = await Promise.all(
    Object.entries(where).map(async ([key, value]): Promise<Where> => {
      if (Array.isArray(value))
        return { [key]: await Promise.all(value.map((group) => rewriteGroup({ ...asked, where: group }))) }
      return rewriteField({ ...asked, path: key.replaceAll('__', '.'), operators: value as Operators })
    }),
  )
  const [first] = parts
  return parts.length === 1 && first ? first : { and: parts }
}

type Operators = Record<string, unknown>

async function rewriteField({
  path,
  operators,
  ...asked
}: Asked & { path: string; operators: Operators }): Promise<Where> {
  const [name = '', inner, ...more] = path.split('.')
  const field = fieldsOf(asked).find((each) => each.name === name)
  const asIs = { [path]: operators } as Where
  if (!isRelationToSeveral(field) || more.length > 0) return asIs
  const conditions = await Promise.all(
    Object.entries(operators).map(async ([operator, value]): Promise<Where> => {
      const ids = CHOOSING.includes(operator)
        ? await idsOf({ ...asked, field, inner: inner ?? 'id', operator, value })
        : null
      return ids ? inRelation({ ...asked, field, ids }) : ({ [path]: { [operator]: value } } as Where)
    }),
  )
  return { and: conditions }
}

const fieldsOf = ({ adapter, collection }: Asked): FlattenedField[] =>
  adapter.payload.config.collections.find(({ slug }) => slug === collection)?.flattenedFields ?? []

type Relation = FlattenedField & { type: 'relationship'; relationTo: CollectionSlug }

const isRelationToSeveral = (field: FlattenedField | undefined): field is Relation =>
  field?.type === 'relationship' &&
  field.hasMany === true &&
  field.localized !== true &&
  typeof field.relationTo === 'string'

/** Of the related documents; null for what only Payload knows how to read. */
async function idsOf({
  find,
  field,
  inner,
  operator,
  value,
  locale,
}: Asked & { field: Relation; inner: string; operator: string; value: unknown }): Promise<number[] | null> {
  const values = operator === 'in' ? toList(value) : [value]
  if (inner === 'id') {
    const ids = values.map(Number)
    return operator !== 'like' && ids.every((id) => Number.isSafeInteger(id) && id > 0) ? ids : null
  }
  if (values.some((each) => each === null || each === 'null')) return null
  const { docs } = await find({
    collection: field.relationTo,
    where: { [inner]: { [operator]: value } },
    select: {},
    limit: 0,
    pagination: false,
    ...(locale !== undefined && { locale }),
  })
  return docs.map(({ id }) => Number(id))
}

const toList = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [value]

function inRelation({ adapter, collection, field, ids }: Asked & { field: Relation; ids: number[] }): Where {
  const table = `${adapter.tableNameMap.get(collection.replaceAll('-', '_'))}_rels`
  const relations = adapter.tables[table]
  const column = relations?.[`${field.relationTo}ID`]
  if (!relations?.parent || !column)
    throw new Error(`${collection} keeps no relations to ${field.relationTo}.`)
  // By names: Drizzle makes a column of whatever table one of the outer query.
  const [parent, related] = [sql.identifier(relations.parent.name), sql.identifier(column.name)]
  const values = sql.join(
    ids.map((id) => sql`${id}`),
    sql`, `,
  )
  // The plus keeps SQLite from searching once for each id of a long list: a document has few relations.
  const chosen = sql`${sql.identifier('path')} = ${field.name} and +${related} in (${values})`
  lookups.set(
    chosen,
    (id) => sql`exists (select 1 from ${sql.identifier(table)} where ${parent} = ${id} and ${chosen})`,
  )
  return { id: { equals: chosen } } as object as Where
}
