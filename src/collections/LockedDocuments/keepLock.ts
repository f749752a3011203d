import type { CollectionAfterOperationHook, CollectionBeforeOperationHook } from 'payload'
import type { PayloadLockedDocument } from '../../payload-types.ts'

/** Nobody says that they leave a page that saves itself: so long after their last change they are taken to be gone. */
export const LOCK_SECONDS = 120

const OTHERS = 'utskick.locksOfOthers'
type Lock = Pick<PayloadLockedDocument, 'user' | 'updatedAt'>

/**
 * Payload takes the editing lock away at each save, as if its owner were done. Here it is given back: to a colleague who
 * writes and has not saved, and to who saves by autosave, since they go on writing. Without it nobody who comes meanwhile
 * is told that somebody writes here.
 */
export const noteLock: CollectionBeforeOperationHook<'articles'> = async ({ args, operation, req }) => {
  const { payload, user } = req
  if (operation !== 'update' || !('id' in args) || !user) return args
  const { docs } = await payload.find({
    collection: 'payload-locked-documents',
    where: {
      and: [
        { 'document.relationTo': { equals: 'articles' } },
        { 'document.value': { equals: args.id } },
        { 'user.value': { not_equals: user.id } },
        { updatedAt: { greater_than: new Date(Date.now() - LOCK_SECONDS * 1000).toISOString() } },
      ],
    },
    sort: '-updatedAt',
    limit: 1,
    pagination: false,
    depth: 0,
    overrideAccess: true,
    req,
  })
  req.context[OTHERS] = docs
  return args
}

export const keepLock: CollectionAfterOperationHook<'articles'> = async (operation) => {
  if (operation.operation !== 'updateByID') return operation.result
  const { args, result, req } = operation
  const { payload, user } = req
  const [others] = (req.context[OTHERS] ?? []) as Lock[]
  const own = args.autosave && user ? { user: { relationTo: user.collection, value: user.id } } : null
  const lock = others ? { user: others.user, updatedAt: others.updatedAt } : own
  if (lock)
    await payload.create({
      collection: 'payload-locked-documents',
      data: { document: { relationTo: 'articles', value: result.id }, ...lock },
      depth: 0,
      overrideAccess: true,
      req,
    })
  return result
}
