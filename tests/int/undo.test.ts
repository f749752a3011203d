import { handleEndpoints } from 'payload'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { memoryMailer, type MemoryMailer } from '../../src/adapters/mailer/memory/memoryMailer.ts'
import { asScheduled } from '../../src/content/systemSaves.ts'
import { depsOf } from '../../src/deps.ts'
import { rescue } from '../../src/newsletter/rescue.ts'
import { prepareNextCampaign } from '../../src/newsletter/prepareNextCampaign.ts'
import { tagOf } from '../../src/saving/base.ts'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import { drain } from '../support/drain.ts'
import { freePace } from '../support/flow/newsroom.ts'
import { isLong } from '../support/longRun.ts'
import { logInAs, restAs, type Rest } from '../support/rest.ts'
import { createSubscriber, paragraph } from '../support/siteContent.ts'

type Id = string | number

const SENDER = {
  senderName: 'Provet',
  senderEmail: 'brev@example.com',
  postalAddress: 'Provgatan 1, Stockholm',
}

/** A thousand rounds on MongoDB’s test server. */
const LONG_RACE_MS = 1_800_000

interface ArticleDoc {
  id: Id
  title: string
  _status: string
  newsletter: { send: boolean }
}

describe.each(testDatabases())('on $name, a newsletter that was published', ({ open }) => {
  let database: TestDatabase
  let editor: Rest
  let mailer: MemoryMailer
  let now: Date | null
  beforeAll(async () => {
    database = await open()
    editor = (await logInAs({ ...database, role: 'editor' })).rest
    await editor('POST', '/globals/site', { ...SENDER, holdSeconds: 60 })
    await createSubscriber(database.payload)
  })
  beforeEach(() => {
    mailer = memoryMailer()
    now = null
    const clock = { now: () => now ?? new Date() }
    Object.assign(depsOf(database.payload), { mailer, pace: freePace, clock })
  })
  afterEach(() => mailLater())
  afterAll(() => database.close())

  /** An hour later a worker does all that is due. */
  const mailLater = async () => {
    now = new Date(Date.now() + 3_600_000)
    await drain(database.payload)
    now = null
  }

  const create = async (data: object, query = ''): Promise<ArticleDoc> => {
    const { status, body } = await editor('POST', `/articles?depth=0${query}`, {
      title: 'Ny artikel',
      content: paragraph('En text.'),
      ...data,
    })
    expect(status).toBe(201)
    return body.doc as ArticleDoc
  }
  const save = async (id: Id, data: object, query = '') => {
    const answer = await editor('PATCH', `/articles/${id}?depth=0${query}`, data)
    expect(answer.status).toBe(200)
  }
  const publishNew = async (): Promise<ArticleDoc> => {
    const article = await create({ _status: 'draft' })
    await save(article.id, { _status: 'published' })
    return article
  }
  const campaignOf = async (article: Id) => {
    const { body } = await editor('GET', `/campaigns?where[article][equals]=${article}&depth=0`)
    const [campaign] = body.docs as {
      id: Id
      status: string
      dueAt: string
      heldAt: string
      undoneAt?: string
    }[]
    if (!campaign) throw new Error(`Article ${article} has no campaign.`)
    return campaign
  }
  const undo = async (article: Id, by = editor) => {
    const { status, body } = await by('POST', `/campaigns/${(await campaignOf(article)).id}/undo`)
    return { status, body }
  }
  /** What readers see, and what staff find in the form. */
  const textsOf = async (id: Id) => {
    const seen = await restAs(database)('GET', `/articles/${id}?depth=0`)
    const form = (await editor('GET', `/articles/${id}?depth=0&draft=true`)).body as unknown as ArticleDoc
    return {
      public: seen.status === 200 ? seen.body.title : seen.status,
      form: [form.title, form._status, form.newsletter.send],
    }
  }

  it('waits for as long as the site says, and tells how long', async () => {
    const { id } = await publishNew()
    const { status, dueAt, heldAt } = await campaignOf(id)
    expect([status, Date.parse(dueAt) - Date.parse(heldAt)]).toEqual(['holding', 60_000])
    const { body } = await editor('GET', '/campaigns?where[status][equals]=holding&select[holdLeftMs]=true')
    const [{ holdLeftMs = 0 } = {}] = body.docs as { holdLeftMs: number }[]
    expect(holdLeftMs).toBeGreaterThan(0)
    expect(holdLeftMs).toBeLessThanOrEqual(60_000)
    await drain(database.payload)
    expect(mailer.mails).toEqual([])
    await mailLater()
    expect([(await campaignOf(id)).status, mailer.mails.length]).toEqual(['submitted', 1])
  })

  it('is undone: the article is a draft again, and is mailed once when it is published again', async () => {
    const { id } = await publishNew()
    expect((await textsOf(id)).public).toBe('Ny artikel')
    const { status, body } = await undo(id)
    expect([status, (body.doc as { status: string }).status]).toEqual([200, 'cancelled'])
    expect(await textsOf(id)).toEqual({ public: 404, form: ['Ny artikel', 'draft', true] })
    await mailLater()
    expect(mailer.mails).toEqual([])
    await save(id, { _status: 'published' })
    expect(await campaignOf(id)).toMatchObject({ status: 'holding', undoneAt: null })
    await mailLater()
    expect([(await campaignOf(id)).status, mailer.mails.length]).toEqual(['submitted', 1])
  })

  it('of an article that was public is undone: readers see the text of before, the form has the newer one', async () => {
    const { id } = await create({
      title: 'Gammal rubrik',
      newsletter: { send: false },
      _status: 'published',
    })
    await save(id, { title: 'Old title', content: paragraph('A text.') }, '&locale=en')
    await save(id, { title: 'New title', _status: 'draft' }, '&locale=en&draft=true')
    await save(id, { title: 'Ny rubrik', newsletter: { send: true }, _status: 'published' })
    expect((await textsOf(id)).public).toBe('Ny rubrik')
    expect((await undo(id)).status).toBe(200)
    expect(await textsOf(id)).toEqual({ public: 'Gammal rubrik', form: ['Ny rubrik', 'draft', true] })
    const english = await restAs(database)('GET', `/articles/${id}?depth=0&locale=en`)
    const draft = await editor('GET', `/articles/${id}?depth=0&locale=en&draft=true`)
    expect([english.body.title, draft.body.title]).toEqual(['Old title', 'New title'])
    await mailLater()
    expect(mailer.mails).toEqual([])
    await save(id, { _status: 'published' })
    expect((await undo(id)).status).toBe(200)
    expect((await textsOf(id)).public).toBe('Gammal rubrik')
  })

  it('keeps what was written after the click, also when it could not be published', async () => {
    const { id } = await publishNew()
    await save(id, { title: '', excerpt: 'Skrivet efteråt' }, '&draft=true&autosave=true')
    expect((await undo(id)).status).toBe(200)
    const { body } = await editor('GET', `/articles/${id}?depth=0&draft=true`)
    expect([(await textsOf(id)).public, body.excerpt, body._status]).toEqual([
      404,
      'Skrivet efteråt',
      'draft',
    ])
  })

  it('cannot be undone when it is mailed, or by others than editors', async () => {
    const { id } = await publishNew()
    const author = (await logInAs({ ...database, role: 'author' })).rest
    expect([
      (await undo(id, author)).status,
      (await undo(id, restAs(database)).catch(() => null))?.status,
    ]).toEqual([403, 401])
    await mailLater()
    const { status, body } = await undo(id)
    expect([status, body]).toEqual([
      409,
      {
        errors: [
          expect.objectContaining({
            message:
              'The campaign is submitted. undo is for one in its hold: that has ended. Nothing may be asked of it any more.',
          }),
        ],
      },
    ])
    expect((await textsOf(id)).public).toBe('Ny artikel')
  })

  it('is withdrawn when the article is published without it in the hold, and can be mailed later', async () => {
    const { id } = await publishNew()
    await save(id, { newsletter: { send: false }, _status: 'published' })
    expect((await campaignOf(id)).status).toBe('cancelled')
    await mailLater()
    expect([(await textsOf(id)).public, mailer.mails]).toEqual(['Ny artikel', []])
    await save(id, { newsletter: { send: true }, _status: 'published' })
    await mailLater()
    expect([(await campaignOf(id)).status, mailer.mails.length]).toEqual(['submitted', 1])
  })

  it('that was undone loses the date of the wrong click', async () => {
    const { id } = await publishNew()
    await undo(id)
    const dated = await create({ publishedAt: '2026-01-02T03:04:05.000Z', _status: 'draft' })
    await save(dated.id, { _status: 'published' })
    await undo(dated.id)
    const dateOf = async (article: Id) =>
      (await editor('GET', `/articles/${article}?depth=0&draft=true`)).body.publishedAt
    expect([await dateOf(id), await dateOf(dated.id)]).toEqual([null, '2026-01-02T03:04:05.000Z'])
  })

  it('that was undone is held again when its time comes after all', async () => {
    const { id } = await publishNew()
    await undo(id)
    await asScheduled(() =>
      database.payload.update({ collection: 'articles', id, data: { _status: 'published' } }),
    )
    expect((await campaignOf(id)).status).toBe('holding')
    await undo(id)
  })

  it('whose former version cannot be restored becomes a draft', async () => {
    const { id } = await create({ title: 'Förr', newsletter: { send: false }, _status: 'published' })
    await save(id, { title: 'Nu', newsletter: { send: true }, _status: 'published' })
    const { docs } = await database.payload.db.findVersions<{ title: object }>({
      collection: 'articles',
      where: { parent: { equals: id } },
      sort: 'updatedAt',
      limit: 1,
      pagination: false,
      locale: 'all',
    })
    const [first] = docs
    if (!first) throw new Error('There is no version.')
    // As one that was written before a field was required.
    await database.payload.db.updateVersion({
      collection: 'articles',
      id: first.id,
      versionData: { ...first, version: { ...first.version, title: { sv: '' } } },
    } as never)
    expect((await undo(id)).status).toBe(200)
    expect(await textsOf(id)).toEqual({ public: 404, form: ['Nu', 'draft', true] })
  })

  it('of an article that cannot be saved any more is taken off the site all the same', async () => {
    const { id } = await publishNew()
    const { payload } = database
    const { update } = payload
    const failing = () => Promise.reject(new TypeError('it cannot be read'))
    Object.assign(payload, { update: failing })
    const { status, body } = await undo(id)
    Object.assign(payload, { update })
    const { returnedAt } = body.doc as { returnedAt: string | null }
    expect([status, returnedAt, (await textsOf(id)).public]).toEqual([200, expect.any(String), 404])
  })

  it('tells a colleague who writes in it who undid it', async () => {
    const { id } = await publishNew()
    const before = await editor('GET', `/articles/${id}?depth=0&draft=true`)
    await undo(id)
    const { payload, key } = database
    const { token } = await payload.login({
      collection: 'users',
      data: { email: 'editor@example.com', password: 'a password of the tests' },
    })
    const updatedAt = String(before.body.updatedAt)
    const response = await handleEndpoints({
      config: payload.config,
      payloadInstanceCacheKey: key,
      request: new Request(`http://site.example/api/articles/${id}?draft=true`, {
        method: 'PATCH',
        headers: {
          Authorization: `JWT ${token ?? ''}`,
          'Content-Type': 'application/json',
          'If-Match': tagOf(updatedAt),
        },
        body: JSON.stringify({ title: 'Mina ord' }),
      }),
    })
    expect([response.status, JSON.stringify(await response.json())]).toEqual([
      409,
      expect.stringMatching(/"isOwn":true.*"code":"save_stale"|"code":"save_stale".*"isOwn":true/),
    ])
  })

  it('that was undone keeps its topic from being deleted: without it, publishing again would mail everybody', async () => {
    const { payload } = database
    const { id: topic } = await payload.create({
      collection: 'topics',
      locale: 'sv',
      data: { name: 'Styrelsen', slug: 'styrelsen' },
    })
    const reader = await createSubscriber(payload, { email: 'ledamot@example.com', topics: [topic] })
    const { id } = await create({ newsletter: { send: true, topics: [topic] }, _status: 'draft' })
    await save(id, { _status: 'published' })
    await undo(id)
    expect((await editor('DELETE', `/topics/${topic}`)).status).toBe(409)
    await payload.delete({ collection: 'subscribers', id: reader.id })
  })

  it('is sent at once when an editor says so', async () => {
    const { id } = await publishNew()
    expect((await editor('POST', `/campaigns/${(await campaignOf(id)).id}/send-now`)).status).toBe(200)
    await drain(database.payload)
    expect([(await campaignOf(id)).status, mailer.mails.length]).toEqual(['submitted', 1])
  })

  it('has no hold when its time had come by itself', async () => {
    const { id } = await create({ _status: 'draft' })
    await asScheduled(() =>
      database.payload.update({ collection: 'articles', id, data: { _status: 'published' } }),
    )
    await drain(database.payload)
    expect([(await campaignOf(id)).status, mailer.mails.length]).toEqual(['submitted', 1])
  })

  it('is held from its save on when a crash left it without a campaign', async () => {
    const { payload } = database
    const { id } = await create({ newsletter: { send: false }, _status: 'published' })
    await payload.db.updateOne({ collection: 'articles', id, data: { newsletter: { send: true } } })
    await rescue(depsOf(payload))
    const { status, dueAt, heldAt } = await campaignOf(id)
    const { updatedAt } = await payload.findByID({ collection: 'articles', id, depth: 0 })
    expect([status, heldAt, Date.parse(dueAt) - Date.parse(heldAt)]).toEqual(['holding', updatedAt, 60_000])
    await undo(id)
  })

  describe('when a crash comes right after the undo', () => {
    const undoAlone = async (id: Id) => {
      const { store, clock } = depsOf(database.payload)
      const { body } = await editor('GET', '/users/me')
      const by = String((body.user as { id: Id }).id)
      expect(await store.undoCampaign({ id: String((await campaignOf(id)).id), by, now: clock.now() })).toBe(
        true,
      )
    }

    it('the next worker takes the article back', async () => {
      const { id } = await publishNew()
      await undoAlone(id)
      expect((await textsOf(id)).public).toBe('Ny artikel')
      await rescue(depsOf(database.payload))
      expect((await textsOf(id)).public).toBe(404)
      expect(await rescue(depsOf(database.payload))).toBe(false)
    })

    it('half of the way back to a former version is made whole', async () => {
      const { id } = await create({ title: 'Förr', newsletter: { send: false }, _status: 'published' })
      await save(id, { title: 'Nu', newsletter: { send: true }, _status: 'published' })
      await undoAlone(id)
      const { payload } = database
      const { createVersion } = payload.db
      let calls = 0
      const dying = async (input: object): Promise<unknown> => {
        if ((calls += 1) === 2) throw new Error('the process is gone')
        return Reflect.apply(createVersion, payload.db, [input])
      }
      Object.assign(payload.db, { createVersion: dying })
      await rescue(depsOf(payload))
      Object.assign(payload.db, { createVersion })
      expect(calls).toBe(2)
      await rescue(depsOf(payload))
      expect(await textsOf(id)).toEqual({ public: 'Förr', form: ['Nu', 'draft', true] })
    })

    it('what somebody has published again meanwhile stays, and is mailed once', async () => {
      const { id } = await publishNew()
      await undoAlone(id)
      await save(id, { title: 'Ännu en gång', _status: 'published' })
      await rescue(depsOf(database.payload))
      expect((await textsOf(id)).public).toBe('Ännu en gång')
      await mailLater()
      expect([(await campaignOf(id)).status, mailer.mails.length]).toEqual(['submitted', 1])
    })

    it('an article in the trash whose former version was public comes back as a draft', async () => {
      const { id } = await create({ title: 'Förr', newsletter: { send: false }, _status: 'published' })
      await save(id, { title: 'Nu', newsletter: { send: true }, _status: 'published' })
      await undoAlone(id)
      await save(id, { deletedAt: new Date().toISOString() })
      expect(await rescue(depsOf(database.payload))).toBe(true)
      await save(id, { deletedAt: null }, '&trash=true')
      expect(await textsOf(id)).toEqual({ public: 404, form: ['Nu', 'draft', true] })
    })

    it('an article in the trash comes back as a draft', async () => {
      const { id } = await publishNew()
      await undoAlone(id)
      await save(id, { deletedAt: new Date().toISOString() })
      await rescue(depsOf(database.payload))
      await save(id, { deletedAt: null }, '&trash=true')
      expect((await textsOf(id)).public).toBe(404)
    })
  })

  it(
    'is either undone or mailed when both come at the same moment',
    async () => {
      const rounds = isLong ? 1000 : 12
      const answers: [boolean, number, string][] = []
      for (let round = 0; round < rounds; round++) {
        const { id } = await publishNew()
        const { id: campaign, dueAt } = await campaignOf(id)
        now = new Date(dueAt)
        const undoing = () => editor('POST', `/campaigns/${campaign}/undo`)
        const mailing = () => prepareNextCampaign(depsOf(database.payload))
        if (round % 4 === 0) await mailing()
        const undone = undoing()
        if (round % 4 === 1) await undone
        const [answer] = await Promise.all([undone, mailing()])
        await mailLater()
        answers.push([answer.status === 200, mailer.mails.length, (await campaignOf(id)).status])
        mailer = memoryMailer()
        Object.assign(depsOf(database.payload), { mailer })
      }
      expect(answers).toEqual(
        answers.map(([isUndone]) => (isUndone ? [true, 0, 'cancelled'] : [false, 1, 'submitted'])),
      )
      expect(new Set(answers.map(([isUndone]) => isUndone)).size).toBe(2)
    },
    LONG_RACE_MS,
  )
})
