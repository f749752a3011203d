import {
  commitTransaction,
  createLocalReq,
  initTransaction,
  killTransaction,
  restoreVersionOperation,
} from 'payload'
import type { Payload, PayloadRequest, SelectType, TypedUser, Where } from 'payload'
import type { Article } from '../../payload-types.ts'
import { idOf } from '../../content/idOf.ts'
import { toDocumentId } from '../../content/toDocumentId.ts'
import type { Id } from '../../newsletter/model.ts'
import { documentName, takeTurn } from '../../saving/turns.ts'

export type DocumentId = string | number

/**
 * Runs what changes an article in a turn of its own among the article's saves, and in one transaction where the database has
 * them.
 * @param options.req of a request; without one, a request of the program's own is made, with `context` and `user`.
 */
export async function inSaveTurn<Result>(
  {
    payload,
    id,
    req: given,
    context,
    user,
  }: {
    payload: Payload
    id: DocumentId
    req?: PayloadRequest
    context?: Record<string, unknown>
    user?: TypedUser | null
  },
  act: (req: PayloadRequest) => Promise<Result>,
): Promise<Result> {
  const req = given ?? (await createLocalReq({ ...(context && { context }), ...(user && { user }) }, payload))
  await initTransaction(req)
  try {
    await takeTurn({ db: payload.db, req, document: documentName({ owner: 'articles', id }) })
    const result = await act(req)
    await commitTransaction(req)
    return result
  } catch (error) {
    await killTransaction(req)
    throw error
  }
}

/** Makes a version the newest again: as the draft, or as what the site shows. Payload's Local API has no way to do the first. */
export const restoreVersion = async ({
  payload,
  req,
  version,
  draft,
}: {
  payload: Payload
  req: PayloadRequest
  version: Id
  draft: boolean
}): Promise<void> => {
  const { context } = req
  // Payload notes there that it restores, and takes what is saved after that for a version too.
  req.context = { ...context }
  await restoreVersionOperation({
    collection: payload.collections.articles,
    id: toDocumentId({ payload, text: version }) ?? version,
    draft,
    depth: 0,
    overrideAccess: true,
    req,
  })
  req.context = context
}

interface OfArticle {
  payload: Payload
  id: DocumentId
  req?: PayloadRequest | undefined
}

export interface ArticleVersion {
  id: Id
  isPublished: boolean
  savedAt: Date
}

/** A version with all that it holds, in every language. */
export interface WholeVersion extends ArticleVersion {
  text: object
}

/** The version of an article that was saved last; null when it has none. */
export const newestVersion = (of: OfArticle): Promise<ArticleVersion | null> => findVersion(of, {})

/** The same with its text. */
export const readNewestVersion = (of: OfArticle): Promise<WholeVersion | null> => findWhole(of, {})

/** The version of an article that was published last; null when none was. */
export const publishedVersion = (of: OfArticle): Promise<ArticleVersion | null> =>
  findVersion(of, { 'version._status': { equals: 'published' } })

/** One version of an article; null when it is not kept any more. */
export const readVersion = ({ version, ...of }: OfArticle & { version: Id }): Promise<WholeVersion | null> =>
  findWhole(of, { id: { equals: toDocumentId({ payload: of.payload, text: version }) ?? version } })

/** Whom a version is mailed to: the ids of topics, none for everybody; null when it is not kept any more. */
export async function readMailedTopics(of: OfArticle & { version: Id }): Promise<string[] | null> {
  const found = await readVersion(of)
  if (!found) return null
  const { newsletter } = found.text as Partial<Pick<Article, 'newsletter'>>
  return (newsletter?.topics ?? []).map((topic) => String(idOf(topic)))
}

async function findVersion(of: OfArticle, condition: Where): Promise<ArticleVersion | null> {
  const found = await findOne(of, condition, { updatedAt: true, version: { _status: true } })
  return found && toVersion(found)
}

async function findWhole(of: OfArticle, condition: Where): Promise<WholeVersion | null> {
  const found = await findOne(of, condition)
  return found && { ...toVersion(found), text: found.version }
}

interface VersionRow {
  id: DocumentId
  updatedAt: string | Date
  version: { _status?: string }
}

async function findOne(
  { payload, id, req }: OfArticle,
  condition: Where,
  select?: SelectType,
): Promise<VersionRow | null> {
  const { docs } = await payload.db.findVersions<VersionRow['version']>({
    ...{ collection: 'articles', where: { and: [{ parent: { equals: id } }, condition] } },
    ...{ sort: '-updatedAt', limit: 1, locale: 'all', pagination: false },
    ...(select && { select }),
    ...(req && { req }),
  })
  return docs[0] ?? null
}

const toVersion = ({ id, updatedAt, version }: VersionRow): ArticleVersion => ({
  id: String(id),
  isPublished: version._status === 'published',
  savedAt: new Date(updatedAt),
})
