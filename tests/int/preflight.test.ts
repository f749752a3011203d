import { graphql } from 'graphql'
import { createLocalReq } from 'payload'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { readIncomingFacts } from '../../src/adapters/preflight/readFacts.ts'
import type { Env } from '../../src/env.ts'
import { preflightPortsOf } from '../../src/preflight/preflightPorts.ts'
import { runPreflight } from '../../src/preflight/runPreflight.ts'
import { asScheduled } from '../../src/content/systemSaves.ts'
import type { TestDatabase } from '../support/databases.ts'
import { oneDatabase } from '../support/longRun.ts'
import { graphqlSchemaOf } from '../support/graphqlSchema.ts'
import { drain } from '../support/drain.ts'
import { logInAs, restAs, type Rest } from '../support/rest.ts'
import { createSubscriber, paragraph } from '../support/siteContent.ts'

type Id = string | number

const SENDER = {
  senderName: 'Provet',
  senderEmail: 'brev@example.com',
  postalAddress: 'Provgatan 1, Stockholm',
}
const NO_SENDER = { senderName: '', senderEmail: null, postalAddress: '' }

interface Check {
  code: string
  level: string
  message: string
  evidence: string[]
  place: string
}

describe.each(oneDatabase())('on $name, before a newsletter goes', ({ open }) => {
  let database: TestDatabase
  let editor: Rest
  beforeAll(async () => {
    database = await open()
    editor = (await logInAs({ ...database, role: 'editor' })).rest
    await editor('POST', '/globals/site', SENDER)
    await createSubscriber(database.payload)
  })
  afterAll(() => database.close())

  const create = async (data: object = {}): Promise<Id> => {
    const { status, body } = await editor('POST', '/articles?depth=0', {
      title: 'Ny artikel',
      content: paragraph('En text.'),
      _status: 'draft',
      ...data,
    })
    expect(status).toBe(201)
    return (body.doc as { id: Id }).id
  }
  const preflight = async (id: Id, by = editor) => {
    const { status, body } = await by('GET', `/articles/${id}/preflight`)
    return { status, ...(body as { ranAt: string; canSend: boolean; checks: Check[] }) }
  }
  const isPublic = async (id: Id) => (await restAs(database)('GET', `/articles/${id}`)).status === 200
  const campaigns = async (id: Id) =>
    (await database.payload.count({ collection: 'campaigns', where: { article: { equals: id } } })).totalDocs

  it('says what is well, what is not and what nobody could look at', async () => {
    const id = await create({ excerpt: 'En ingress.' })
    const { status, canSend, checks } = await preflight(id)
    const byLevel = (level: string) => checks.filter((check) => check.level === level).map(({ code }) => code)
    expect({
      status,
      canSend,
      stop: byLevel('stop'),
      warning: byLevel('warning'),
      notRun: byLevel('not_run'),
    }).toEqual({
      status: 200,
      canSend: true,
      stop: [],
      warning: ['test_mail', 'worker'],
      notRun: ['bounces'],
    })
    expect(checks.find(({ code }) => code === 'test_mail')).toEqual({
      code: 'test_mail',
      level: 'warning',
      message: 'No test mail was sent since the last change. Send one to yourself.',
      evidence: [],
      place: 'newsletter',
    })
  })

  it('knows a test mail of the text as it is, and not of the text before', async () => {
    const id = await create()
    const levelOf = async () => (await preflight(id)).checks.find(({ code }) => code === 'test_mail')?.level
    expect((await editor('POST', `/articles/${id}/test-mail`, {})).status).toBe(202)
    const tested = await levelOf()
    await editor('PATCH', `/articles/${id}?draft=true`, { title: 'En annan rubrik' })
    expect([tested, await levelOf()]).toEqual(['ok', 'warning'])
    await drain(database.payload)
  })

  it('is asked for by staff alone, of articles that are there', async () => {
    const id = await create()
    const author = (await logInAs({ ...database, role: 'author' })).rest
    const byAuthor = await preflight(id, author)
    const ofEditors = ['audience', 'language', 'links_answer', 'worker']
    expect(byAuthor.checks.filter(({ code }) => ofEditors.includes(code))).toEqual([])
    expect([
      byAuthor.status,
      (await preflight(id, restAs(database))).status,
      (await editor('GET', '/articles/999999999/preflight')).status,
      (await editor('GET', '/articles/x/preflight')).status,
    ]).toEqual([200, 401, 404, 404])
  })

  it('asks each link of the web once, and nobody whom it must not', async () => {
    const link = (url: string) => ({
      ...{ type: 'link', version: 3, format: '', indent: 0, direction: 'ltr' },
      fields: { linkType: 'custom', url, newTab: false },
      children: [{ type: 'text', version: 1, text: url, format: 0, mode: 'normal', style: '', detail: 0 }],
    })
    const content = paragraph('En text.')
    const [first] = content.root.children
    Object.assign(first ?? {}, {
      children: [
        'https://example.com/a',
        'https://example.com/a#del',
        'http://10.0.0.1/',
        'mailto:a@example.com',
        'https://example.com/b',
      ].map(link),
    })
    const id = await create({ content })
    const asked: string[] = []
    const ports = {
      ...preflightPortsOf(database.payload),
      askLink: async (url: string) => {
        asked.push(url)
        return { kind: 'answered' as const, status: url.endsWith('b') ? 410 : 200 }
      },
    }
    const found = await runPreflight(ports, { articleId: String(id), asksNeighbours: true })
    expect(asked.map((url) => url.replace(/#.*/, '')).toSorted()).toEqual([
      'https://example.com/a',
      'https://example.com/b',
    ])
    const bad = found?.findings.filter(({ level, place }) => level !== 'ok' && place === 'text')
    expect(bad?.map(({ code, evidence }) => [code, evidence])).toEqual([
      ['link_private', ['http://10.0.0.1/ → http://10.0.0.1/']],
      ['links_answer', ['https://example.com/b → https://example.com/b (410)']],
    ])
  })

  it('does not wait for a neighbour that never answers', async () => {
    const id = await create()
    const never = () => new Promise<never>(() => {})
    const ports = {
      ...preflightPortsOf(database.payload),
      askProvider: never,
      askDns: never,
      inTime: async <Answer>(answer: Promise<Answer>) => Promise.race([answer, null]),
      readState: async () => ({
        mailer: 'resend' as const,
        domain: 'example.com',
        isWorkerSeen: true,
        lastBounces: null,
      }),
    }
    const found = await runPreflight(ports, { articleId: String(id), asksNeighbours: true })
    expect(found?.findings.filter(({ level }) => level === 'not_run').map(({ code }) => code)).toEqual([
      'provider_key',
      'quota',
      'spf',
      'dkim',
      'dmarc',
      'bounces',
    ])
  })

  describe('publishing is refused before anything is written', () => {
    const refused = async (id: Id, data: object = { _status: 'published' }) => {
      const { status, body } = await editor('PATCH', `/articles/${id}`, data)
      const [error] = (body.errors ?? []) as { code?: string; message: string; data: { checks: Check[] } }[]
      expect([await isPublic(id), await campaigns(id)]).toEqual([false, 0])
      return { status, message: error?.message, codes: error?.data.checks.map(({ code }) => code) }
    }

    it('when the site does not say who sends', async () => {
      await editor('POST', '/globals/site', NO_SENDER)
      const id = await create()
      expect(await refused(id)).toEqual({
        status: 422,
        message:
          'Nothing was published, because the newsletter would go wrong. The law asks for a sender and a postal address. Fill in what is missing under Settings → Site → The newsletter. (sender name, sender address, postal address) To publish without a newsletter, switch it off in the Newsletter tab (newsletter.send: false).',
        codes: ['sender'],
      })
      await editor('POST', '/globals/site', SENDER)
      expect((await editor('PATCH', `/articles/${id}`, { _status: 'published' })).status).toBe(200)
    })

    it('when nobody would get it', async () => {
      const topic = await database.payload.create({
        collection: 'topics',
        locale: 'sv',
        data: { name: 'Tomt', slug: 'tomt' },
      })
      const id = await create({ newsletter: { send: true, topics: [topic.id] } })
      expect(await refused(id)).toMatchObject({ status: 422, codes: ['audience'] })
      const { status } = await editor('PATCH', `/articles/${id}`, {
        newsletter: { send: true, topics: [] },
        _status: 'published',
      })
      expect(status).toBe(200)
    })

    it('when what comes in with the request is wrong, in either language', async () => {
      const id = await create()
      const asked = { title: 'Hej {{namn}}', _status: 'published' }
      expect(await refused(id, asked)).toMatchObject({ status: 422, codes: ['placeholder'] })
      await editor('PATCH', `/articles/${id}?locale=en&draft=true`, {
        title: 'Hi *|FNAME|*',
        content: paragraph('A text.'),
      })
      expect(await refused(id)).toMatchObject({ status: 422, codes: ['placeholder'] })
    })

    it('also when the article is new', async () => {
      const { status } = await editor('POST', '/articles', {
        title: 'Lorem ipsum dolor',
        content: paragraph('En text.'),
        _status: 'published',
      })
      const { totalDocs } = await database.payload.count({
        collection: 'articles',
        where: { title: { equals: 'Lorem ipsum dolor' } },
      })
      expect([status, totalDocs]).toEqual([422, 0])
    })

    it('and over GraphQL', async () => {
      const { payload } = database
      const id = await create({ title: 'Lorem ipsum dolor' })
      const { docs } = await payload.find({ collection: 'users', where: { role: { equals: 'editor' } } })
      const req = await createLocalReq({ user: { ...docs[0]!, collection: 'users' } }, payload)
      const argument = typeof id === 'number' ? id : JSON.stringify(id)
      const source = `mutation { updateArticle(id: ${argument}, data: { _status: published }) { id } }`
      const { errors } = await graphql({
        schema: graphqlSchemaOf(payload),
        source,
        contextValue: { req, headers: {} },
      })
      expect(errors?.[0]?.message).toContain('Nothing was published')
      expect([await isPublic(id), await campaigns(id)]).toEqual([false, 0])
    })

    it('and when a program of ours publishes', async () => {
      const id = await create({ title: 'Lorem ipsum dolor' })
      await database.payload
        .update({ collection: 'articles', id, data: { _status: 'published' } })
        .catch(() => undefined)
      expect([await isPublic(id), await campaigns(id)]).toEqual([false, 0])
    })
  })

  it('a correction in the hold is judged too: it becomes the mail', async () => {
    await editor('POST', '/globals/site', { holdSeconds: 60 })
    const id = await create()
    await editor('PATCH', `/articles/${id}`, { _status: 'published' })
    const corrected = { title: 'Hej {{namn}}', _status: 'published' }
    const { status } = await editor('PATCH', `/articles/${id}`, corrected)
    const seen = await restAs(database)('GET', `/articles/${id}`)
    expect([status, seen.body.title]).toEqual([422, 'Ny artikel'])
    await editor('POST', '/globals/site', { holdSeconds: 0 })
  })

  it('an article may link to itself before it is published', async () => {
    const id = await create()
    const content = paragraph('En text.')
    const link = {
      ...{ type: 'link', version: 3, format: '', indent: 0, direction: 'ltr' },
      fields: { linkType: 'internal', doc: { relationTo: 'articles', value: id }, newTab: false },
      children: [{ type: 'text', version: 1, text: 'hit', format: 0, mode: 'normal', style: '', detail: 0 }],
    }
    Object.assign(content.root.children[0] ?? {}, { children: [link] })
    const { status } = await editor('PATCH', `/articles/${id}`, { content, _status: 'published' })
    expect(status).toBe(200)
  })

  it.each<[string, Env['mailer'], boolean]>([
    ['the outbox', { kind: 'outbox' }, false],
    ['Resend', { kind: 'resend', apiKey: 're', baseUrl: null, webhookSecret: null }, true],
    [
      'an emulator',
      { kind: 'resend', apiKey: 're', baseUrl: 'http://127.0.0.1:4000', webhookSecret: null },
      false,
    ],
    ['a mail server', { kind: 'smtp', url: 'smtp://user@mail.example.com' }, true],
    ['mailpit beside it', { kind: 'smtp', url: 'smtp://mailpit:1025' }, false],
  ])(
    'mail that goes to %s reaches people: only then a server on loopback is a stop',
    async (_, mailer, expected) => {
      const { payload, env } = database
      const reading = {
        payload,
        env: { ...env, isProduction: true, mailer },
        clock: { now: () => new Date() },
      }
      const facts = await readIncomingFacts(reading, { id: null, data: {}, locale: 'sv' })
      expect(facts.reachesPeople).toBe(expected)
    },
  )

  it('an article is published without its newsletter whatever stands against that', async () => {
    const id = await create({ title: 'Lorem ipsum dolor', newsletter: { send: false } })
    expect((await editor('PATCH', `/articles/${id}`, { _status: 'published' })).status).toBe(200)
  })

  it('one that was mailed can be corrected, whatever stands against mailing it', async () => {
    const id = await create()
    await editor('PATCH', `/articles/${id}`, { _status: 'published' })
    await drain(database.payload)
    const { status } = await editor('PATCH', `/articles/${id}`, { title: '{{namn}}', _status: 'published' })
    expect([status, await campaigns(id)]).toEqual([200, 1])
  })

  it('what was planned is not refused: its mailing says why it stops', async () => {
    const id = await create()
    await editor('POST', '/globals/site', NO_SENDER)
    await asScheduled(() =>
      database.payload.update({ collection: 'articles', id, data: { _status: 'published' } }),
    )
    await drain(database.payload)
    const { body } = await editor('GET', `/campaigns?where[article][equals]=${id}&depth=0`)
    expect((body.docs as { status: string; problem: { code: string } }[])[0]).toMatchObject({
      status: 'failed',
      problem: { code: 'site_incomplete' },
    })
    await editor('POST', '/globals/site', SENDER)
  })
})
