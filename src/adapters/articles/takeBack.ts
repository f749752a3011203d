import {
  commitTransaction,
  createLocalReq,
  initTransaction,
  killTransaction,
  restoreVersionOperation,
} from 'payload'
import type { Payload, PayloadRequest } from 'payload'
import { toDocumentId } from '../../content/toDocumentId.ts'
import { TAKING_BACK_CONTEXT } from '../../content/systemSaves.ts'
import type { UndoneCampaign } from '../../newsletter/model.ts'
import { documentName, takeTurn } from '../../saving/turns.ts'

/** Clocks of machines differ by less. */
const CLOCKS_AGREE_MS = 20_000

type DocumentId = string | number

/**
 * See Articles.takeBack. It waits for its turn among the saves of the article: when the article is published again in the
 * meantime, its campaign is not undone any more, and nothing is taken back.
 */
export async function takeBack({
  payload,
  undone,
}: {
  payload: Payload
  undone: UndoneCampaign
}): Promise<void> {
  const id = toDocumentId({ payload, text: undone.articleId })
  if (id === null) return
  const req = await createLocalReq({ context: { ...TAKING_BACK_CONTEXT } }, payload)
  await initTransaction(req)
  try {
    await takeTurn({ db: payload.db, req, document: documentName({ owner: 'articles', id }) })
    const article = { payload, req, id }
    if (await isToTakeBack({ ...article, undone })) {
      if (undone.formerVersion === null) await unpublish(article)
      else await restoreFormer({ ...article, campaignId: undone.id, formerVersion: undone.formerVersion })
    }
    await commitTransaction(req)
  } catch (error) {
    await killTransaction(req)
    throw error
  }
}

interface InTurn {
  payload: Payload
  req: PayloadRequest
  id: DocumentId
}

/** Whether the article is public because of the click that was undone; a later one with no newsletter stands. */
async function isToTakeBack({
  payload,
  req,
  id,
  undone,
}: InTurn & { undone: UndoneCampaign }): Promise<boolean> {
  const campaign = await payload.db.findOne<{
    id: DocumentId
    status: string
    undoneAt?: string | Date | null
  }>({
    collection: 'campaigns',
    where: { id: { equals: toDocumentId({ payload, text: undone.id }) } },
    select: { status: true, undoneAt: true },
  })
  if (campaign?.status !== 'cancelled' || !campaign.undoneAt) return false
  const article = await payload.db.findOne<{ id: DocumentId; _status?: string; updatedAt: string | Date }>({
    collection: 'articles',
    where: { id: { equals: id } },
    select: { _status: true, updatedAt: true },
    req,
  })
  return (
    article?._status === 'published' &&
    new Date(article.updatedAt).getTime() <= undone.undoneAt.getTime() + CLOCKS_AGREE_MS
  )
}

/** The newest text stays as the draft. What it lacks to be published is of no matter here. */
async function unpublish({ payload, req, id }: InTurn): Promise<void> {
  await payload.update({
    collection: 'articles',
    id,
    data: { _status: 'draft' },
    unpublishAllLocales: true,
    trash: true,
    depth: 0,
    overrideAccess: true,
    req,
  })
}

/**
 * Readers see the version of before again, and the newest text becomes the draft. Which one that is goes into the
 * campaign's row first: after a crash between the two it is not the newest any more.
 */
async function restoreFormer({
  payload,
  req,
  id,
  campaignId,
  formerVersion,
}: InTurn & { campaignId: string; formerVersion: string }): Promise<void> {
  const kept = await keepNewestText({ payload, id, campaignId })
  // Payload's Local API has no way to restore as a draft.
  const restore = (version: string, draft: boolean) =>
    restoreVersionOperation({
      collection: payload.collections.articles,
      id: toDocumentId({ payload, text: version }) ?? version,
      draft,
      depth: 0,
      overrideAccess: true,
      req,
    })
  await restore(formerVersion, false)
  if (kept !== formerVersion) await restore(kept, true)
}

async function keepNewestText({
  payload,
  id,
  campaignId,
}: Pick<InTurn, 'payload' | 'id'> & { campaignId: string }): Promise<string> {
  const campaign = { id: { equals: toDocumentId({ payload, text: campaignId }) } }
  const known = await payload.db.findOne<{ id: DocumentId; keptVersion?: string | null }>({
    collection: 'campaigns',
    where: campaign,
    select: { keptVersion: true },
  })
  if (known?.keptVersion) return known.keptVersion
  const keptVersion = await newestVersion({ payload, id, isPublished: false })
  if (keptVersion === null) throw new Error(`Article ${id} has no versions.`)
  await payload.db.updateOne({
    collection: 'campaigns',
    where: campaign,
    data: { keptVersion },
    returning: false,
  })
  return keptVersion
}

/** The newest version of an article, or the newest of those that were published; null when there is none. */
export async function newestVersion({
  payload,
  id,
  isPublished,
  req,
}: {
  payload: Payload
  id: DocumentId
  isPublished: boolean
  req?: PayloadRequest
}): Promise<string | null> {
  const { docs } = await payload.db.findVersions<object>({
    collection: 'articles',
    where: {
      and: [
        { parent: { equals: id } },
        ...(isPublished ? [{ 'version._status': { equals: 'published' } }] : []),
      ],
    },
    sort: '-updatedAt',
    limit: 1,
    pagination: false,
    ...(req && { req }),
  })
  return docs[0] ? String(docs[0].id) : null
}
