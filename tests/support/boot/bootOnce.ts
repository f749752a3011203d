import { boot } from '../../../src/boot.ts'
import { configFor } from '../../../src/config.ts'
import { readEnv } from '../../../src/env.ts'

/** A process that opens the database, reads from it and ends. */
const payload = await boot(configFor(readEnv()))
await payload.count({ collection: 'subscribers' })
await payload.destroy()
process.exit(0)
