import type { UploadFeature } from '@payloadcms/richtext-lexical'

type Provider = ReturnType<typeof UploadFeature>
type Feature = Extract<Provider['feature'], (...given: never[]) => unknown>
type Words = Awaited<ReturnType<Feature>>['i18n']

/** One of Payload's features with other words in its menus: what people type after the slash finds them. */
export const withWords = (provider: Provider, words: NonNullable<Words>): Provider => ({
  ...provider,
  feature: async (given: Parameters<Feature>[0]) => {
    const { feature } = provider
    const resolved = typeof feature === 'function' ? await feature(given) : feature
    return { ...resolved, i18n: words }
  },
})
