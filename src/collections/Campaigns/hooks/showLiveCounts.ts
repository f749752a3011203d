import type { CollectionAfterReadHook } from 'payload'
import { depsOf } from '../../../deps.ts'

/** While a campaign moves its counts are those of the rows; once it has finished they are kept on the campaign. */
export const showLiveCounts: CollectionAfterReadHook = async ({ doc, req }) => {
  const isAskedFor = doc.counts !== undefined && doc.status !== undefined
  if (!isAskedFor || doc.status === 'submitted' || doc.finishedAt) return doc
  return { ...doc, counts: await depsOf(req.payload).store.countDeliveries(String(doc.id)) }
}
