import type {
  BaseDatabaseAdapter,
  CollectionSlug,
  DatabaseAdapterObj,
  FlattenedField,
  PayloadRequest,
} from 'payload'
import type { Locale } from '../../newsletter/model.ts'
import { languageOf, refusal } from '../../refusals/refusal.ts'

interface Write {
  collection?: string
  collectionSlug?: string
  slug?: string
  globalSlug?: string
  data?: object
  versionData?: object
  req?: Partial<PayloadRequest> | undefined
}

/** Of Payload's writes, those whose documents name others. */
const WRITES = [
  'create',
  'updateOne',
  'createVersion',
  'updateVersion',
  'createGlobal',
  'updateGlobal',
  'createGlobalVersion',
  'updateGlobalVersion',
] as const

/**
 * A document that names another one which has been deleted meanwhile: SQLite refuses the whole write and names neither. Here
 * it becomes a refusal that names the field and the remedy. (MongoDB keeps the id, and a reader is shown nothing for it.)
 */
export const withKnownRelations = <Adapter extends BaseDatabaseAdapter>(
  inner: DatabaseAdapterObj<Adapter>,
): DatabaseAdapterObj<Adapter> => ({
  ...inner,
  init: (args) => {
    const adapter = inner.init(args)
    const wrapped = WRITES.map((name) => {
      const write: (...input: never[]) => unknown = adapter[name]
      return [
        name,
        async (input: Write) => {
          try {
            return await Reflect.apply(write, adapter, [input])
          } catch (error) {
            throw isRelationGone(error) ? ((await nameGone({ adapter, input })) ?? error) : error
          }
        },
      ]
    })
    return Object.assign(adapter, Object.fromEntries(wrapped))
  },
})

/** Drizzle puts the database's error inside one of its own. */
const isRelationGone = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  (('code' in error && error.code === 'SQLITE_CONSTRAINT_FOREIGNKEY') ||
    ('cause' in error && isRelationGone(error.cause)))

async function nameGone({ adapter, input }: { adapter: BaseDatabaseAdapter; input: Write }) {
  const { config } = adapter.payload
  const collection = input.collection ?? input.collectionSlug
  const global = input.slug ?? input.globalSlug
  const owner =
    config.collections.find(({ slug }) => slug === collection) ??
    config.globals.find(({ slug }) => slug === global)
  if (!owner) return null
  const named = relationsIn(owner.flattenedFields, versionOf(input.versionData) ?? input.data ?? {})
  const gone = await findGone(adapter, named)
  if (gone.length === 0) return null
  const textIn = (locale: Locale) =>
    gone.map((relation) => WORDS[locale](labelIn(relation, locale))).join(' ')
  // A change of many documents takes the words of the moment, before any answer is made.
  const req = input.req as Pick<PayloadRequest, 'i18n'> | undefined
  const language = languageOf(req)
  return refusal({
    req,
    code: 'relation_gone',
    status: 400,
    text: { sv: textIn('sv'), en: textIn('en') },
    data: {
      ...(collection === undefined ? { global } : { collection }),
      errors: gone.map((relation) => ({
        path: relation.path,
        label: labelIn(relation, language),
        message: WORDS[language](labelIn(relation, language)),
      })),
    },
  })
}

interface Relation {
  path: string
  label: unknown
  relationTo: CollectionSlug
  id: string | number
}

const versionOf = (data: object | undefined): object | undefined =>
  data && 'version' in data && isObject(data.version) ? data.version : data

function relationsIn(fields: FlattenedField[], data: object, at = ''): Relation[] {
  const values = data as Record<string, unknown>
  return fields.flatMap((field) => {
    const value = values[field.name]
    const path = `${at}${field.name}`
    switch (field.type) {
      case 'relationship':
      case 'upload':
        return listOf(value).flatMap((entry) => {
          const pointer = pointerOf(entry, field.relationTo)
          return pointer ? [{ path, label: field.label, ...pointer }] : []
        })
      case 'group':
      case 'tab':
        return isObject(value) ? relationsIn(field.flattenedFields, value, `${path}.`) : []
      case 'array':
        return listOf(value).flatMap((row, index) =>
          isObject(row) ? relationsIn(field.flattenedFields, row, `${path}.${index}.`) : [],
        )
      default:
        return []
    }
  })
}

/** A field of ours leads to one collection; one that leads to several says which with each value. */
function pointerOf(
  entry: unknown,
  relationTo: CollectionSlug | CollectionSlug[],
): Pick<Relation, 'relationTo' | 'id'> | null {
  const all = [relationTo].flat()
  const named = isObject(entry) && 'relationTo' in entry ? entry.relationTo : null
  const of = all.find((slug) => slug === named) ?? all[0]
  const id = isObject(entry) ? ('value' in entry ? entry.value : 'id' in entry ? entry.id : null) : entry
  return of !== undefined && (typeof id === 'string' || typeof id === 'number')
    ? { relationTo: of, id }
    : null
}

/** Each field once. */
async function findGone(adapter: BaseDatabaseAdapter, named: Relation[]): Promise<Relation[]> {
  const gone: Relation[] = []
  for (const relationTo of new Set(named.map((relation) => relation.relationTo))) {
    const asked = named.filter((relation) => relation.relationTo === relationTo)
    const { docs } = await adapter.find<{ id: string | number }>({
      collection: relationTo,
      where: { id: { in: asked.map(({ id }) => id) } },
      select: {},
      limit: 0,
      pagination: false,
    })
    const there = new Set(docs.map(({ id }) => String(id)))
    gone.push(...asked.filter(({ id }) => !there.has(String(id))))
  }
  return gone.filter(({ path }, index) => gone.findIndex((other) => other.path === path) === index)
}

function labelIn({ label, path }: Relation, locale: Locale): string {
  if (typeof label === 'string') return label
  const own = isObject(label) && locale in label ? (label as Record<string, unknown>)[locale] : null
  return typeof own === 'string' ? own : path
}

const listOf = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

const WORDS: Record<Locale, (field: string) => string> = {
  sv: (field) =>
    `Något som är valt i ”${field}” finns inte längre. Välj något annat, eller ta bort det, och spara igen.`,
  en: (field) =>
    `What is chosen in “${field}” does not exist any more. Choose something else, or remove it, and save again.`,
}
