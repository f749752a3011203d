import { randomUUID } from 'node:crypto'
import { getPayload, type Config, type Payload } from 'payload'
import { configFor } from '../config.ts'
import type { Env } from '../env.ts'
import type { DatabaseFacts } from './facts.ts'
import { readDatabaseFacts } from './readFacts.ts'

/** Payload as it finds the database: nothing is migrated. Null when the database does not answer. */
export async function openForReading(env: Env): Promise<{ payload: Payload; facts: DatabaseFacts } | null> {
  try {
    // The doctor says what is wrong; the driver's words hold the address of the database.
    const logger: Config['logger'] = { options: { level: 'silent' }, destination: process.stderr }
    const payload = await getPayload({
      config: Object.assign({}, await configFor(env), { logger }),
      key: randomUUID(),
    })
    return { payload, facts: await readDatabaseFacts(payload) }
  } catch {
    return null
  }
}
