import { createClient } from '@libsql/client'
import type { Env } from '../../src/env.ts'

/** The keys of the subscribers of a running server on SQLite, by id: no API tells them. */
export async function linkKeysOf({ database }: Pick<Env, 'database'>): Promise<Map<string, string>> {
  if (database.kind !== 'sqlite') throw new Error('This reads from a SQLite file.')
  const client = createClient({ url: database.url })
  const { rows } = await client.execute('SELECT id, link_key FROM subscribers')
  client.close()
  return new Map(rows.map(({ id, link_key: key }) => [String(id), String(key)]))
}
