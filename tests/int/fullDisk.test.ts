import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Client } from '@libsql/client'
import { memoryMailer } from '../../src/adapters/mailer/memory/memoryMailer.ts'
import { depsOf } from '../../src/deps.ts'
import { finishCampaigns } from '../../src/newsletter/finishCampaigns.ts'
import type { Mailer } from '../../src/newsletter/ports.ts'
import { prepareNextCampaign } from '../../src/newsletter/prepareNextCampaign.ts'
import { LEASE_MS } from '../../src/newsletter/rules/lease.ts'
import { sendNextBatch } from '../../src/newsletter/sendNextBatch.ts'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import { freePace } from '../support/flow/newsroom.ts'
import { logInAs, type Rest } from '../support/rest.ts'
import { createSubscriber, paragraph } from '../support/siteContent.ts'

const SENDER = {
  senderName: 'Provet',
  senderEmail: 'brev@example.com',
  postalAddress: 'Provgatan 1, Stockholm',
}
/** More than the pages that SQLite has left over somewhere. */
const MUCH = 'x'.repeat(300_000)

describe.each(testDatabases().filter(({ name }) => name === 'SQLite'))(
  'on $name, a full disk',
  ({ open }) => {
    let database: TestDatabase
    let client: Client
    let editor: Rest
    beforeAll(async () => {
      database = await open()
      client = database.payload.db.drizzle.$client
      editor = (await logInAs({ ...database, role: 'editor' })).rest
      await editor('POST', '/globals/site', SENDER)
    })
    afterAll(() => database.close())

    /** SQLite answers as it does when the disk is full: it takes no page more than it has. */
    const fillDisk = async () => {
      const { rows } = await client.execute('PRAGMA page_count')
      await client.execute(`PRAGMA max_page_count = ${rows[0]?.page_count}`)
    }
    const makeRoom = () => client.execute('PRAGMA max_page_count = 1073741823')

    const publish = (title: string, text: string, send = true) =>
      editor('POST', '/articles?depth=0&locale=sv', {
        title,
        slug: title.toLowerCase(),
        content: paragraph(text),
        _status: 'published',
        newsletter: { send },
      })

    const readArticle = async (id: unknown) => {
      const { body } = await editor('GET', `/articles/${String(id)}?depth=0&locale=sv`)
      return { title: body.title, content: body.content }
    }
    const REFUSED = {
      status: 507,
      body: {
        errors: [
          {
            code: 'disk_full',
            message:
              'The disk that holds the database is full. Nothing of this was saved: make room, and save again.',
          },
        ],
      },
    }

    it('tells an editor so, and keeps what there was', async () => {
      const { body } = await publish('Ett', 'Text', false)
      const { id } = body.doc as { id: unknown }
      const before = await readArticle(id)
      const changed = { title: 'Nytt', content: paragraph(MUCH) }
      await fillDisk()
      const answers = [
        await publish('Två', MUCH, false),
        await editor('PATCH', `/articles/${String(id)}?locale=sv`, changed),
      ]
      const meanwhile = await readArticle(id)
      await makeRoom()
      expect([...answers, meanwhile, (await editor('GET', '/articles/count')).body]).toEqual([
        REFUSED,
        REFUSED,
        before,
        { totalDocs: 1 },
      ])
      expect((await editor('PATCH', `/articles/${String(id)}?locale=sv`, changed)).status).toBe(200)
      expect(await readArticle(id)).toMatchObject({ title: 'Nytt' })
    })

    it('after the provider said yes leaves the batch in doubt, and mails nobody twice', async () => {
      for (const name of ['anna', 'bertil', 'cecilia'])
        await createSubscriber(database.payload, { email: `${name}@example.com` })
      await client.execute('DELETE FROM campaigns')
      await publish('Tre', 'Text')
      const time = { now: new Date() }
      const { mailer, calls } = mailerThatFills(fillDisk)
      const clock = { now: () => time.now }
      const flow = { ...depsOf(database.payload), mailer, clock, pace: freePace }
      await prepareNextCampaign(flow)

      await expect(sendNextBatch(flow)).rejects.toMatchObject({ code: 'SQLITE_FULL' })
      const inDoubt = await readRows()
      await makeRoom()
      time.now = new Date(time.now.getTime() + LEASE_MS)
      await sendNextBatch(flow)
      await finishCampaigns(flow)

      expect(inDoubt).toEqual({
        campaign: { status: 'submitting' },
        batch: { status: 'pending', in_doubt_since: expect.any(String), called_with: 'memory' },
        deliveries: { pending: 3 },
      })
      expect([calls.length, calls[1]]).toEqual([2, calls[0]])
      expect(mailer.mails.map(({ to }) => to.email)).toEqual([
        'anna@example.com',
        'bertil@example.com',
        'cecilia@example.com',
      ])
      expect(await readRows()).toEqual({
        campaign: { status: 'submitted' },
        batch: { status: 'settled', in_doubt_since: expect.any(String), called_with: 'memory' },
        deliveries: { submitted: 3 },
      })
    })

    /** A provider whose ids are longer than the room that is left, and a disk that is full when it has answered. */
    const mailerThatFills = (fill: () => Promise<void>) => {
      const mailer = memoryMailer()
      const ids = ['a', 'b', 'c'].map((name) => `${name}-${MUCH}`)
      const results = ids.map((providerId) => ({ kind: 'accepted', providerId }) as const)
      mailer.answerNext({ kind: 'answered', results })
      const send: Mailer['send'] = async (call) => {
        const outcome = await mailer.send(call)
        if (mailer.calls.length === 1) await fill()
        return outcome
      }
      return { mailer: { ...mailer, send }, calls: mailer.calls }
    }

    const readRows = async () => {
      const { rows: campaigns } = await client.execute('SELECT status FROM campaigns')
      const { rows: batches } = await client.execute(
        'SELECT status, in_doubt_since, called_with FROM batches',
      )
      const { rows } = await client.execute('SELECT status, count(*) AS n FROM deliveries GROUP BY status')
      const deliveries = Object.fromEntries(rows.map(({ status, n }) => [status, n]))
      return { campaign: { ...campaigns[0] }, batch: { ...batches[0] }, deliveries }
    }
  },
)
