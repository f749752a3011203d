import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { Payload } from 'payload'
import { descendantsOf } from '../measure/processes.ts'
import { provideMongo } from '../../tests/support/mongodb/server.mjs'

export const DATABASES = ['sqlite', 'mongodb'] as const
export type DatabaseName = (typeof DATABASES)[number]

export interface Database {
  name: DatabaseName
  /** What it really is: the test server is in memory and one process. */
  kind: string
  /** A fresh one each time: variables of the environment. */
  variables: (folder: string) => Record<string, string>
  /** The processes of its server on this machine; none where the database is in the worker, or not ours. */
  pids: number[]
  /** What it needs besides its schema. */
  prepare: (payload: Payload) => Promise<void>
  stop: () => Promise<void>
}

/** The embedded database: a file in the folder, in the process that asks. */
const sqlite: Database = {
  name: 'sqlite',
  kind: 'SQLite',
  variables: (folder) => ({ DATABASE_URL: `file:${join(folder, 'utskick.db')}` }),
  pids: [],
  prepare: async () => undefined,
  stop: async () => undefined,
}

/** Enough for a million subscribers with a delivery each: the test server keeps all in memory. */
const MEMORY_MB = 6_144

/** @throws with what to install when there is no MongoDB. */
export async function openDatabase(name: DatabaseName): Promise<Database> {
  if (name === 'sqlite') return sqlite
  const before = new Set(descendantsOf(process.pid))
  const server = await provideMongo({ memoryMb: MEMORY_MB })
  if ('missing' in server) throw new Error(`There is no MongoDB: ${server.missing}`)
  return {
    name,
    kind: `MongoDB (${server.kind})`,
    pids: descendantsOf(process.pid).filter((pid) => !before.has(pid)),
    prepare: server.kind === 'test server' ? indexForTestServer : async () => undefined,
    stop: server.stop,
    variables: () => {
      const url = new URL(server.url)
      url.pathname = `/utskick_bench_${randomUUID().slice(0, 13)}`
      return { DATABASE_URL: url.href, MONGODB_COMPATIBILITY: server.compatibility ?? '' }
    },
  }
}

/**
 * The test server uses an index only when it is unique and a query names its very fields; else it reads every document.
 * A MongoDB finds these by their _id. Without it 100,000 recipients would take an hour.
 */
async function indexForTestServer(payload: Payload): Promise<void> {
  const deliveries = payload.db.connection.collection('deliveries')
  await deliveries.createIndex({ _id: 1, status: 1 }, { unique: true })
}
