import type { Client } from '@libsql/client'

/** How many pieces of work on a connection want to be on the disk at this moment. */
const wanting = new WeakMap<Client, number>()

/**
 * What `run` writes is on the disk when it comes back, so that a power failure does not undo it. Everything else is
 * written with `synchronous = NORMAL` (src/config.ts), which a process may be killed at any time with but which loses
 * the last writes with the power; with a call to a provider between, that would be a second mail.
 */
export async function durably<Result>(client: Client, run: () => Promise<Result>): Promise<Result> {
  if (change(client, 1) === 1) await client.execute('PRAGMA synchronous = FULL')
  try {
    return await run()
  } finally {
    if (change(client, -1) === 0) await client.execute('PRAGMA synchronous = NORMAL')
  }
}

function change(client: Client, by: 1 | -1): number {
  const count = (wanting.get(client) ?? 0) + by
  wanting.set(client, count)
  return count
}
