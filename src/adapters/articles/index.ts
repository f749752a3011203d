import type { Payload } from 'payload'
import type { ArticleContent } from '../../../emails/props.ts'
import type { Articles } from '../../newsletter/ports.ts'
export const payloadArticles = (_: { payload: Payload; baseUrl: string }): Articles<ArticleContent> => ({
  readForMailing: async () => ({ kind: 'unpublished' }),
  scheduleCampaign: async () => undefined,
})
