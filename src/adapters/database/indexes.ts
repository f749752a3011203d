import type { sqliteAdapter } from '@payloadcms/db-sqlite'
import { index } from '@payloadcms/db-sqlite/drizzle/sqlite-core'

type SchemaHook = NonNullable<Parameters<typeof sqliteAdapter>[0]['afterSchemaInit']>[number]

/**
 * Payload keeps localised fields in tables of their own and reads them by their parent, but indexes them by locale and
 * parent: every reading of an article went through all articles' texts (1,000 articles, a list of 15: 26 ms, with this
 * index 2 ms).
 */
export const indexLocales: SchemaHook = ({ schema, extendTable }) => {
  for (const [name, table] of Object.entries(schema.tables))
    if (name.endsWith('_locales'))
      extendTable({
        table,
        extraConfig: ({ _parentID }) => ({ parentIdx: index(`${name}_parent_idx`).on(_parentID) }),
      })
  return schema
}

/** What a filter by topics and authors looks up for each article (relationFilters), so that the rows themselves are not read. */
export const indexRelations: SchemaHook = ({ schema, extendTable }) => {
  const table = schema.tables.articles_rels
  if (table)
    extendTable({
      table,
      extraConfig: ({ parent, path, topicsID, authorsID }) => ({
        lookupIdx: index('articles_rels_lookup_idx').on(parent, path, topicsID, authorsID),
      }),
    })
  return schema
}
