import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import { restAs } from '../support/rest.ts'

/** How surely what is written is on the disk (PRAGMA synchronous). */
const NORMAL = 1
const FULL = 2

describe.each(testDatabases().filter(({ name }) => name === 'SQLite'))(
  'on $name, with the power cut',
  ({ open }) => {
    let database: TestDatabase
    beforeAll(async () => {
      database = await open()
      await database.payload.updateGlobal({
        slug: 'site',
        data: {
          name: 'Provet',
          senderName: 'Provet',
          senderEmail: 'brev@example.com',
          replyTo: 'svar@example.com',
        },
      })
    })
    afterAll(() => database.close())

    const level = async () =>
      Number((await database.payload.db.drizzle.$client.execute('PRAGMA synchronous')).rows[0]?.synchronous)

    it('a message to us and the mails about it are there once it was answered that they are', async () => {
      const { payload } = database
      const { create } = payload
      const levels: [string, number][] = []
      payload.create = (async (options: Parameters<typeof create>[0]) => {
        levels.push([options.collection, await level()])
        return create.call(payload, options)
      }) as typeof create
      const message = { name: 'Anna', email: 'anna@example.com', message: 'Hej!', subscribe: true }
      const { status } = await restAs(database)('POST', '/contact', message)
      payload.create = create
      expect(status).toBe(200)
      expect(levels.filter(([slug]) => ['contact-messages', 'transactional-mails'].includes(slug))).toEqual([
        ['contact-messages', FULL],
        // The notice, the thanks, and the link to confirm: a write that is on the disk takes all before it along.
        ...Array.from({ length: 3 }, () => ['transactional-mails', FULL]),
      ])
      expect(await level()).toBe(NORMAL)
    })
  },
)
