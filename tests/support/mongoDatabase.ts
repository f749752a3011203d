import { describe, it } from '@jest/globals'
import type { Db } from 'mongodb'
import { testDatabases, type TestDatabase, type TestDatabaseKind } from './databases.ts'

/** A suite on MongoDB alone, for what only it has; skipped when this run has none, which tests/run.mjs says. */
export function describeOnMongo(title: string, suite: (kind: TestDatabaseKind) => void): void {
  const kinds = testDatabases().filter(({ name }) => name === 'MongoDB')
  if (kinds.length > 0) describe.each(kinds)(title, suite)
  else describe.skip(title.replace('$name', 'MongoDB'), () => void it('needs MongoDB', () => undefined))
}

export function urlOf({ env: { database } }: TestDatabase): string {
  if (database.kind !== 'mongodb') throw new Error('This is not MongoDB.')
  return database.url
}

/** The driver's own view of it, past Payload. */
export function driverOf({ payload }: TestDatabase): Db {
  const { db } = payload.db.connection
  if (!db) throw new Error('It is not connected.')
  return db
}

/**
 * A MongoDB proper, which explains its plans and has a primary that can step down; the test server and the services that
 * need one of Payload's presets do not.
 */
export const isMongoProper = (): boolean => process.env.UTSKICK_TEST_MONGODB_COMPATIBILITY === ''

/** What a run on the test server leaves unproven, in a line of its own. */
export const sayUnproven = (what: string): void => {
  console.log(`Not proven in this run: ${what}. It needs a MongoDB proper: set MONGODB_TEST_URL.`)
}
