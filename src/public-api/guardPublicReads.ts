import type {
  BasePayload,
  CollectionAfterOperationHook,
  CollectionBeforeOperationHook,
  PayloadRequest,
  SanitizedCollectionConfig,
  Where,
} from 'payload'
import { shownArticleOf } from '../access/isPublicOrStaff.ts'
import { isStaff } from '../access/isStaff.ts'
import { PUBLIC } from '../content/isPublic.ts'
import { withoutGone } from './goneRelations.ts'
import { hideUnpublished, mentionedArticles } from './hiddenArticles.ts'
import { problem, refuseQuery } from './problem.ts'
import { publicFieldsOf, type PublicFields } from './publicFields.ts'
import { MOST_DOCUMENTS, publicKindOf, sortProblem } from './publicQuery.ts'
import { PUBLIC_BOUNDS, type IdKind } from './readValue.ts'
import { isObject, whereProblem } from './whereProblem.ts'

export const idKindOf = ({ db }: Pick<BasePayload, 'db'>): IdKind =>
  db.defaultIDType === 'number' ? 'number' : 'text'

/**
 * Before every read of a public collection by somebody who is not staff, over whichever road (REST, GraphQL, a page of
 * ours): filters and sorts go by public fields alone, and drafts and the trash are out of reach. Payload checks neither
 * what a nested filter goes through nor, with `draft`, the filter at all.
 * @throws 400 that names the field.
 */
export const guardPublicQuery: CollectionBeforeOperationHook = ({
  args,
  collection,
  operation,
  overrideAccess,
  req,
}) => {
  const fields = publicFieldsOf(collection.slug)
  if (!fields || overrideAccess || isStaff({ req }) || !READS.includes(operation)) return args
  if (operation === 'readDistinct')
    throw refuseQuery(problem('field', { sv: 'går inte utan inloggning.', en: 'needs a login.' }), req)
  const { where, sort, limit, pagination } = readsOf(args)
  const found =
    (isListOfIds(where)
      ? null
      : whereProblem({
          where,
          kindOf: publicKindOf(fields),
          idKind: idKindOf(req.payload),
          bounds: PUBLIC_BOUNDS,
        })) ?? sortProblem({ value: sort, fields, where })
  if (found) throw refuseQuery(found, req)
  const isFromOutside = req.payloadAPI !== 'local' && !isListOfIds(where)
  return {
    ...args,
    ...('draft' in args && !isShownDraft(args, req) && { draft: false }),
    ...('trash' in args && { trash: false }),
    ...(isFromOutside && 'limit' in args && { limit: boundedLimit({ limit, pagination }) }),
  }
}

const isShownDraft = (args: object, req: PayloadRequest): boolean =>
  'id' in args && args.id !== undefined && args.id === shownArticleOf(req)

const READS: string[] = ['read', 'count', 'readDistinct']

const readsOf = (args: object): { where?: unknown; sort?: unknown; limit?: unknown; pagination?: unknown } =>
  args

/** Without pages, no limit would mean all there are. */
const boundedLimit = ({
  limit,
  pagination,
}: {
  limit?: unknown
  pagination?: unknown
}): number | undefined =>
  (limit === undefined || limit === null) && pagination !== false
    ? undefined
    : Number(limit) >= 1 && Number(limit) <= MOST_DOCUMENTS
      ? Math.floor(Number(limit))
      : MOST_DOCUMENTS

/** How Payload reads the documents of a relation, and pages of ours a known set. */
function isListOfIds(where: unknown): boolean {
  if (!isObject(where) || Object.keys(where).length !== 1 || !isObject(where.id)) return false
  const { in: ids, ...others } = where.id
  return Object.keys(others).length === 0 && Array.isArray(ids) && ids.every((id) => !isObject(id))
}

/**
 * After it: an answer holds public fields alone, and no id of an article that is not public.
 */
export const guardPublicAnswer: CollectionAfterOperationHook = async ({
  collection,
  operation,
  overrideAccess,
  req,
  result,
}) => {
  const fields = publicFieldsOf(collection.slug)
  if (!fields || overrideAccess || isStaff({ req })) return result
  if (operation === 'findByID')
    return isObject(result) ? (await toPublic({ docs: [result], fields, collection, req }))[0] : result
  if (operation === 'find' && isObject(result) && Array.isArray(result.docs))
    return { ...result, docs: await toPublic({ docs: result.docs, fields, collection, req }) }
  return result
}

async function toPublic({
  docs,
  fields,
  collection,
  req,
}: {
  docs: unknown[]
  fields: PublicFields
  collection: SanitizedCollectionConfig
  req: PayloadRequest
}): Promise<Record<string, unknown>[]> {
  const open = docs.map((doc) =>
    Object.fromEntries(
      Object.entries(isObject(doc) ? doc : {}).filter(([name]) => Object.hasOwn(fields, name)),
    ),
  )
  // On SQLite a relation to what is gone is gone with it.
  const shown =
    idKindOf(req.payload) === 'number'
      ? open
      : await withoutGone({ docs: open, fields: collection.flattenedFields, req })
  const mentioned = mentionedArticles(shown)
  if (mentioned.length === 0) return shown
  const published = await publishedAmong({ ids: mentioned, req })
  return shown.map((doc) => hideUnpublished({ doc, isPublished: (id) => published.has(String(id)) }))
}

async function publishedAmong({
  ids,
  req,
}: {
  ids: (string | number)[]
  req: PayloadRequest
}): Promise<Set<string>> {
  const where: Where = { and: [{ id: { in: ids } }, PUBLIC] }
  // A read of the system: it answers which of these everybody may read.
  const { docs } = await req.payload.find({
    collection: 'articles',
    where,
    select: { slug: true },
    depth: 0,
    limit: ids.length,
    pagination: false,
    overrideAccess: true,
  })
  return new Set(docs.map(({ id }) => String(id)))
}
