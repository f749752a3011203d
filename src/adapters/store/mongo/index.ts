import type { Db } from 'mongodb'
import type { Store } from '../../../newsletter/ports.ts'
import { audienceOperations } from './audience.ts'
import { batchOperations } from './batches.ts'
import { campaignOperations } from './campaigns.ts'
import { collectionsOf } from './collections.ts'
import { finishingOperations } from './finishing.ts'
import { preparingOperations } from './preparing.ts'

/**
 * The flow's rows on MongoDB. Only operations that MongoDB and the services that speak its protocol share: no
 * transaction, no update by pipeline.
 */
export const mongoStore = (db: Db): Store => {
  const collections = collectionsOf(db)
  return {
    ...preparingOperations(collections),
    ...audienceOperations(collections),
    ...batchOperations(collections),
    ...campaignOperations(collections),
    ...finishingOperations(collections),
  }
}
