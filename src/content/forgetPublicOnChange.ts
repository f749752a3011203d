import type { CollectionConfig, Config, GlobalConfig } from 'payload'
import { forgetPublic } from './publicCache.ts'

/** What the public site is made of. */
const COLLECTIONS = ['articles', 'authors', 'topics', 'media']
const GLOBALS = ['site']

/** A Payload plugin: whatever changes content, the public site shows it at once. */
export const forgetPublicOnChange = (config: Config): Config => ({
  ...config,
  collections: config.collections?.map((collection) =>
    COLLECTIONS.includes(collection.slug) ? withCollectionHooks(collection) : collection,
  ),
  globals: config.globals?.map((global) => (GLOBALS.includes(global.slug) ? withGlobalHook(global) : global)),
})

const withCollectionHooks = (collection: CollectionConfig): CollectionConfig => ({
  ...collection,
  hooks: {
    ...collection.hooks,
    afterChange: [...(collection.hooks?.afterChange ?? []), ({ doc }) => forgetAnd(doc)],
    afterDelete: [...(collection.hooks?.afterDelete ?? []), ({ doc }) => forgetAnd(doc)],
  },
})

const withGlobalHook = (global: GlobalConfig): GlobalConfig => ({
  ...global,
  hooks: {
    ...global.hooks,
    afterChange: [...(global.hooks?.afterChange ?? []), ({ doc }) => forgetAnd(doc)],
  },
})

function forgetAnd<Doc>(doc: Doc): Doc {
  forgetPublic()
  return doc
}
