import type { Db } from 'mongodb'
import type { Store } from '../../../newsletter/ports.ts'
import { audienceOperations } from './audience.ts'
import { batchOperations } from './batches.ts'
import { canaryOperations } from './canaries.ts'
import { callOperations } from './calls.ts'
import { campaignOperations } from './campaigns.ts'
import { collectionsOf } from './collections.ts'
import { finishingOperations } from './finishing.ts'
import { leaseOperations } from './leases.ts'
import { preparingOperations } from './preparing.ts'
import { pulseOperations } from './pulse.ts'
import { receiptOperations } from './receipt.ts'
import { remailingOperations } from './remailing.ts'
import { transactionalOperations } from './transactional.ts'

/**
 * The flow's rows on MongoDB. Only operations that MongoDB and the services that speak its protocol share: no
 * transaction, no update by pipeline.
 */
export const mongoStore = (db: Db): Store => {
  const collections = collectionsOf(db)
  return {
    ...leaseOperations(collections),
    ...preparingOperations(collections),
    ...audienceOperations(collections),
    ...batchOperations(collections),
    ...campaignOperations(collections),
    ...canaryOperations(collections),
    ...finishingOperations(collections),
    ...remailingOperations(collections),
    ...receiptOperations(collections),
    ...transactionalOperations(collections),
    ...pulseOperations(collections),
    ...callOperations(collections),
  }
}
