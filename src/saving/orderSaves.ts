import type {
  CollectionBeforeChangeHook,
  CollectionBeforeDeleteHook,
  CollectionAfterDeleteHook,
  CollectionBeforeOperationHook,
  CollectionConfig,
  CollectionSlug,
  Config,
  GlobalBeforeChangeHook,
  GlobalBeforeOperationHook,
  GlobalConfig,
  PayloadRequest,
} from 'payload'
import { refusal } from '../refusals/refusal.ts'
import { isNewest, readBases, savedBy } from './base.ts'
import { staleSave } from './staleSave.ts'
import { documentName, forgetTurns, takeTurn, turnOf, type Turn } from './turns.ts'

/** What several people write in. */
export const ORDERED_COLLECTIONS = ['articles', 'authors', 'topics', 'media']
export const ORDERED_GLOBALS = ['site']

export const isOrdered = (slug: string): boolean =>
  ORDERED_COLLECTIONS.includes(slug) || ORDERED_GLOBALS.includes(slug)

/**
 * A Payload plugin: saves of one document happen one after the other, so that each builds upon the one before whole, and a
 * save that names the save it builds upon (If-Match) is refused when there is a newer one. One that names none is taken.
 * Payload's editing lock keeps nobody from saving: it tells people who writes here. Its form tells who else has it open.
 */
export const orderSaves = (config: Config): Config => ({
  ...config,
  collections: config.collections?.map((collection) =>
    ORDERED_COLLECTIONS.includes(collection.slug) ? forSeveral(collection) : collection,
  ),
  globals: config.globals?.map((global) =>
    ORDERED_GLOBALS.includes(global.slug) ? globalForSeveral(global) : global,
  ),
})

const PRESENCE = '/admin/saving/Presence.tsx#Presence'

const forSeveral = ({ admin, hooks, ...collection }: CollectionConfig): CollectionConfig => ({
  ...collection,
  admin: {
    ...admin,
    components: {
      ...admin?.components,
      edit: {
        ...admin?.components?.edit,
        beforeDocumentControls: [PRESENCE, ...(admin?.components?.edit?.beforeDocumentControls ?? [])],
      },
    },
  },
  hooks: {
    ...hooks,
    beforeOperation: [...(hooks?.beforeOperation ?? []), takeTurnOfDocument],
    // Before those that write other rows.
    beforeChange: [refuseStaleSave, ...(hooks?.beforeChange ?? [])],
    beforeDelete: [...(hooks?.beforeDelete ?? []), refuseStaleDelete],
    afterDelete: [...(hooks?.afterDelete ?? []), forgetDocument],
  },
})

const globalForSeveral = ({ admin, hooks, ...global }: GlobalConfig): GlobalConfig => ({
  ...global,
  admin: {
    ...admin,
    components: {
      ...admin?.components,
      elements: {
        ...admin?.components?.elements,
        beforeDocumentControls: [PRESENCE, ...(admin?.components?.elements?.beforeDocumentControls ?? [])],
      },
    },
  },
  hooks: {
    ...hooks,
    beforeOperation: [...(hooks?.beforeOperation ?? []), takeTurnOfGlobal],
    beforeChange: [refuseStaleGlobal, ...(hooks?.beforeChange ?? [])],
  },
})

/** Before Payload reads the document. Strangers wait for nobody, and nobody for them: access refuses them. */
const takeTurnOfDocument: CollectionBeforeOperationHook = async ({ args, collection, operation, req }) => {
  if (operation !== 'update') return args
  const id =
    'id' in args && (typeof args.id === 'string' || typeof args.id === 'number') ? args.id : undefined
  if (id === undefined) req.context[BULK_READS] = readsDrafts(args) ? 'current' : 'published'
  else if (req.user || args.overrideAccess)
    await takeTurn({ db: req.payload.db, req, document: documentName({ owner: collection.slug, id }) })
  return { ...args, overrideLock: true }
}

/** What a bulk edit builds upon: the newest drafts, or what is published. As in Payload's updateOperation. */
const BULK_READS = 'utskick.bulkReads'
const readsDrafts = (args: object): boolean => {
  const isMovedToTrash =
    'data' in args && typeof args.data === 'object' && args.data !== null && 'deletedAt' in args.data
  return ('draft' in args && Boolean(args.draft)) || isMovedToTrash
}

const takeTurnOfGlobal: GlobalBeforeOperationHook = async ({ args, global, operation, req }) => {
  if (operation !== 'update') return args
  if (req.user || args.overrideAccess)
    await takeTurn({ db: req.payload.db, req, document: documentName({ owner: global.slug }) })
  return { ...args, overrideLock: true }
}

const refuseStaleSave: CollectionBeforeChangeHook = async ({
  collection,
  data,
  operation,
  originalDoc,
  req,
}) => {
  if (operation === 'update' && originalDoc?.id !== undefined)
    await refuseStale({ req, owner: collection.slug, document: originalDoc })
  return data
}

const refuseStaleGlobal: GlobalBeforeChangeHook = async ({ data, global, originalDoc, req }) => {
  const turn = await turnOf({ db: req.payload.db, req, document: documentName({ owner: global.slug }) })
  const stored = timeOf(originalDoc)
  if (turn) await begin({ req, turn, stored: stored ?? 0, latest: stored ?? 0 })
  return data
}

/** What somebody deletes for good is what they have seen. */
const refuseStaleDelete: CollectionBeforeDeleteHook = async ({ collection, id, req }) => {
  const document = await readTimes({ req, owner: collection.slug, id })
  if (document.current !== null)
    await refuseStale({ req, owner: collection.slug, document: { id, updatedAt: iso(document.current) } })
}

const forgetDocument: CollectionAfterDeleteHook = async ({ collection, id, req }) => {
  await forgetTurns({ db: req.payload.db, document: documentName({ owner: collection.slug, id }) })
}

async function refuseStale({
  req,
  owner,
  document,
}: {
  req: PayloadRequest
  owner: string
  document: { id: string | number; updatedAt?: unknown }
}): Promise<void> {
  const of = { db: req.payload.db, req, document: documentName({ owner, id: document.id }) }
  const early = await turnOf(of)
  const turn = early ?? (await takeTurn(of))
  if (!turn) return
  const stored = timeOf(document) ?? 0
  const isKnown = turn.lastSave !== null && turn.lastSave.to >= stored
  if (early && isKnown) return begin({ req, turn, stored, latest: turn.lastSave?.to ?? stored })
  const times = await readTimes({ req, owner, id: document.id })
  // A bulk edit and a restore have read the document before their turn: what was saved meanwhile is not written over.
  const read = req.context[BULK_READS] === 'published' ? times.published : times.current
  if (!early && stored !== read)
    throw await staleSave({ req, by: turn.lastSave?.by ?? null, at: times.current ?? stored })
  await begin({ req, turn, stored: times.current ?? stored, latest: times.latest ?? stored })
}

/** @throws 409 for a save that builds upon an older one, 400 for an If-Match that no answer can have given. */
async function begin({
  req,
  turn,
  stored,
  latest,
}: {
  req: PayloadRequest
  turn: Turn
  stored: number
  latest: number
}): Promise<void> {
  const { lastSave } = turn
  turn.after = Math.max(stored, latest, lastSave?.to ?? 0)
  turn.by = req.user?.collection === 'users' ? String(req.user.id) : null
  const bases = turn.isFirst && isAsked(req) ? readBases(req.headers.get('If-Match')) : null
  if (bases === 'invalid') throw baseInvalid(req)
  if (bases && !bases.some((base) => isNewest({ base, stored, lastSave })))
    throw await staleSave({ req, by: savedBy({ stored, lastSave }), at: stored })
}

/** A request that came in, and not one that the program makes of itself. */
const isAsked = ({ payloadAPI }: PayloadRequest): boolean => payloadAPI === 'REST' || payloadAPI === 'GraphQL'

/** As they are stored now, whatever the transaction of the request has seen: milliseconds since 1970. */
async function readTimes({
  req: { payload },
  owner,
  id,
}: {
  req: PayloadRequest
  owner: string
  id: string | number
}): Promise<{ published: number | null; current: number | null; latest: number | null }> {
  const collection = owner as CollectionSlug
  const document = await payload.db.findOne<{ updatedAt?: unknown; id: string | number }>({
    collection,
    where: { id: { equals: id } },
    select: { updatedAt: true },
    req: {},
  })
  const published = timeOf(document)
  if (!payload.collections[collection].config.versions)
    return { published, current: published, latest: published }
  const { docs } = await payload.db.findVersions<{ updatedAt?: unknown }>({
    collection,
    where: { and: [{ parent: { equals: id } }, { latest: { equals: true } }] },
    sort: '-updatedAt',
    limit: 1,
    pagination: false,
    req: {},
  })
  const [version] = docs
  return { published, current: timeOf(version?.version) ?? published, latest: timeOf(version) ?? published }
}

function timeOf(document: unknown): number | null {
  const at =
    typeof document === 'object' && document !== null && 'updatedAt' in document ? document.updatedAt : null
  return typeof at === 'string' || at instanceof Date ? new Date(at).getTime() : null
}

const iso = (at: number): string => new Date(at).toISOString()

const baseInvalid = (req: PayloadRequest) =>
  refusal({
    req,
    code: 'base_invalid',
    status: 400,
    text: {
      sv: 'If-Match ska vara den ETag som svaret på en läsning av dokumentet har, med sina citattecken.',
      en: 'If-Match must be the ETag of the answer to a read of this document, with its quotation marks.',
    },
  })
