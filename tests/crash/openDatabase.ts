import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { boot } from '../../src/boot.ts'
import { configFor } from '../../src/config.ts'
import { readEnv } from '../../src/env.ts'
import type { TestDatabase } from '../support/databases.ts'

/**
 * A real Payload on a database that is empty but for its schema, with everything in this folder. Says nothing but errors.
 * @param variables of the environment; without a DATABASE_URL it is a SQLite file in the folder.
 */
export async function openDatabase({
  folder,
  variables,
}: {
  folder: string
  variables: Record<string, string>
}): Promise<TestDatabase> {
  const env = readEnv({
    DATABASE_URL: `file:${join(folder, 'utskick.db')}`,
    DATA_DIR: folder,
    PAYLOAD_SECRET: 'a secret of the tests',
    SERVER_URL: 'http://site.example',
    ...variables,
  })
  const key = randomUUID()
  const logger = { options: { level: 'error' }, destination: process.stderr }
  const payload = await boot(Object.assign({}, await configFor(env), { logger }), { key })
  return { payload, env, key, close: () => payload.destroy() }
}
