import { APIError, ValidationError } from 'payload'
import type { Payload, PayloadRequest } from 'payload'
import { asScheduled, overrideContext } from '../../content/systemSaves.ts'
import { toDocumentId } from '../../content/toDocumentId.ts'
import type { Problem } from '../../newsletter/model.ts'
import { ARTICLE_IN_TRASH, notPublishable, VERSION_GONE, type ClaimedPlan } from '../../plans/model.ts'
import type { PlannedArticles, Plans } from '../../plans/ports.ts'
import {
  hasVersion,
  inSaveTurn,
  newestVersion,
  publishedVersion,
  restoreVersion,
  type DocumentId,
} from './versions.ts'

interface Carrying {
  payload: Payload
  req: PayloadRequest
  id: DocumentId
  plan: ClaimedPlan
  keep: Plans['keep']
}

/** See PlannedArticles. Nobody is there who could read a refusal: it becomes the plan's problem. */
export const payloadPlannedArticles = ({
  payload,
  keep,
}: {
  payload: Payload
  keep: Plans['keep']
}): PlannedArticles => ({
  async carryOut(plan) {
    const id = toDocumentId({ payload, text: plan.articleId })
    if (id === null) return VERSION_GONE
    const context = plan.override ? overrideContext(plan.override) : {}
    try {
      return await asScheduled(() =>
        inSaveTurn({ payload, id, context }, (req) =>
          plan.action === 'publish'
            ? publish({ payload, req, id, plan, keep })
            : unpublish({ payload, req, id }),
        ),
      )
    } catch (error) {
      if (isLasting(error)) return notPublishable(error)
      throw error
    }
  },
})

/** A field that is empty stays so; a turn that somebody else has, or a database that is away, does not. */
const isLasting = (error: unknown): error is Error =>
  error instanceof ValidationError || (error instanceof APIError && error.status < 500)

async function publish({ payload, req, id, plan, keep }: Carrying): Promise<Problem | null> {
  const of = { payload, req, id }
  const article = await readArticle(of)
  if (!article || plan.version === null) return VERSION_GONE
  if (article.isInTrash) return ARTICLE_IN_TRASH
  const version = plan.version
  const published = await publishedVersion(of)
  let kept = plan.keptVersion
  // Published since: by an earlier try of this plan, or by a person whose text is newer.
  if (!published || published.savedAt < plan.startedAt) {
    const newest = await newestVersion(of)
    if (!newest || !(await hasVersion({ ...of, version }))) return VERSION_GONE
    if (newest.id !== version) {
      if (kept === null && !newest.isPublished) {
        kept = newest.id
        // Written first: after a crash between the two it is not the newest any more.
        await keep({ id: plan.id, token: plan.token, version: kept })
      }
      await restoreVersion({ ...of, version, draft: true })
    }
    req.locale = plan.locale
    await payload.update({
      collection: 'articles',
      id,
      data: { _status: 'published' },
      depth: 0,
      overrideAccess: true,
      req,
    })
  }
  if (kept !== null && (await newestVersion(of))?.isPublished)
    await restoreVersion({ ...of, version: kept, draft: true })
  return null
}

/** The newest text stays as the draft. What it lacks to be published is of no matter here. */
async function unpublish({ payload, req, id }: Omit<Carrying, 'plan' | 'keep'>): Promise<null> {
  const article = await readArticle({ payload, req, id })
  if (article?.isPublished)
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
  return null
}

async function readArticle({ payload, req, id }: Pick<Carrying, 'payload' | 'req' | 'id'>) {
  const found = await payload.db.findOne<{
    id: DocumentId
    _status?: string
    deletedAt?: string | Date | null
  }>({
    collection: 'articles',
    where: { id: { equals: id } },
    select: { _status: true, deletedAt: true },
    req,
  })
  return found && { isPublished: found._status === 'published', isInTrash: Boolean(found.deletedAt) }
}
