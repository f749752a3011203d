import type {
  Access,
  CollectionAfterReadHook,
  CollectionBeforeChangeHook,
  PayloadRequest,
  SanitizedConfig,
  Where,
} from 'payload'
import { isNobody } from '../../access/isNobody.ts'
import type { PayloadLockedDocument } from '../../payload-types.ts'
import { refusal } from '../../refusals/refusal.ts'

/**
 * Payload's editing locks let every login write and delete everybody's, and its configuration has no say in it. Here a lock
 * belongs to who edits: Payload's forms make it past access, its owner alone removes it, and only who may write the
 * document takes it over, for themselves.
 * @param config as Payload has made it. It is changed; not the running Payload's: the build makes a config for each of its
 * parts, and GraphQL asks its own.
 */
export function guardLocks(config: SanitizedConfig): SanitizedConfig {
  const locks = config.collections.find(({ slug }) => slug === 'payload-locked-documents')
  if (!locks) return config
  locks.access = {
    ...locks.access,
    create: isNobody,
    read: isOfReadable,
    update: isStaffOnly,
    delete: isOwn,
  }
  locks.hooks.beforeChange.push(takeOver)
  locks.hooks.afterRead.push(nameOwner)
  return config
}

const isStaffOnly: Access = ({ req }) => Boolean(req.user)

const ownedBy = (user: NonNullable<PayloadRequest['user']>): Where => ({
  and: [{ 'user.relationTo': { equals: user.collection } }, { 'user.value': { equals: user.id } }],
})

const isOwn: Access = ({ req: { user } }) => (user ? ownedBy(user) : false)

/** The forms ask who edits a document: of what somebody may not read, they learn not even that it is edited. */
const isOfReadable: Access = async ({ req }) => {
  const { user, payload } = req
  if (!user) return false
  const collections = await Promise.all(
    Object.values(payload.collections).map(async ({ config: { slug, access, lockDocuments } }) =>
      lockDocuments !== false && (await access.read({ req })) !== false ? slug : null,
    ),
  )
  const globals = await Promise.all(
    payload.config.globals.map(async ({ slug, access }) => ((await access.read({ req })) ? slug : null)),
  )
  const known = (slug: string | null): slug is string => slug !== null
  const readable: Where[] = [
    ...collections.filter(known).map((slug) => ({ 'document.relationTo': { equals: slug } })),
    ...globals.filter(known).map((slug) => ({ globalSlug: { equals: slug } })),
  ]
  return { or: [...readable, ownedBy(user)] }
}

/** A change names a new owner: it is who asks, whomever they name, and nothing else changes. @throws 403 */
const takeOver: CollectionBeforeChangeHook<PayloadLockedDocument> = async ({
  data,
  operation,
  originalDoc,
  req,
}) => {
  const { user } = req
  if (operation !== 'update' || !user || !originalDoc) return data
  if (!(await mayWrite(req, originalDoc)))
    throw refusal({ req, code: 'lock_not_yours', status: 403, text: NOT_YOURS })
  return {
    document: originalDoc.document,
    globalSlug: originalDoc.globalSlug,
    user: { relationTo: user.collection, value: user.id },
  }
}

/**
 * Payload's dialog calls who writes there by their address, which is for admins, and else by their number. Its forms, which
 * read the lock within the server, get the name in its place.
 */
const nameOwner: CollectionAfterReadHook<PayloadLockedDocument> = ({ doc, req }) => {
  const owner = doc.user?.value
  if (req.payloadAPI !== 'local' || typeof owner !== 'object') return doc
  return { ...doc, user: { ...doc.user, value: { ...owner, email: owner.name } } }
}

const NOT_YOURS = {
  sv: 'Du får inte ändra det här dokumentet, och kan därför inte ta över redigeringen.',
  en: 'You may not change this document, so you cannot take over its editing.',
}

async function mayWrite(
  req: PayloadRequest,
  { document, globalSlug }: PayloadLockedDocument,
): Promise<boolean> {
  const { payload } = req
  if (globalSlug) {
    const global = payload.config.globals.find(({ slug }) => slug === globalSlug)
    return Boolean(await global?.access.update({ req }))
  }
  if (!document) return false
  const id = typeof document.value === 'object' ? document.value.id : document.value
  const allowed = await payload.collections[document.relationTo].config.access.update({ req, id })
  if (typeof allowed === 'boolean') return allowed
  const { totalDocs } = await payload.count({
    collection: document.relationTo,
    where: { and: [{ id: { equals: id } }, allowed] },
    overrideAccess: true,
    req,
  })
  return totalDocs > 0
}
