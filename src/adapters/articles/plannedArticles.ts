import { dequal } from 'dequal'
import { APIError, ValidationError } from 'payload'
import type { Payload, PayloadRequest, TypedUser } from 'payload'
import type { Visibility } from '../../content/isPublic.ts'
import { asScheduled, overrideContext } from '../../content/systemSaves.ts'
import { toDocumentId } from '../../content/toDocumentId.ts'
import type { Id, Problem } from '../../newsletter/model.ts'
import {
  ARTICLE_IN_TRASH,
  LATE,
  notPublishable,
  SUPERSEDED,
  VERSION_GONE,
  type ClaimedPlan,
} from '../../plans/model.ts'
import type { PlannedArticles, Plans } from '../../plans/ports.ts'
import {
  inSaveTurn,
  newestVersion,
  publishedVersion,
  readNewestVersion,
  readVersion,
  restoreVersion,
  type ArticleVersion,
  type DocumentId,
  type WholeVersion,
} from './versions.ts'

interface Carrying {
  payload: Payload
  req: PayloadRequest
  id: DocumentId
  plan: ClaimedPlan
  isLate: boolean
  keep: Plans['keep']
}

/** See PlannedArticles. Nobody is there who could read a refusal: it becomes the plan's problem. */
export const payloadPlannedArticles = ({
  payload,
  plans: { keep, isHeld },
}: {
  payload: Payload
  plans: Pick<Plans, 'keep' | 'isHeld'>
}): PlannedArticles => ({
  async carryOut(plan, { isLate }) {
    const id = toDocumentId({ payload, text: plan.articleId })
    if (id === null) return { kind: 'problem', problem: VERSION_GONE }
    const context = plan.override ? overrideContext(plan.override) : {}
    const user = await readPlanner({ payload, by: plan.by })
    const run = async (req: PayloadRequest): Promise<Problem | null | 'lost'> => {
      // From here on nobody else saves the article. Whoever has published it by hand has cancelled the plan.
      if (!(await isHeld(plan))) return 'lost'
      const carrying = { payload, req, id, plan, isLate, keep }
      return plan.action === 'publish' ? publish(carrying) : unpublish(carrying)
    }
    const problem = await asScheduled(() => inSaveTurn({ payload, id, context, user }, run))
    if (problem === 'lost') return { kind: 'lost' }
    return problem ? { kind: 'problem', problem } : { kind: 'done' }
  },
})

/** A field that is empty stays so; a turn that somebody else has, or a database that is away, does not. */
const isLasting = (error: unknown): error is Error =>
  error instanceof ValidationError || (error instanceof APIError && error.status < 500)

/** Whose save it is, for a colleague who writes in the article just then; nobody's where they may not publish any more. */
async function readPlanner({ payload, by }: { payload: Payload; by: Id | null }): Promise<TypedUser | null> {
  const id = by === null ? null : toDocumentId({ payload, text: by })
  if (id === null) return null
  const user = await payload.findByID({
    ...{ collection: 'users', id },
    ...{ depth: 0, overrideAccess: true, disableErrors: true },
  })
  return user && user.role !== 'author' ? { ...user, collection: 'users' } : null
}

async function publish({ payload, req, id, plan, isLate, keep }: Carrying): Promise<Problem | null> {
  const of = { payload, req, id }
  const article = await readArticle(of)
  const planned = plan.version === null ? null : await readVersion({ ...of, version: plan.version })
  if (!article || !planned) return VERSION_GONE
  if (article.isInTrash) return ARTICLE_IN_TRASH
  const published = await publishedVersion(of)
  // By an earlier try of this plan: a person's publication has ended it.
  const isPublished = published !== null && published.savedAt >= plan.startedAt
  if (!isPublished) {
    if (published && published.savedAt > planned.savedAt) return SUPERSEDED
    if (isLate) return LATE
  }
  const newest = await readNewestVersion(of)
  const kept = newest && !isPublished ? keptOf({ newest, planned, plan }) : plan.keptVersion
  if (!isPublished) {
    // Written first: after a crash it is not the newest any more.
    if (kept !== null && kept !== plan.keptVersion) await keep({ ...plan, version: kept })
    const problem = await publishPlanned({ ...of, plan, planned, newest, kept })
    if (problem) return problem
  }
  if (kept !== null && (await newestVersion(of))?.isPublished)
    await bringBack({ ...of, kept, isNew: published === null || isPublished })
  return null
}

/** Which version holds the newest text, where that is another one than the plan publishes. */
function keptOf({
  newest,
  planned,
  plan,
}: {
  newest: WholeVersion
  planned: WholeVersion
  plan: ClaimedPlan
}): Id | null {
  if (newest.id === planned.id || newest.isPublished) return null
  // A try that was cut off has made the planned version the newest draft.
  return hasSameText(newest, planned) ? plan.keptVersion : newest.id
}

/** @returns the problem of a text that cannot be published; the newest text is the draft then, as before. */
async function publishPlanned({
  plan,
  planned,
  newest,
  kept,
  ...of
}: {
  payload: Payload
  req: PayloadRequest
  id: DocumentId
  plan: ClaimedPlan
  planned: ArticleVersion
  newest: ArticleVersion | null
  kept: Id | null
}): Promise<Problem | null> {
  const { payload, req, id } = of
  if (newest?.id !== planned.id) await restoreVersion({ ...of, version: planned.id, draft: true })
  req.locale = plan.locale
  try {
    await payload.update({
      ...{ collection: 'articles', id, data: { _status: 'published' } },
      ...{ depth: 0, overrideAccess: true, req },
    })
    return null
  } catch (error) {
    // Payload ends the operation with the error, and the turn with it: the newest text comes back in another.
    if (kept !== null)
      await inSaveTurn({ payload, id }, (own) =>
        restoreVersion({ payload, req: own, version: kept, draft: true }),
      )
    if (isLasting(error)) return notPublishable(error)
    throw error
  }
}

/**
 * Makes the newest text the draft again. The draft takes over the date, the address and the visibility that the article got when
 * it was first published: without them, publishing the draft would change them.
 */
async function bringBack({
  kept,
  isNew,
  ...of
}: {
  payload: Payload
  req: PayloadRequest
  id: DocumentId
  kept: Id
  isNew: boolean
}): Promise<void> {
  const { payload, req, id } = of
  await restoreVersion({ ...of, version: kept, draft: true })
  if (!isNew) return
  const article = await payload.db.findOne<{
    id: DocumentId
    publishedAt?: string | Date | null
    slug?: string | null
    visibility?: Visibility | null
  }>({
    ...{ collection: 'articles', where: { id: { equals: id } }, req },
    select: { publishedAt: true, slug: true, visibility: true },
  })
  const { publishedAt, slug, visibility } = article ?? {}
  await payload.update({
    ...{ collection: 'articles', id, draft: true, depth: 0, overrideAccess: true, req },
    data: {
      ...(publishedAt && { publishedAt: new Date(publishedAt).toISOString() }),
      ...(slug && { slug }),
      ...(visibility && { visibility }),
    },
  })
}

/** The newest text stays as the draft. What it lacks to be published is of no matter here. */
async function unpublish({ payload, req, id, isLate }: Carrying): Promise<Problem | null> {
  const article = await readArticle({ payload, req, id })
  if (!article?.isPublished) return null
  if (isLate) return LATE
  try {
    await payload.update({
      ...{ collection: 'articles', id, data: { _status: 'draft' } },
      unpublishAllLocales: true,
      ...{ trash: true, depth: 0, overrideAccess: true, req },
    })
  } catch (error) {
    if (!isLasting(error)) throw error
    // A draft that cannot be saved, since another article has its slug, say: rather hidden than public for longer.
    await payload.db.updateOne({ collection: 'articles', id, data: { _status: 'draft' }, returning: false })
  }
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

/** What people write in an article. */
const WRITTEN = [
  ...['title', 'excerpt', 'content', 'heroImage'],
  ...['newsletter', 'authors', 'topics', 'relatedArticles'],
]

/** Without what is empty: one way of saving leaves it out, and another does not. */
const written = ({ text }: WholeVersion): unknown =>
  JSON.parse(
    JSON.stringify(
      WRITTEN.map((name) => (text as Record<string, unknown>)[name]),
      (_, value: unknown) => (isEmpty(value) ? undefined : value),
    ),
  )

const isEmpty = (value: unknown): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0)

const hasSameText = (one: WholeVersion, other: WholeVersion): boolean => dequal(written(one), written(other))
