import type { CollectionConfig, Config, Field, FieldHook, GlobalConfig, Tab } from 'payload'
import { cleanLine, cleanText } from './cleanText.ts'

/** What the engine writes, byte for byte: it is never changed, and nobody types there. */
const LEDGERS = [
  'batches',
  'call-rates',
  'deliveries',
  'provider-events',
  'rate-limits',
  'transactional-mails',
  'waiting-events',
  'workers',
]

/**
 * A Payload plugin: each text that somebody writes, in whichever field, is saved without characters that break pages,
 * mails and feeds, whether it comes over the admin, REST, GraphQL or the Local API; texts that were stored before are
 * cleaned as they are read. Rich text cleans itself (collections/Articles/editor/withWrittenText).
 */
export const cleanEveryField = (config: Config): Config => ({
  ...config,
  collections: config.collections?.map(withCleanFields),
  globals: config.globals?.map((global: GlobalConfig) => ({ ...global, fields: global.fields.map(clean) })),
})

const withCleanFields = (collection: CollectionConfig): CollectionConfig =>
  LEDGERS.includes(collection.slug) ? collection : { ...collection, fields: collection.fields.map(clean) }

function clean(field: Field): Field {
  switch (field.type) {
    case 'text':
    case 'email':
      return withHook(field, cleaning(cleanLine))
    case 'textarea':
    case 'code':
      return withHook(field, cleaning(cleanText))
    case 'array':
    case 'collapsible':
    case 'group':
    case 'row':
      return { ...field, fields: field.fields.map(clean) }
    case 'tabs':
      return { ...field, tabs: field.tabs.map((tab: Tab) => ({ ...tab, fields: tab.fields.map(clean) })) }
    case 'blocks':
      return {
        ...field,
        blocks: field.blocks.map((block) => ({ ...block, fields: block.fields.map(clean) })),
      }
    default:
      return field
  }
}

/** First of all hooks on the way in, so that what a field makes of its value is made of the clean one. */
const withHook = <F extends Field & { hooks?: { beforeValidate?: FieldHook[]; afterRead?: FieldHook[] } }>(
  field: F,
  hook: FieldHook,
): F => ({
  ...field,
  hooks: {
    ...field.hooks,
    beforeValidate: [hook, ...(field.hooks?.beforeValidate ?? [])],
    afterRead: [hook, ...(field.hooks?.afterRead ?? [])],
  },
})

/**
 * A value may be a list (`hasMany`) or, for all locales at once, an object of texts. What an update does not name is left
 * alone: Payload hands the stored value in its place.
 */
const cleaning =
  (cleaner: (text: string) => string): FieldHook =>
  ({ field, operation, siblingData, value }) =>
    operation !== 'read' && siblingData[field.name ?? ''] === undefined
      ? undefined
      : cleanValue(value, cleaner)

function cleanValue(value: unknown, cleaner: (text: string) => string): unknown {
  if (typeof value === 'string') return cleaner(value)
  if (Array.isArray(value)) return value.map((entry) => cleanValue(entry, cleaner))
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, cleanValue(entry, cleaner)]))
}
