import type { Store } from '../../../newsletter/ports.ts'
import { audienceOperations } from './audience.ts'
import { batchOperations } from './batches.ts'
import { campaignOperations } from './campaigns.ts'
import { finishingOperations } from './finishing.ts'
import { preparingOperations } from './preparing.ts'
import type { Rows } from './rows.ts'

/** The flow's rows in memory, for tests: what the contract suite asks of every store, without a database. */
export const memoryStore = (rows: Rows): Store => ({
  ...preparingOperations(rows),
  ...audienceOperations(rows),
  ...batchOperations(rows),
  ...campaignOperations(rows),
  ...finishingOperations(rows),
})
