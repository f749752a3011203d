import type { Client, InStatement, ResultSet } from '@libsql/client'
import { setTimeout as wait } from 'node:timers/promises'
import { codeOf } from '../../codeOf.ts'

/** How long a statement waits inside SQLite for another process to end its write; the whole process stands still meanwhile. */
export const BUSY_TIMEOUT_MS = 5_000

const SHORTEST_PAUSE_MS = 4
const LONGEST_PAUSE_MS = 40
/** Who writes much leaves gaps of a millisecond. It takes a little patience to find one, and pages do not notice it. */
const PATIENCE_MS = 10

/**
 * Runs a statement that writes, and hardly holds up anything else in this process while another process writes: it asks
 * again after a pause, for as long as a statement waits otherwise.
 * @throws SQLITE_BUSY when that was not long enough.
 */
export async function withoutWaiting(client: Client, statement: InStatement): Promise<ResultSet> {
  const until = performance.now() + BUSY_TIMEOUT_MS
  for (let pause = SHORTEST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      return await tryOnce({ client, statement, patience: pause > SHORTEST_PAUSE_MS ? PATIENCE_MS : 0 })
    } catch (error) {
      if (!/^SQLITE_BUSY/.test(codeOf(error)) || performance.now() > until) throw error
    }
    // Not in step with the writes of the others.
    await wait(pause * (0.5 + Math.random()))
  }
}

/** libSQL runs a statement before it comes back with a promise, so nothing of anybody else gets between these three. */
async function tryOnce({
  client,
  statement,
  patience,
}: {
  client: Client
  statement: InStatement
  patience: number
}): Promise<ResultSet> {
  const [, done] = await Promise.allSettled([
    client.execute(`PRAGMA busy_timeout = ${patience}`),
    client.execute(statement),
    client.execute(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`),
  ])
  if (done.status === 'rejected') throw done.reason
  return done.value
}
