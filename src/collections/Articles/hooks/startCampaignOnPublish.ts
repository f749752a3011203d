import type { CollectionAfterChangeHook, CollectionBeforeChangeHook } from 'payload'
import { isPublishedNow } from '../../../content/isPublishedNow.ts'
import { isScheduledRun, isTakingBack } from '../../../content/systemSaves.ts'
import { campaignsOf, depsOf, publishedVersionOf } from '../../../deps.ts'
import { scheduleCampaign } from '../../../newsletter/scheduleCampaign.ts'

/** Which version readers saw before each article of this request was published. */
const FORMER_VERSION = 'utskick.formerVersion'

/** Before an article is published with a newsletter: notes what an undo brings back. */
export const noteFormerVersion: CollectionBeforeChangeHook = async ({ data, originalDoc, req }) => {
  const id: number | string | undefined = originalDoc?.id
  if (id === undefined || data._status !== 'published' || !data.newsletter?.send) return data
  const former = (await isPublishedNow({ id, req })) ? await publishedVersionOf({ req, id }) : null
  req.context[`${FORMER_VERSION}.${id}`] = former
  return data
}

/**
 * An article that is published and wants a newsletter gets a campaign row, in the same transaction where there is
 * one; nothing else happens here. Every save of a published article comes by: once per article is the index's work.
 */
export const startCampaignOnPublish: CollectionAfterChangeHook = async ({ data, doc, req }) => {
  // An editor's request may have selected other fields of the answer.
  const status = doc._status ?? data?._status
  const wantsNewsletter = doc.newsletter?.send ?? data?.newsletter?.send
  const isInTrash = Boolean(doc.deletedAt ?? data?.deletedAt)
  if (status !== 'published' || !wantsNewsletter || isInTrash || isTakingBack(req.context)) return doc
  const former = req.context[`${FORMER_VERSION}.${doc.id}`]
  await scheduleCampaign(
    { campaigns: campaignsOf(req), clock: depsOf(req.payload).clock },
    {
      articleId: String(doc.id),
      publishedAt: depsOf(req.payload).clock.now(),
      isPlanned: isScheduledRun(),
      formerVersion: typeof former === 'string' ? former : null,
    },
  )
  return doc
}
