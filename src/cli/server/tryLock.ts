import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { createClient } from '@libsql/client'

export interface Lock {
  release: () => Promise<void>
}

/**
 * Takes the lock that a file stands for: an exclusive transaction on it, which ends with this process whatever happens
 * to it. Null while another process has it.
 */
export async function tryLock(file: string): Promise<Lock | null> {
  mkdirSync(dirname(file), { recursive: true })
  const client = createClient({ url: `file:${file}` })
  try {
    await client.execute('BEGIN EXCLUSIVE')
    return {
      // Closing alone gives the file back only when the memory is collected.
      release: async () => {
        await client.execute('ROLLBACK')
        client.close()
      },
    }
  } catch (error) {
    client.close()
    const isTaken = error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY'
    if (!isTaken) throw error
    return null
  }
}
