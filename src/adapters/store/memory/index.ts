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
import { remailingOperations } from './remailing.ts'
import type { Rows } from './rows.ts'
import { transactionalOperations } from './transactional.ts'

/** The flow's rows in memory, for tests: what the contract suite asks of every store, without a database. */
export const memoryStore = (rows: Rows): Store => ({
  ...leaseOperations(rows),
  ...preparingOperations(rows),
  ...audienceOperations(rows),
  ...batchOperations(rows),
  ...remailingOperations(rows),
  ...campaignOperations(rows),
  ...canaryOperations(rows),
  ...finishingOperations(rows),
  ...transactionalOperations(rows),
  ...pulseOperations(rows),
  ...callOperations(rows),
})
