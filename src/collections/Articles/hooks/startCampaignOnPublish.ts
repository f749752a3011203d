import type { CollectionAfterChangeHook, CollectionBeforeChangeHook } from 'payload'
import { isPublishedNow } from '../../../content/isPublishedNow.ts'
import { isScheduledRun, isTakingBack, overrideOf } from '../../../content/systemSaves.ts'
import { campaignsOf, depsOf, publishedVersionOf } from '../../../deps.ts'
import type { Id } from '../../../newsletter/model.ts'
import { scheduleCampaign, withdrawCampaign } from '../../../newsletter/scheduleCampaign.ts'

/** What readers saw before each article of this request was published. */
interface Before {
  wasPublic: boolean
  formerVersion: Id | null
}
const keyOf = (id: number | string) => `utskick.before.${id}`

/** Before an article is published with a newsletter: notes what an undo brings back. In the trash nobody saw it. */
export const noteFormerVersion: CollectionBeforeChangeHook = async ({ data, originalDoc, req }) => {
  const id: number | string | undefined = originalDoc?.id
  if (id === undefined || data._status !== 'published' || !data.newsletter?.send) return data
  const wasPublic = !originalDoc.deletedAt && (await isPublishedNow({ id, req }))
  const formerVersion = wasPublic ? await publishedVersionOf({ req, id }) : null
  // Not the context that this hook was given: a question that was asked meanwhile has put another in its place.
  req.context[keyOf(id)] = { wasPublic, formerVersion } satisfies Before
  return data
}

/**
 * An article that is published and wants a newsletter gets a campaign row, in the same transaction where there is
 * one; nothing else happens here. Every save of a published article comes by: once per article is the index's work. One that
 * is published without a newsletter takes a campaign that is still in its hold back.
 */
export const startCampaignOnPublish: CollectionAfterChangeHook = async ({ data, doc, req }) => {
  // An editor's request may have selected other fields of the answer.
  const status = doc._status ?? data?._status
  const wantsNewsletter = doc.newsletter?.send ?? data?.newsletter?.send
  const isInTrash = Boolean(doc.deletedAt ?? data?.deletedAt)
  if (status !== 'published' || isInTrash || isTakingBack(req.context)) return doc
  const { clock } = depsOf(req.payload)
  const ports = { campaigns: campaignsOf(req), clock }
  const articleId = String(doc.id)
  if (!wantsNewsletter) {
    const by = req.user?.collection === 'users' ? String(req.user.id) : null
    await withdrawCampaign(ports, { articleId, by })
    return doc
  }
  const before = (req.context[keyOf(doc.id)] as Before | undefined) ?? {
    wasPublic: false,
    formerVersion: null,
  }
  await scheduleCampaign(ports, {
    articleId,
    publishedAt: clock.now(),
    isPlanned: isScheduledRun(),
    override: overrideOf(req.context),
    ...before,
  })
  return doc
}
