import type { CollectionAfterDeleteHook, CollectionBeforeDeleteHook } from 'payload'
import { beginErasure, eraseReader } from '../../../readers/eraseReader.ts'
import { hasTransaction } from '../../../saving/hasTransaction.ts'

/**
 * An admin who deletes a subscriber erases the person: no import brings them back. Before the row is gone, since its
 * address is needed, and its consents are found by it.
 */
export const eraseBeforeDelete: CollectionBeforeDeleteHook = async ({ id, req }) => {
  if (req.user) await beginErasure({ payload: req.payload, subscriberId: String(id) })
}

/** What is left needs a subscriber who is gone for everybody: within a transaction that is not so yet, and a worker does it. */
export const eraseAfterDelete: CollectionAfterDeleteHook = async ({ id, req }) => {
  if (req.user && !(await hasTransaction({ db: req.payload.db, req })))
    await eraseReader({ payload: req.payload, subscriberId: String(id) })
}
