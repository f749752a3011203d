import type { Db } from 'mongodb'
import { getPayload, type Payload, type SanitizedConfig } from 'payload'
import { atomically } from './adapters/database/atomicWrites.ts'
import { giveLinkKeys } from './adapters/database/giveLinkKeys.ts'
import { freeMoves, guardMoves } from './adapters/database/guardMoves.ts'
import { giveEditions } from './adapters/database/giveEditions.ts'
import { giveVisibility } from './adapters/database/giveVisibility.ts'
import { indexSeat } from './adapters/database/indexSeat.ts'
import { withLock } from './adapters/database/withLock.ts'
import { respellAddresses } from './adapters/database/respellAddresses.ts'
import { planWaitingJobs } from './adapters/plans/plansFromJobs.ts'
import { fillMongoFormerSlugs } from './adapters/formerSlugs.ts'
import { depsOf, mongoOf } from './deps.ts'
import { noteSecret } from './doctor/secretFingerprint.ts'
import type { Env } from './env.ts'
import { keepPrivate } from './keepPrivate.ts'
import { migrations } from './migrations/index.ts'

/** Payload types its generated migrations for their database and takes them as for any. */
type Migrations = NonNullable<Parameters<Payload['db']['migrate']>[0]>['migrations']

/**
 * Opens the database and brings its schema up to date; safe for several processes that start at once. When it comes
 * back every unique index is there: "once per article" is one of them.
 * @param options.key tells Payloads of one process apart; whoever uses Payload's router names it there too.
 * @throws what the database driver throws when it cannot be reached, or when an index cannot be built.
 */
export async function boot(
  config: Promise<SanitizedConfig> | SanitizedConfig,
  { key }: { key?: string } = {},
): Promise<Payload> {
  const { env } = (await config).custom as { env: Env }
  keepPrivate(env)
  const open = () => getPayload({ config, ...(key !== undefined && { key }) })
  const payload =
    env.database.kind === 'sqlite'
      ? await openMigrated({ url: env.database.url, open })
      : await openIndexed(open)
  if (env.database.kind === 'mongodb') await fillMongoFormerSlugs({ payload, db: mongoOf(payload) })
  await respellAddresses({ payload, ...depsOf(payload) })
  await noteSecret(payload)
  return payload
}

async function openIndexed(open: () => Promise<Payload>): Promise<Payload> {
  const payload = await open()
  await untilIndexed(payload)
  await bringRowsUpToDate(payload)
  return payload
}

/** MongoDB has no migrations: what one would do to rows is done once, and noted by this name. */
const ROW_CHANGES: Record<string, (db: Db) => Promise<void>> = {
  'utskick-link-keys-given': giveLinkKeys,
  'utskick-jobs-planned': planWaitingJobs,
  'utskick-visibility-given': giveVisibility,
  'utskick-editions-given': giveEditions,
}

async function bringRowsUpToDate(payload: Payload): Promise<void> {
  for (const [name, change] of Object.entries(ROW_CHANGES)) {
    if (await payload.kv.has(name)) continue
    await change(mongoOf(payload))
    await payload.kv.set(name, true)
  }
}

/** Mongoose builds the indexes in the background. */
async function untilIndexed(payload: Payload): Promise<void> {
  const models = [...Object.values(payload.db.collections), ...Object.values(payload.db.versions)]
  try {
    await Promise.all(models.map((model) => model.init()))
    await indexSeat(mongoOf(payload))
  } catch (error) {
    await payload.destroy()
    throw error
  }
}

async function openMigrated({ url, open }: { url: string; open: () => Promise<Payload> }): Promise<Payload> {
  const file = url.slice('file:'.length)
  return withLock(`${file}.lock`, async () => {
    const payload = await open()
    await migrateWhole(payload)
    return payload
  })
}

/**
 * All that is missing or nothing: a process that is killed half-way would leave tables that the next one cannot make.
 * Foreign keys rest meanwhile, as SQLite asks for where tables are made anew (sqlite.org/lang_altertable.html, 7): the
 * generated migrations turn them off themselves, which within a transaction does nothing.
 */
async function migrateWhole(payload: Payload): Promise<void> {
  const { $client: client } = payload.db.drizzle
  await client.execute('PRAGMA foreign_keys = OFF')
  try {
    await atomically(client, async () => {
      await freeMoves(client)
      await payload.db.migrate({ migrations: migrations as Migrations })
      await guardMoves(client)
    })
  } finally {
    await client.execute('PRAGMA foreign_keys = ON')
  }
}
