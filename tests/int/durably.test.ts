import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createClient, type Client } from '@libsql/client'
import { durably } from '../../src/adapters/database/durably.ts'
import { sqliteStore } from '../../src/adapters/store/sqlite/index.ts'
import type { ClaimedBatch } from '../../src/newsletter/model.ts'
import { at, lease } from '../support/flow/time.ts'
import { templateDatabase } from '../support/templateDatabase.ts'

const NORMAL = 1
const FULL = 2
const now = at('08:00')

describe('on SQLite, that a batch is in doubt', () => {
  let folder: string
  let client: Client
  /** How surely each statement that seals a batch was on the disk when the next one ran. */
  let levels: unknown[]
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'utskick-durably-'))
    const file = join(folder, 'utskick.db')
    copyFileSync(await templateDatabase(), file)
    client = createClient({ url: `file:${file}` })
    await client.executeMultiple(`PRAGMA synchronous = NORMAL;
      INSERT INTO articles (id, slug) VALUES (1, 'a');
      INSERT INTO campaigns (id, article_id, status, due_at, snapshot) VALUES (1, 1, 'submitting', '2026', 's');
      INSERT INTO batches (campaign_id, snapshot, number, status, idempotency_key, attempts, due_at)
        VALUES (1, 's', 0, 'pending', 'k0', 0, '2026'), (1, 's', 1, 'pending', 'k1', 0, '2026');`)
    levels = []
    const { execute } = client
    client.execute = async (statement) => {
      const isSealing = typeof statement !== 'string' && /exclusions = CASE/.test(statement.sql)
      if (isSealing) levels.push(await level())
      return execute.call(client, statement)
    }
  })
  afterEach(() => {
    client.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const level = async () => Object.values((await client.execute('PRAGMA synchronous')).rows[0] ?? {})[0]
  const claim = async (worker: string): Promise<{ batch: ClaimedBatch; token: string }> => {
    const batch = await sqliteStore(client).claimBatch({ now, lease: lease(worker) })
    if (!batch) throw new Error('No batch is due.')
    return { batch, token: worker }
  }
  const seal = (held: { batch: ClaimedBatch; token: string }, callWith: string | null) =>
    sqliteStore(client).sealBatch({ ...held, callWith, now })

  it('is on the disk before the call, and nothing else has to wait for the disk', async () => {
    await seal(await claim('a'), 'memory')
    expect([levels, await level()]).toEqual([[FULL], NORMAL])
  })

  it('is so for each of several at once, whoever is done first', async () => {
    const held = [await claim('a'), await claim('b')]
    await Promise.all(held.map((it) => seal(it, 'memory')))
    let goOn = () => {}
    const isTime = new Promise<void>((resolve) => (goOn = resolve))
    const slow = durably(client, () => isTime.then(level))
    await durably(client, async () => undefined)
    goOn()
    expect([levels, await slow, await level()]).toEqual([[FULL, FULL], FULL, NORMAL])
  })

  it('does not matter when no call follows', async () => {
    await seal(await claim('a'), null)
    expect([levels, await level()]).toEqual([[NORMAL], NORMAL])
  })
})
