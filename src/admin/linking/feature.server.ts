import { createServerFeature } from '@payloadcms/richtext-lexical'

/** Ctrl+K in a text: a link to an article or an address, without leaving the text. It brings no nodes. */
export const LinkKeyFeature = createServerFeature({
  feature: { ClientFeature: '/admin/linking/feature.client.tsx#LinkKeyFeatureClient' },
  key: 'linkKey',
})
