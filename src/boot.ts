import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createClient } from '@libsql/client'
import { getPayload, type Payload, type SanitizedConfig } from 'payload'
import type { Env } from './env.ts'
import { migrations } from './migrations/index.ts'

/** Payload types its generated migrations for their database and takes them as for any. */
type Migrations = NonNullable<Parameters<Payload['db']['migrate']>[0]>['migrations']

/**
 * Opens the database and brings its schema up to date; safe for several processes that start at once.
 * @throws what the database driver throws when it cannot be reached.
 */
export async function boot(config: Promise<SanitizedConfig> | SanitizedConfig): Promise<Payload> {
  const { env } = (await config).custom as { env: Env }
  mkdirSync(env.dataDir, { recursive: true })
  const payload = await getPayload({ config })
  if (env.database.kind === 'sqlite')
    await withLock(join(env.dataDir, 'migrate.lock'), () =>
      payload.db.migrate({ migrations: migrations as Migrations }),
    )
  return payload
}

/**
 * One process at a time, across processes: an exclusive transaction on a file of its own, which ends with the process
 * whatever happens to it. The others wait for a minute.
 */
async function withLock(file: string, run: () => Promise<void>): Promise<void> {
  const lock = createClient({ url: `file:${file}` })
  try {
    await lock.execute('PRAGMA busy_timeout = 60000')
    await lock.execute('BEGIN EXCLUSIVE')
    await run()
    await lock.execute('COMMIT')
  } finally {
    lock.close()
  }
}
