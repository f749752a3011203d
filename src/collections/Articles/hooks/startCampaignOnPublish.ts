import type { CollectionAfterChangeHook } from 'payload'
import { scheduleCampaign } from '../../../content/scheduleCampaign.ts'

/**
 * An article that is published and wants a newsletter gets a campaign row, in the same transaction where there is
 * one; nothing else happens here. Every save of a published article comes by: once per article is the index's work.
 */
export const startCampaignOnPublish: CollectionAfterChangeHook = async ({ data, doc, req }) => {
  // An editor's request may have selected other fields of the answer.
  const status = doc._status ?? data?._status
  const wantsNewsletter = doc.newsletter?.send ?? data?.newsletter?.send
  if (status === 'published' && wantsNewsletter)
    await scheduleCampaign({ payload: req.payload, articleId: doc.id, req })
  return doc
}
