import { ValidationError } from 'payload'
import type { Payload, PayloadRequest, TypedUser } from 'payload'
import { toDocumentId } from '../../content/toDocumentId.ts'
import { TAKING_BACK_CONTEXT } from '../../content/systemSaves.ts'
import type { Id, UndoneCampaign } from '../../newsletter/model.ts'
import type { Clock } from '../../newsletter/ports.ts'
import { inSaveTurn, newestVersion, restoreVersion, type DocumentId } from './versions.ts'

/** Clocks of machines differ by less. */
const CLOCKS_AGREE_MS = 20_000

/** A date of publication that is so close to the click was set by it (setPublishedAt). */
const SET_BY_CLICK_MS = 10_000

interface TakingBack {
  payload: Payload
  clock: Clock
  undone: UndoneCampaign
}

/**
 * See Articles.takeBack. It waits for its turn among the saves of the article: when the article is published again in the
 * meantime, its campaign is not undone any more, and nothing is taken back. That the article is back is written down in the
 * same turn. What cannot be restored is hidden: a former version that is not valid any more leaves the article a draft, and
 * one that Payload cannot even read is taken off the site past it. Rather hidden than wrong.
 */
export async function takeBack(input: TakingBack): Promise<void> {
  const ways = input.undone.formerVersion === null ? [unpublish, hide] : [restoreFormer, unpublish, hide]
  for (const [index, way] of ways.entries())
    try {
      return await takeBackInTurn(input, way)
    } catch (error) {
      // Anything else may pass (somebody saves it just now, the database is away): the same is tried again later.
      const isLasting = error instanceof ValidationError || error instanceof TypeError
      if (!isLasting || index === ways.length - 1) throw error
    }
}

async function takeBackInTurn({ payload, clock, undone }: TakingBack, way: Way): Promise<void> {
  const id = toDocumentId({ payload, text: undone.articleId })
  if (id === null) return
  const user = await readUser({ payload, by: undone.by })
  await inSaveTurn({ payload, id, context: { ...TAKING_BACK_CONTEXT }, user }, (req) =>
    act({ payload, req, id, clock, undone, way }),
  )
}

/** Whose save it is, for a colleague who writes in the article just then. */
async function readUser({ payload, by }: { payload: Payload; by: Id | null }): Promise<TypedUser | null> {
  const id = by === null ? null : toDocumentId({ payload, text: by })
  if (id === null) return null
  const user = await payload.findByID({
    collection: 'users',
    id,
    depth: 0,
    overrideAccess: true,
    disableErrors: true,
  })
  return user && { ...user, collection: 'users' }
}

interface InTurn {
  payload: Payload
  req: PayloadRequest
  id: DocumentId
}

type Time = string | Date | null | undefined
const msOf = (time: Time): number => (time ? new Date(time).getTime() : NaN)

async function act({
  payload,
  req,
  id,
  clock,
  undone,
  way,
}: InTurn & TakingBack & { way: Way }): Promise<void> {
  const campaignId = toDocumentId({ payload, text: undone.id })
  const campaign = await payload.db.findOne<CampaignRow>({
    collection: 'campaigns',
    where: { id: { equals: campaignId } },
    select: { status: true, undoneAt: true, returnedAt: true, keptVersion: true, heldAt: true },
  })
  const isThisUndo = campaign?.status === 'cancelled' && msOf(campaign.undoneAt) === undone.undoneAt.getTime()
  if (!isThisUndo || campaign.returnedAt) return
  const article = await payload.db.findOne<ArticleRow>({
    collection: 'articles',
    where: { id: { equals: id } },
    select: { _status: true, updatedAt: true, publishedAt: true, deletedAt: true },
    req,
  })
  // A later click without a newsletter stands; what an earlier try of ours has written does not count as one.
  const isOfClick =
    Boolean(campaign.keptVersion) || msOf(article?.updatedAt) <= undone.undoneAt.getTime() + CLOCKS_AGREE_MS
  if (article?._status === 'published' && isOfClick) {
    // Payload restores nothing in the trash; and nobody sees it there.
    const ofTrash = way === restoreFormer && article.deletedAt ? unpublish : way
    await ofTrash({ payload, req, id, campaign, article, formerVersion: undone.formerVersion ?? '' })
  }
  await payload.db.updateOne({
    collection: 'campaigns',
    where: { and: [{ id: { equals: campaignId } }, { status: { equals: 'cancelled' } }] },
    data: { returnedAt: clock.now().toISOString() },
    returning: false,
    req,
  })
}

interface CampaignRow {
  id: DocumentId
  status: string
  undoneAt?: Time
  returnedAt?: Time
  heldAt?: Time
  keptVersion?: string | null
}

interface ArticleRow {
  id: DocumentId
  _status?: string
  updatedAt: string | Date
  publishedAt?: Time
  deletedAt?: Time
}

const isSetByClick = ({ publishedAt }: ArticleRow, { heldAt }: CampaignRow): boolean =>
  Math.abs(msOf(publishedAt) - msOf(heldAt)) < SET_BY_CLICK_MS

interface Article extends InTurn {
  campaign: CampaignRow
  article: ArticleRow
  formerVersion: string
}
type Way = (of: Article) => Promise<void>

/** The newest text stays as the draft. What it lacks to be published is of no matter here. */
const unpublish: Way = async ({ payload, req, id, campaign, article }) => {
  await payload.update({
    collection: 'articles',
    id,
    data: { _status: 'draft', ...(isSetByClick(article, campaign) && { publishedAt: null }) },
    unpublishAllLocales: true,
    trash: true,
    depth: 0,
    overrideAccess: true,
    req,
  })
}

/** Past Payload, which cannot read what somebody has written in it. */
const hide: Way = async ({ payload, req, id }) => {
  await payload.db.updateOne({
    collection: 'articles',
    id,
    data: { _status: 'draft' },
    returning: false,
    req,
  })
}

/**
 * Readers see the version of before again, and the newest text becomes the draft. Which one that is goes into the
 * campaign's row first: after a crash between the two it is not the newest any more.
 */
const restoreFormer: Way = async ({ payload, req, id, campaign, formerVersion }) => {
  const newest = await newestVersion({ payload, id })
  if (newest === null) throw new Error(`Article ${id} has no versions.`)
  const kept = newest.isPublished ? (campaign.keptVersion ?? newest.id) : newest.id
  if (kept !== campaign.keptVersion)
    await payload.db.updateOne({
      collection: 'campaigns',
      where: { id: { equals: campaign.id } },
      data: { keptVersion: kept },
      returning: false,
    })
  await restoreVersion({ payload, req, version: formerVersion, draft: false })
  if (kept !== formerVersion) await restoreVersion({ payload, req, version: kept, draft: true })
}
