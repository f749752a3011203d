import type { CollectionAfterOperationHook } from 'payload'

/**
 * Payload takes the editing lock away at each save, as if the editor were done. After an autosave they go on writing, so it
 * is given back: without it a colleague who comes meanwhile is not told that somebody writes here.
 */
export const keepLock: CollectionAfterOperationHook<'articles'> = async (operation) => {
  if (operation.operation !== 'updateByID') return operation.result
  const { args, result, req } = operation
  const { payload, user } = req
  // One that another has would have refused the save.
  if (args.autosave && user)
    await payload.create({
      collection: 'payload-locked-documents',
      data: {
        document: { relationTo: 'articles', value: result.id },
        user: { relationTo: user.collection, value: user.id },
      },
      depth: 0,
      overrideAccess: true,
      req,
    })
  return result
}
