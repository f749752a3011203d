import { randomUUID } from 'node:crypto'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Payload } from 'payload'
import { boot } from '../../src/boot.ts'
import { configFor } from '../../src/config.ts'
import { readEnv, type Env } from '../../src/env.ts'
import { mailAtOnce } from './siteContent.ts'
import { templateDatabase } from './templateDatabase.ts'

export interface TestDatabase {
  payload: Payload
  env: Env
  /** Payload's router finds this Payload among those of the process by it: `payloadInstanceCacheKey`. */
  key: string
  /** Drops the database and all files. */
  close: () => Promise<void>
}

export interface TestDatabaseKind {
  name: 'SQLite' | 'MongoDB'
  /** A real Payload on a fresh database of its own; variables of the environment may be named. */
  open: (variables?: Record<string, string>) => Promise<TestDatabase>
}

/**
 * The databases of this run, for `describe.each`. tests/run.mjs says where MongoDB is, and which tests did not run when
 * there is none; where everything must run that is an error.
 */
export function testDatabases(): TestDatabaseKind[] {
  const mongo = requiredMongo()
  return [
    { name: 'SQLite', open: openSqlite },
    ...(mongo
      ? [
          {
            name: 'MongoDB' as const,
            open: (variables?: Record<string, string>) => openMongo(mongo, variables),
          },
        ]
      : []),
  ]
}

/**
 * The databases of this run as variables of the environment, for the product as processes of its own: a fresh one each
 * time it is asked. What is written to a MongoDB that was given to the run is dropped by nobody; its name is random.
 */
export function serverDatabases(): {
  name: TestDatabaseKind['name']
  variables: () => Record<string, string>
}[] {
  const mongo = requiredMongo()
  return [
    { name: 'SQLite', variables: () => ({}) },
    ...(mongo
      ? [
          {
            name: 'MongoDB' as const,
            variables: () => ({
              DATABASE_URL: freshDatabase(mongo),
              MONGODB_COMPATIBILITY: mongo.compatibility,
            }),
          },
        ]
      : []),
  ]
}

interface MongoOfThisRun {
  url: string
  compatibility: string
}

function requiredMongo(): MongoOfThisRun | null {
  const mongo = mongoOfThisRun()
  if (!mongo && process.env.CI) throw new Error('There is no MongoDB for these tests: see tests/run.mjs.')
  return mongo
}

function freshDatabase({ url }: MongoOfThisRun): string {
  const database = new URL(url)
  database.pathname = `/utskick_test_${randomUUID().slice(0, 13)}`
  return database.href
}

function mongoOfThisRun(): MongoOfThisRun | null {
  const { UTSKICK_TEST_MONGODB_URL: url, UTSKICK_TEST_MONGODB_COMPATIBILITY: compatibility } = process.env
  return url ? { url, compatibility: compatibility ?? '' } : null
}

async function openSqlite(variables: Record<string, string> = {}): Promise<TestDatabase> {
  const folder = newFolder()
  const file = join(folder, 'utskick.db')
  copyFileSync(await templateDatabase(), file)
  const opened = await openPayload({ folder, variables: { DATABASE_URL: `file:${file}`, ...variables } })
  return {
    ...opened,
    close: async () => {
      await opened.payload.destroy()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function openMongo(
  mongo: MongoOfThisRun,
  variables: Record<string, string> = {},
): Promise<TestDatabase> {
  const folder = newFolder()
  const opened = await openPayload({
    folder,
    variables: {
      DATABASE_URL: freshDatabase(mongo),
      MONGODB_COMPATIBILITY: mongo.compatibility,
      ...variables,
    },
  })
  await mailAtOnce(opened.payload)
  return {
    ...opened,
    close: async () => {
      await opened.payload.db.connection.dropDatabase()
      await opened.payload.destroy()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const newFolder = () => mkdtempSync(join(tmpdir(), 'utskick-test-'))

async function openPayload({
  folder,
  variables,
}: {
  folder: string
  variables: Record<string, string>
}): Promise<Omit<TestDatabase, 'close'>> {
  const env = readEnv({
    DATA_DIR: join(folder, 'data'),
    PAYLOAD_SECRET: 'a secret of the tests',
    SERVER_URL: 'http://site.example',
    ...variables,
  })
  const key = randomUUID()
  return { payload: await boot(configFor(env), { key }), env, key }
}
