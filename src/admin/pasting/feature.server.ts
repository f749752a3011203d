import { createServerFeature } from '@payloadcms/richtext-lexical'

/** What happens to text that is pasted into the editor (feature.client.ts). It brings no nodes. */
export const PastingFeature = createServerFeature({
  feature: { ClientFeature: '/admin/pasting/feature.client.tsx#PastingFeatureClient' },
  key: 'pasting',
})
