import type { CollectionConfig, Config, GlobalConfig } from 'payload'

const BUTTONS = {
  PublishButton: '/admin/saving/buttons.tsx#PublishButton',
  SaveDraftButton: '/admin/saving/buttons.tsx#SaveDraftButton',
}
const PROVIDERS = ['/admin/saving/SaveWatch.tsx#SaveWatch', '/admin/saving/NewestState.tsx#NewestState']

/** A Payload plugin: where forms save by themselves, no click on Publish or Save meanwhile is lost. */
export const keepClicks = (config: Config): Config => ({
  ...config,
  admin: {
    ...config.admin,
    components: {
      ...config.admin?.components,
      providers: [...(config.admin?.components?.providers ?? []), ...PROVIDERS],
    },
  },
  collections: config.collections?.map((collection) =>
    hasAutosave(collection) ? withCollectionButtons(collection) : collection,
  ),
  globals: config.globals?.map((global) => (hasAutosave(global) ? withGlobalButtons(global) : global)),
})

function hasAutosave({ versions }: Pick<CollectionConfig | GlobalConfig, 'versions'>): boolean {
  const drafts = typeof versions === 'object' ? versions.drafts : undefined
  return typeof drafts === 'object' && Boolean(drafts.autosave)
}

function withCollectionButtons({ admin, ...collection }: CollectionConfig): CollectionConfig {
  const edit = { ...BUTTONS, ...admin?.components?.edit }
  return { ...collection, admin: { ...admin, components: { ...admin?.components, edit } } }
}

function withGlobalButtons({ admin, ...global }: GlobalConfig): GlobalConfig {
  const elements = { ...BUTTONS, ...admin?.components?.elements }
  return { ...global, admin: { ...admin, components: { ...admin?.components, elements } } }
}
