import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@libsql/client'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { boot } from '../../src/boot.ts'
import { configFor } from '../../src/config.ts'
import { testDatabases } from '../support/databases.ts'
import { describeOnMongo } from '../support/mongoDatabase.ts'
import { runScript } from '../support/runScript.ts'
import { templateDatabase } from '../support/templateDatabase.ts'
import { createArticle, createSubscriber } from '../support/siteContent.ts'

const CAME_UP = { code: 0, signal: null, complaints: '' }

describe('on a fresh SQLite file', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'utskick-boot-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))
  const environment = () => ({
    DATABASE_URL: `file:${join(folder, 'database', 'utskick.db')}`,
    DATA_DIR: join(folder, 'data'),
  })

  it('two processes that start at once both come up', async () => {
    const starts = Array.from({ length: 2 }, () => runScript('boot/bootOnce.ts', environment()))
    expect(await Promise.all(starts)).toEqual([CAME_UP, CAME_UP])
  })

  it('a process that was killed while it migrated leaves nothing in the way of the next', async () => {
    const killed = await runScript('boot/dieWhileMigrating.ts', environment())
    expect(killed).toMatchObject({ code: null, signal: 'SIGKILL' })
    expect(await runScript('boot/bootOnce.ts', environment())).toEqual(CAME_UP)
  })

  it('no reference keeps what it names from being deleted', async () => {
    const client = createClient({ url: `file:${await templateDatabase()}` })
    const { rows } = await client.execute(
      `SELECT sqlite_master.name || '.' || "from" AS "column"
         FROM sqlite_master, pragma_foreign_key_list(sqlite_master.name)
        WHERE type = 'table' AND on_delete NOT IN ('SET NULL', 'CASCADE')`,
    )
    client.close()
    expect(rows).toEqual([])
  })
})

describe.each(testDatabases())('on $name', ({ open }) => {
  it('a Payload knows nothing of another in the same process', async () => {
    const [one, other] = [await open(), await open()]
    await createArticle(one.payload)
    const counts = [one, other].map(({ payload }) => payload.count({ collection: 'articles' }))
    expect(await Promise.all(counts)).toEqual([{ totalDocs: 1 }, { totalDocs: 0 }])
    await Promise.all([one.close(), other.close()])
  })

  it('an article that is published twice at once right after the first start has one campaign', async () => {
    const { payload, close } = await open()
    await payload.updateGlobal({
      slug: 'site',
      data: { senderName: 'Provet', senderEmail: 'brev@example.com', postalAddress: 'Provgatan 1' },
    })
    await createSubscriber(payload)
    const { id } = await createArticle(payload, { _status: 'draft' })
    const publish = () =>
      payload.update({
        collection: 'articles',
        id,
        locale: 'sv',
        data: { _status: 'published', newsletter: { send: true } },
      })
    await Promise.all(Array.from({ length: 4 }, publish))
    expect(await payload.count({ collection: 'campaigns' })).toEqual({ totalDocs: 1 })
    await close()
  })
})

describeOnMongo('on $name', ({ open }) => {
  it('the indexes that the flow relies on are there when boot comes back', async () => {
    const { payload, close } = await open()
    const unique = async (collection: string) =>
      (await payload.db.connection.collection(collection).indexes())
        .filter((index) => index.unique)
        .map(({ key }) => Object.keys(key))
    expect({
      campaigns: await unique('campaigns'),
      batches: await unique('batches'),
      deliveries: await unique('deliveries'),
      subscribers: await unique('subscribers'),
    }).toEqual({
      campaigns: [['article', 'edition']],
      batches: [['campaign', 'snapshot', 'number']],
      deliveries: [['campaign', 'snapshot', 'subscriberRef']],
      subscribers: [['email']],
    })
    await close()
  })

  it('boot fails when rows stand against an index', async () => {
    const { payload, env, close } = await open()
    const old = payload.db.connection.useDb(`${payload.db.connection.name}_old`)
    await old.collection('campaigns').insertMany([{ article: 1 }, { article: 1 }])
    const url = env.database.url.replace(payload.db.connection.name, old.name)
    const config = configFor({ ...env, database: { ...env.database, url } })
    await expect(boot(config, { key: 'old' })).rejects.toThrow('duplicate key')
    await old.dropDatabase()
    await close()
  })
})
