import type { Client } from '@libsql/client'
import type { Store } from '../../../newsletter/ports.ts'
import { audienceOperations } from './audience.ts'
import { batchOperations } from './batches.ts'
import { campaignOperations } from './campaigns.ts'
import { finishingOperations } from './finishing.ts'
import { preparingOperations } from './preparing.ts'

/** The flow's rows on SQLite: set-based statements, each conditional on what it needs to be true. */
export const sqliteStore = (client: Client): Store => ({
  ...preparingOperations(client),
  ...audienceOperations(client),
  ...batchOperations(client),
  ...campaignOperations(client),
  ...finishingOperations(client),
})
