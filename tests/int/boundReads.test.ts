import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals'
import { BSON } from 'mongodb'
import { handleEndpoints } from 'payload'
import type { TestDatabase } from '../support/databases.ts'
import { describeOnMongo, urlOf } from '../support/mongoDatabase.ts'
import { commandOf, requestIdOf, wholeMessages } from '../support/proxy/mongoMessages.ts'
import { startTcpProxy, type TcpProxy } from '../support/proxy/tcpProxy.ts'
import { logInAs, type Rest } from '../support/rest.ts'
import { createArticle } from '../support/siteContent.ts'

/** How the server answers a command whose maxTimeMS is over (mongodb.com, "Error Codes", MaxTimeMSExpired). */
const EXPIRED = { ok: 0, code: 50, codeName: 'MaxTimeMSExpired', errmsg: 'operation exceeded time limit' }

describeOnMongo('on $name, a read', (kind) => {
  let origin: TestDatabase
  let database: TestDatabase
  let proxy: TcpProxy
  let editor: Rest
  /** The reads since the last test began: command, and the time that it may take. */
  let reads: [command: string, maxTimeMS: number | undefined][] = []
  let isSlow = false

  beforeAll(async () => {
    origin = await kind.open()
    const { hostname, port, pathname } = new URL(urlOf(origin))
    proxy = await startTcpProxy({
      host: hostname,
      port: Number(port),
      relay: (link) => ({
        fromClient: wholeMessages((message) => {
          const command = commandOf(message)
          const isRead = ['find', 'aggregate', 'count'].includes(command ?? '')
          const most = isRead ? documentOf(message).maxTimeMS : undefined
          if (command && isRead) reads.push([command, most])
          if (isSlow && most !== undefined) link.toClient(answerTo(message, EXPIRED))
          else link.toServer(message)
        }),
        fromServer: (bytes) => link.toClient(bytes),
      }),
    })
    database = await kind.open({
      DATABASE_URL: `mongodb://127.0.0.1:${proxy.port}${pathname}?directConnection=true`,
    })
    editor = (await logInAs({ ...database, role: 'editor' })).rest
    await createArticle(database.payload, { title: 'Om frihet' })
  })
  beforeEach(() => {
    reads = []
    isSlow = false
  })
  afterAll(async () => {
    await database?.payload.destroy()
    await proxy?.close()
    await origin?.close()
  })

  const ask = async (path: string, headers: Record<string, string> = {}) => {
    const response = await handleEndpoints({
      config: database.payload.config,
      payloadInstanceCacheKey: database.key,
      request: new Request(`http://site.example/api${path}`, { headers }),
    })
    return {
      status: response.status,
      body: (await response.json()) as { errors?: { code?: string; message: string }[] },
    }
  }
  const PATHS = [
    '/articles?where[title][like]=frihet&where[topics.slug][in]=a,b&depth=2',
    '/articles?sort=slug&limit=100',
    '/articles/count?where[excerpt][like]=x',
    '/topics?where[name][like]=x',
    '/globals/site',
  ]

  it.each(PATHS)('of somebody without a login has a time at the database: %s', async (path) => {
    await ask(path)
    expect(reads).toEqual(reads.map(([command]) => [command, 5_000]))
    expect(reads.length).toBeGreaterThan(0)
  })

  it.each(PATHS)('that takes longer is 503, in the language of whoever asks: %s', async (path) => {
    isSlow = true
    const message = async (language: string) => {
      const { status, body } = await ask(path, { 'Accept-Language': language })
      return [status, body.errors?.[0]?.code, body.errors?.[0]?.message.split('.')[0]]
    }
    expect([await message('sv'), await message('en')]).toEqual([
      [503, 'took_too_long', 'Frågan tog för lång tid för databasen'],
      [503, 'took_too_long', 'The question took the database too long'],
    ])
  })

  it('of staff and of the program itself has none', async () => {
    isSlow = true
    expect((await editor('GET', '/articles?sort=slug')).status).toBe(200)
    await database.payload.find({ collection: 'articles' })
    expect(reads.filter(([, most]) => most !== undefined)).toEqual([])
  })
})

/** Of an OP_MSG: after the header (16), the flags (4) and the kind of the section (1). */
const documentOf = (message: Buffer): BSON.Document =>
  BSON.deserialize(message.subarray(21), { allowObjectSmallerThanBufferSize: true })

function answerTo(message: Buffer, document: BSON.Document): Buffer {
  const body = BSON.serialize(document)
  const head = Buffer.alloc(21)
  head.writeInt32LE(head.length + body.length, 0)
  head.writeInt32LE(requestIdOf(message), 8)
  head.writeInt32LE(message.readInt32LE(12), 12)
  return Buffer.concat([head, body])
}
