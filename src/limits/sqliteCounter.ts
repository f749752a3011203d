import type { Client } from '@libsql/client'
import { RateLimiterSQLite } from 'rate-limiter-flexible'
import { countWith, LIMITER_OPTIONS } from './countWith.ts'
import type { Counter } from './ports.ts'

/** The library's own statement (an upsert that returns the sum) on Payload's table and Payload's connection. */
export const sqliteCounter = (client: Client): Counter => ({
  ...countWith(
    new RateLimiterSQLite({
      ...LIMITER_OPTIONS,
      storeType: 'better-sqlite3',
      storeClient: asBetterSqlite(client),
      tableName: 'rate_limits',
      tableCreated: true,
    }),
  ),
  clearExpired: async (now) => {
    await client.execute({ sql: 'DELETE FROM rate_limits WHERE expire <= ?', args: [now.getTime()] })
  },
})

/**
 * As much of better-sqlite3 as the library asks for. It awaits what `get` gives, so a promise will do; and its one
 * statement needs no transaction around it.
 */
const asBetterSqlite = (client: Client) => ({
  prepare: (sql: string) => ({
    get: async (...args: (string | number | null)[]) => (await client.execute({ sql, args })).rows[0],
  }),
  transaction: <Act>(act: Act): Act => act,
})
