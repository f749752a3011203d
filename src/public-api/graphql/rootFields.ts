import { formatNames, type SanitizedConfig } from 'payload'

/** What a root field asks of which collection or global; others (`meUser`, `Access`) are in no such list. */
export interface RootField {
  asks: 'document' | 'list' | 'count' | 'versions' | 'global'
  slug: string
}

/** The root fields that read documents, by the names that Payload gives them (schema/initCollections). */
export function rootFieldsOf({ collections, globals }: Pick<SanitizedConfig, 'collections' | 'globals'>) {
  const roots = new Map<string, RootField>()
  for (const { slug } of collections) {
    const { one, all } = namesOf(slug)
    roots.set(one, { asks: 'document', slug })
    roots.set(all, { asks: 'list', slug })
    roots.set(`count${all}`, { asks: 'count', slug })
    roots.set(`versions${all}`, { asks: 'versions', slug })
  }
  for (const { slug } of globals) roots.set(formatNames(slug).singular, { asks: 'global', slug })
  return roots
}

function namesOf(slug: string): { one: string; all: string } {
  const { singular, plural } = formatNames(slug)
  return { one: singular, all: singular === plural ? `all${singular}` : plural }
}
