import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { simpleParser, type ParsedMail } from 'mailparser'
import type { Payload } from 'payload'
import { planRunnerOf } from '../../src/deps.ts'
import { runDuePlan } from '../../src/plans/runDuePlan.ts'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import { drain } from '../support/drain.ts'
import { logInAs, type Rest } from '../support/rest.ts'
import { createSubscriber, paragraph } from '../support/siteContent.ts'

interface Editor {
  rest: Rest
  database: TestDatabase
}

type Id = string | number

const SUBSCRIBERS = ['anna@example.com', 'bertil@example.com']

/** Every way in which an article comes to be published, and what editors do around it. Each gives the article. */
const WAYS: Record<string, (editor: Editor) => Promise<Id>> = {
  'created as published': (editor) => create(editor, { _status: 'published' }),

  'a draft that is published': async (editor) => {
    const id = await create(editor, { _status: 'draft' })
    await publish(editor, id)
    return id
  },

  'autosaved many times, then published, then autosaved again': async (editor) => {
    const id = await create(editor, { _status: 'draft' })
    for (const title of ['Ett', 'Två', 'Tre']) await autosave(editor, id, title)
    await publish(editor, id)
    await drain(editor.database.payload)
    for (const title of ['Fyra', 'Fem']) await autosave(editor, id, title)
    return id
  },

  'edited after publishing, before and after it was mailed': async (editor) => {
    const id = await create(editor, { _status: 'published' })
    await update(editor, id, { title: 'Ändrad före', _status: 'published' })
    await drain(editor.database.payload)
    await update(editor, id, { title: 'Ändrad efter', _status: 'published' })
    return id
  },

  'unpublished and published again, before it was mailed': async (editor) => {
    const id = await create(editor, { _status: 'published' })
    await update(editor, id, { _status: 'draft' })
    await drain(editor.database.payload)
    expect((await outcomeOf(editor, id)).mails).toEqual([])
    await publish(editor, id)
    return id
  },

  'unpublished and published again, after it was mailed': async (editor) => {
    const id = await create(editor, { _status: 'published' })
    await drain(editor.database.payload)
    await update(editor, id, { _status: 'draft' })
    await publish(editor, id)
    return id
  },

  'a duplicate of one that was mailed': async (editor) => {
    const original = await create(editor, { _status: 'published' })
    await drain(editor.database.payload)
    const { body } = await ok(editor.rest('POST', `/articles/${original}/duplicate`, {}))
    const { id } = body.doc as { id: Id }
    await drain(editor.database.payload)
    expect((await outcomeOf(editor, id)).campaigns).toEqual([])
    await publish(editor, id)
    return id
  },

  'restored from a version after it was mailed': async (editor) => {
    const id = await create(editor, { _status: 'published' })
    await update(editor, id, { title: 'En annan rubrik', _status: 'published' })
    await drain(editor.database.payload)
    const { body } = await ok(
      editor.rest('GET', `/articles/versions?where[parent][equals]=${id}&sort=createdAt&depth=0`),
    )
    const [first] = body.docs as { id: Id }[]
    await ok(editor.rest('POST', `/articles/versions/${first?.id}`))
    return id
  },

  'published in bulk': async (editor) => {
    const id = await create(editor, { _status: 'draft' })
    const other = await create(editor, { _status: 'draft', newsletter: { send: false } })
    await ok(editor.rest('PATCH', `/articles?where[id][in]=${id},${other}`, { _status: 'published' }))
    return id
  },

  'published at a set time': async (editor) => {
    const { payload } = editor.database
    const id = await create(editor, { _status: 'draft' })
    await schedule(editor, id)
    await runPlans(payload, 60_000)
    await runPlans(payload, 120_000)
    return id
  },

  'published at a set time, with a date that is still to come': async (editor) => {
    const { payload } = editor.database
    const publishedAt = new Date(Date.now() + 86_400_000).toISOString()
    const id = await create(editor, { _status: 'draft', publishedAt })
    expect((await editor.rest('PATCH', `/articles/${id}`, { _status: 'published' })).status).toBe(400)
    await schedule(editor, id)
    await runPlans(payload, 60_000)
    const { body } = await ok(editor.rest('GET', `/articles/${id}?depth=0`))
    expect([body._status, Date.parse(String(body.publishedAt)) <= Date.now()]).toEqual(['published', true])
    return id
  },

  'published at a set time, at which the database was busy': async (editor) => {
    const { payload } = editor.database
    const id = await create(editor, { _status: 'draft' })
    await schedule(editor, id)
    const { updateOne } = payload.db
    // The first write of the article fails, as it does when another process holds the file for too long.
    payload.db.updateOne = (args) => {
      if (args.collection !== 'articles') return updateOne.call(payload.db, args)
      payload.db.updateOne = updateOne
      return Promise.reject(new Error('SQLITE_BUSY: database is locked'))
    }
    await runPlans(payload, 60_000)
    expect((await outcomeOf(editor, id)).campaigns).toEqual([])
    await runPlans(payload, 3 * 60_000)
    return id
  },

  'published by a request that selects other fields of the answer': async (editor) => {
    const id = await create(editor, { _status: 'draft' })
    await ok(editor.rest('PATCH', `/articles/${id}?select[title]=true`, { _status: 'published' }))
    expect((await outcomeOf(editor, id)).campaigns).toHaveLength(1)
    return id
  },

  'published by two at once': async (editor) => {
    const id = await create(editor, { _status: 'draft' })
    await Promise.all([publish(editor, id), publish(editor, id)])
    return id
  },

  'published with the newsletter off, which is turned on later': async (editor) => {
    const id = await create(editor, { _status: 'published', newsletter: { send: false } })
    await drain(editor.database.payload)
    expect((await outcomeOf(editor, id)).campaigns).toEqual([])
    await update(editor, id, { newsletter: { send: true }, _status: 'published' })
    return id
  },

  'put into the trash and taken back after it was mailed': async (editor) => {
    const id = await create(editor, { _status: 'published' })
    await drain(editor.database.payload)
    await update(editor, id, { deletedAt: new Date().toISOString() })
    await drain(editor.database.payload)
    await ok(editor.rest('PATCH', `/articles/${id}?trash=true`, { deletedAt: null, _status: 'published' }))
    return id
  },
}

describe.each(testDatabases())('on $name, an article', ({ open }) => {
  let editor: Editor
  beforeAll(async () => {
    const database = await open()
    const { rest } = await logInAs({ ...database, role: 'editor' })
    editor = { rest, database }
    await database.payload.updateGlobal({
      slug: 'site',
      data: {
        name: 'Provet',
        senderName: 'Provet',
        senderEmail: 'brev@example.com',
        postalAddress: 'Provgatan 1, 111 11 Stockholm',
      },
    })
    for (const email of SUBSCRIBERS) await createSubscriber(database.payload, { email })
    await createSubscriber(database.payload, { email: 'cecilia@example.com', status: 'unsubscribed' })
  })
  afterAll(() => editor.database.close())

  it.each(Object.keys(WAYS))('%s is mailed once to each subscriber', async (name) => {
    const id = await WAYS[name]!(editor)
    await drain(editor.database.payload)
    const mailed = await outcomeOf(editor, id)
    expect(mailed).toEqual({
      campaigns: [{ status: 'submitted', recipients: 2, submitted: 2 }],
      mails: SUBSCRIBERS,
    })

    await update(editor, id, { title: 'Och en gång till', _status: 'published' })
    await update(editor, id, { _status: 'draft' })
    await publish(editor, id)
    await drain(editor.database.payload)
    expect(await outcomeOf(editor, id)).toEqual(mailed)
  })

  it('that has a campaign is not deleted for good, so that it is never mailed again', async () => {
    const id = await create(editor, { _status: 'published' })
    const { status, body } = await editor.rest('DELETE', `/articles/${id}`)
    expect([status, JSON.stringify(body)]).toEqual([409, expect.stringContaining('trash')])
    const { totalDocs } = await editor.database.payload.count({
      collection: 'articles',
      where: { id: { equals: id } },
    })
    expect(totalDocs).toBe(1)
  })

  it('to be mailed to a topic keeps that topic: without it, it would go to everybody', async () => {
    const created = await ok(editor.rest('POST', '/topics', { name: 'Få', slug: 'fa' }))
    const { id: topic } = created.body.doc as { id: Id }
    const anna = { collection: 'subscribers', where: { email: { equals: SUBSCRIBERS[0] } } } as const
    await editor.database.payload.update({ ...anna, data: { topics: [topic as number] } })
    const id = await create(editor, { _status: 'draft', newsletter: { topics: [topic] } })
    const { status, body } = await editor.rest('DELETE', `/topics/${topic}`)
    expect([status, JSON.stringify(body)]).toEqual([409, expect.stringContaining(`Rubrik ${made}`)])

    await publish(editor, id)
    expect((await editor.rest('DELETE', `/topics/${topic}`)).status).toBe(409)
    await drain(editor.database.payload)
    expect((await outcomeOf(editor, id)).campaigns).toEqual([
      { status: 'submitted', recipients: 1, submitted: 1 },
    ])
    expect((await editor.rest('DELETE', `/topics/${topic}`)).status).toBe(200)
  })

  it('that has none is deleted', async () => {
    const id = await create(editor, { _status: 'draft' })
    expect((await editor.rest('DELETE', `/articles/${id}`)).status).toBe(200)
  })
})

let made = 0

async function create({ rest }: Editor, data: object): Promise<Id> {
  made += 1
  const isDraft = '_status' in data && data._status === 'draft'
  const { body } = await ok(
    rest('POST', `/articles?locale=sv&depth=0${isDraft ? '&draft=true' : ''}`, {
      title: `Rubrik ${made}`,
      content: paragraph('En text.'),
      ...data,
    }),
  )
  return (body.doc as { id: Id }).id
}

const update = ({ rest }: Editor, id: Id, data: object) =>
  ok(rest('PATCH', `/articles/${id}?locale=sv`, data))

const publish = (editor: Editor, id: Id) => update(editor, id, { _status: 'published' })

/** As the sheet in the admin does it: in half a minute. */
const schedule = ({ rest }: Editor, id: Id) =>
  ok(
    rest('POST', `/articles/${id}/publish?locale=sv`, {
      channels: 'site_and_mail',
      at: new Date(Date.now() + 30_000).toISOString(),
    }),
  )

/** What is due so many milliseconds from now. */
const runPlans = async (payload: Payload, afterMs: number) => {
  const clock = { now: () => new Date(Date.now() + afterMs) }
  while (await runDuePlan({ ...planRunnerOf(payload), clock }));
}

const autosave = ({ rest }: Editor, id: Id, title: string) =>
  ok(rest('PATCH', `/articles/${id}?locale=sv&draft=true&autosave=true`, { title, _status: 'draft' }))

async function ok(answer: ReturnType<Rest>): ReturnType<Rest> {
  const { status, body } = await answer
  if (status >= 300) throw new Error(`${status}: ${JSON.stringify(body)}`)
  return { status, body }
}

/** What became of an article: its campaigns, and to whom the outbox has a mail of one of them. */
async function outcomeOf({ rest, database }: Editor, article: Id) {
  const { body } = await ok(rest('GET', `/campaigns?where[article][equals]=${article}&depth=0`))
  const docs = body.docs as { id: Id; status: string; counts: { recipients: number; submitted: number } }[]
  const mails = await readMails(join(database.env.dataDir, 'outbox'))
  return {
    campaigns: docs.map(({ status, counts: { recipients, submitted } }) => ({
      status,
      recipients,
      submitted,
    })),
    mails: mails
      .filter(({ messageId }) => docs.some(({ id }) => messageId?.startsWith(`<campaign-${id}-`)))
      .map(({ to }) => [to].flat()[0]?.value[0]?.address ?? '')
      .sort(),
  }
}

/** By path. What lies in an outbox never changes. */
const parsed = new Map<string, Promise<ParsedMail>>()

function readMails(directory: string) {
  const files = existsSync(directory) ? readdirSync(directory).filter((name) => name.endsWith('.eml')) : []
  return Promise.all(
    files.map((name) => {
      const path = join(directory, name)
      const mail = parsed.get(path) ?? simpleParser(readFileSync(path))
      parsed.set(path, mail)
      return mail
    }),
  )
}
