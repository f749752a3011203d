import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { createClient, type Client, type Transaction } from '@libsql/client'
import { atomically } from '../../src/adapters/database/atomicWrites.ts'
import { resetRefused } from '../../src/adapters/database/resetRefused.ts'
import { BUSY_TIMEOUT_MS, withoutWaiting } from '../../src/adapters/database/withoutWaiting.ts'

describe('a connection to SQLite', () => {
  let folder: string
  let client: Client
  let other: Client
  let held: Transaction
  beforeAll(resetRefused)
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'utskick-stuck-'))
    const url = `file:${join(folder, 'utskick.db')}`
    client = createClient({ url })
    other = createClient({ url })
    await client.executeMultiple(`PRAGMA journal_mode = WAL; PRAGMA busy_timeout = 5;
      CREATE TABLE words (word TEXT)`)
    held = await other.transaction('write')
  })
  afterEach(() => {
    client.close()
    other.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const write = (word: string) => ({ sql: 'INSERT INTO words VALUES (?)', args: [word] })
  /** As another process reads them, after all that nobody holds is gone. */
  const written = async () => {
    await collectGarbage()
    return (await other.execute('SELECT word FROM words ORDER BY word')).rows.map(({ word }) => word)
  }

  it.each<[what: string, fail: () => Promise<unknown>]>([
    ['a statement', () => client.execute(write('lost'))],
    [
      'a statement that returns rows',
      () => client.execute("INSERT INTO words VALUES ('lost') RETURNING word"),
    ],
    ['a batch', () => client.batch([write('lost')], 'write')],
    ['a transaction', () => client.transaction('write')],
    ['a write of several statements', () => atomically(client, () => client.execute(write('lost')))],
  ])('keeps what it writes after %s has found the file locked', async (_, fail) => {
    await expect(fail()).rejects.toMatchObject({ code: 'SQLITE_BUSY' })
    await held.rollback()
    await client.execute(write('alone'))
    await client.execute("INSERT INTO words VALUES ('returning') RETURNING word")
    await client.batch([write('batch')], 'write')
    await atomically(client, () => client.execute(write('several')))
    expect(await written()).toEqual(['alone', 'batch', 'returning', 'several'])
  })

  it('waits for the file without holding up its process', async () => {
    let steps = 0
    const stepping = setInterval(() => (steps += 1), 1)
    const done = withoutWaiting(client, write('patient'))
    while (steps < 20) await new Promise((resolve) => setImmediate(resolve))
    await held.rollback()
    await done
    clearInterval(stepping)
    const { rows } = await client.execute('PRAGMA busy_timeout')
    expect([await written(), rows[0]?.timeout]).toEqual([['patient'], BUSY_TIMEOUT_MS])
  })
})

async function collectGarbage(): Promise<void> {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  for (let round = 0; round < 2; round++) {
    collect()
    await new Promise((resolve) => setImmediate(resolve))
  }
}
