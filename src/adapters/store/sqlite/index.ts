import type { Client } from '@libsql/client'
import type { Store } from '../../../newsletter/ports.ts'
import { audienceOperations } from './audience.ts'
import { batchOperations } from './batches.ts'
import { canaryOperations } from './canaries.ts'
import { callOperations } from './calls.ts'
import { campaignOperations } from './campaigns.ts'
import { finishingOperations } from './finishing.ts'
import { leaseOperations } from './leases.ts'
import { preparingOperations } from './preparing.ts'
import { pulseOperations } from './pulse.ts'
import { receiptOperations } from './receipt.ts'
import { remailingOperations } from './remailing.ts'
import { transactionalOperations } from './transactional.ts'

/** The flow's rows on SQLite: set-based statements, each conditional on what it needs to be true. */
export const sqliteStore = (client: Client): Store => ({
  ...leaseOperations(client),
  ...preparingOperations(client),
  ...audienceOperations(client),
  ...batchOperations(client),
  ...remailingOperations(client),
  ...campaignOperations(client),
  ...canaryOperations(client),
  ...finishingOperations(client),
  ...receiptOperations(client),
  ...transactionalOperations(client),
  ...pulseOperations(client),
  ...callOperations(client),
})
