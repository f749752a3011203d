import { cpSync, copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { MongoClient, type Document } from 'mongodb'
import type { TestDatabase } from '../support/databases.ts'

/** `database`: put back where it was; `folder`: all of it elsewhere; `elsewhere`: the database with an empty folder. */
export const RESTORE_KINDS = ['database', 'folder', 'elsewhere'] as const
export type RestoreKind = (typeof RESTORE_KINDS)[number]

export interface Backup {
  /** Puts it back. @returns what the environment says of where it is. */
  restore: (kind: RestoreKind) => Promise<Record<string, string>>
}

/** A backup of a database and its data folder as they are now, made as docs/operating.md says, while all goes on. */
export const takeBackup = (database: TestDatabase): Promise<Backup> =>
  database.env.database.kind === 'sqlite' ? backUpSqlite(database) : backUpMongo(database)

async function backUpSqlite({ payload, env }: TestDatabase): Promise<Backup> {
  const kept = copyFolder(env.dataDir)
  const file = join(kept, 'utskick.db')
  await payload.db.drizzle.$client.execute({ sql: 'VACUUM INTO ?', args: [file] })
  const original = env.database.url.slice('file:'.length)
  const putInto = (folder: string) => {
    copyFileSync(file, join(folder, 'utskick.db'))
    return { DATABASE_URL: `file:${join(folder, 'utskick.db')}`, DATA_DIR: folder }
  }
  return {
    restore: async (kind) => {
      if (kind === 'elsewhere') return putInto(newFolder())
      if (kind === 'folder') return putInto(copyFolder(kept))
      for (const end of ['', '-wal', '-shm']) rmSync(original + end, { force: true })
      copyFileSync(file, original)
      return { DATABASE_URL: env.database.url, DATA_DIR: env.dataDir }
    },
  }
}

async function backUpMongo({ payload, env }: TestDatabase): Promise<Backup> {
  const kept = copyFolder(env.dataDir)
  const { db } = payload.db.connection
  if (!db) throw new Error('The database is closed.')
  const names = (await db.listCollections().toArray()).map(({ name }) => name)
  const rows = new Map<string, Document[]>()
  for (const name of names) rows.set(name, await db.collection(name).find({}).toArray())
  return {
    restore: async (kind) => {
      const url = kind === 'database' ? env.database.url : databaseBeside(env.database.url)
      await putRows({ url, rows })
      const directory = { database: env.dataDir, folder: copyFolder(kept), elsewhere: newFolder() }[kind]
      return { DATABASE_URL: url, DATA_DIR: directory }
    },
  }
}

async function putRows({ url, rows }: { url: string; rows: Map<string, Document[]> }): Promise<void> {
  const client = await MongoClient.connect(url)
  try {
    for (const [name, documents] of rows) {
      const collection = client.db().collection(name)
      await collection.deleteMany({})
      if (documents.length > 0) await collection.insertMany(documents)
    }
  } finally {
    await client.close()
  }
}

const databaseBeside = (url: string): string => {
  const named = new URL(url)
  named.pathname = `/utskick_restore_${randomUUID().slice(0, 13)}`
  return named.href
}

const newFolder = () => mkdtempSync(join(tmpdir(), 'utskick-restored-'))

/** But for the database, which is no file to copy while it is written to. */
function copyFolder(from: string): string {
  const to = newFolder()
  mkdirSync(to, { recursive: true })
  cpSync(from, to, { recursive: true, filter: (path) => !/utskick\.db|\.log$|\.lock/.test(path) })
  return to
}
