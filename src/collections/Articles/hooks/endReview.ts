import type { CollectionAfterChangeHook, CollectionAfterDeleteHook } from 'payload'
import { reviewsOf } from '../../../deps.ts'

/** What is published waits for nobody. */
export const endReview: CollectionAfterChangeHook = async ({ data, doc, req }) => {
  if ((doc._status ?? data?._status) === 'published')
    await reviewsOf({ payload: req.payload, req }).end(String(doc.id))
  return doc
}

/** The review of an article that is deleted for good goes with it; on SQLite it has gone with its row. */
export const forgetReview: CollectionAfterDeleteHook = async ({ id, req }) => {
  await reviewsOf({ payload: req.payload, req }).end(String(id))
}
