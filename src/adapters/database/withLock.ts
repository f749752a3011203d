import { createClient } from '@libsql/client'

/**
 * One process at a time, across processes: an exclusive transaction on a file of its own, which ends with the process
 * whatever happens to it. The others wait for a minute.
 */
export async function withLock<Result>(file: string, run: () => Promise<Result>): Promise<Result> {
  const lock = createClient({ url: `file:${file}` })
  try {
    await lock.execute('PRAGMA busy_timeout = 60000')
    await lock.execute('BEGIN EXCLUSIVE')
    const result = await run()
    await lock.execute('COMMIT')
    return result
  } finally {
    lock.close()
  }
}
