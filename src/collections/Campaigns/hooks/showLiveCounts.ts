import type { CollectionAfterReadHook } from 'payload'
import { depsOf } from '../../../deps.ts'

/**
 * While a campaign moves its counts are those of the rows; once it has finished they are kept on the campaign. What the
 * provider tells later is counted on the campaign always (newsletter/recordEvents).
 */
export const showLiveCounts: CollectionAfterReadHook = async ({ doc, req }) => {
  const isAskedFor = doc.counts !== undefined && doc.status !== undefined
  if (!isAskedFor || doc.status === 'submitted' || doc.finishedAt) return doc
  const { delivered = 0, bounced = 0, complained = 0 } = doc.counts ?? {}
  const live = await depsOf(req.payload).store.countDeliveries(String(doc.id))
  return { ...doc, counts: { ...live, delivered, bounced, complained } }
}
