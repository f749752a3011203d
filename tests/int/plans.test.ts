import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { ObjectId } from 'mongodb'
import { memoryMailer, type MemoryMailer } from '../../src/adapters/mailer/memory/memoryMailer.ts'
import { payloadPlanBook } from '../../src/adapters/plans/planRows.ts'
import { newestVersion } from '../../src/adapters/articles/versions.ts'
import { depsOf, planRunnerOf } from '../../src/deps.ts'
import { runDuePlan } from '../../src/plans/runDuePlan.ts'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import { drain } from '../support/drain.ts'
import { driverOf } from '../support/mongoDatabase.ts'
import { freePace } from '../support/flow/newsroom.ts'
import { logInAs, restAs, type Rest } from '../support/rest.ts'
import { createSubscriber, paragraph } from '../support/siteContent.ts'

type Id = string | number

interface PlanDoc {
  id: Id
  article: Id
  action: string
  channels: string | null
  status: string
  dueAt: string
  hasNewerText: boolean | null
  problem: { code: string | null; message: string | null }
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const SENDER = {
  senderName: 'Provet',
  senderEmail: 'brev@example.com',
  postalAddress: 'Provgatan 1, Stockholm',
}

describe.each(testDatabases())('on $name, a plan', ({ open }) => {
  let database: TestDatabase
  let admin: { rest: Rest; id: Id }
  let editor: Rest
  let author: Rest
  let mailer: MemoryMailer
  beforeAll(async () => {
    database = await open()
    admin = await logInAs({ ...database, role: 'admin' })
    editor = (await logInAs({ ...database, role: 'editor' })).rest
    author = (await logInAs({ ...database, role: 'author' })).rest
    await editor('POST', '/globals/site', SENDER)
    await createSubscriber(database.payload, { email: 'anna@example.com' })
  })
  beforeEach(async () => {
    await database.payload.delete({ collection: 'plans', where: {} })
    await drain(database.payload)
    mailer = memoryMailer()
    Object.assign(depsOf(database.payload), { mailer, pace: freePace })
  })
  afterAll(() => database.close())

  const create = async (data: object = {}): Promise<Id> => {
    const { status, body } = await editor('POST', '/articles?depth=0&draft=true', {
      title: 'Planerad',
      content: paragraph('En text.'),
      _status: 'draft',
      ...data,
    })
    expect(status).toBe(201)
    return (body.doc as { id: Id }).id
  }
  const soon = (ms = HOUR_MS) => new Date(Date.now() + ms).toISOString()
  const publishAt = (id: Id, body: object = {}, by = editor, headers: Record<string, string> = {}) =>
    by('POST', `/articles/${id}/publish`, { channels: 'site_and_mail', at: soon(), ...body }, headers)
  const plan = async (id: Id, body: object = {}): Promise<PlanDoc> => {
    const answer = await publishAt(id, body)
    expect([answer.status, answer.body.errors]).toEqual([200, undefined])
    return answer.body.plan as PlanDoc
  }
  /** A plan whose time has come. */
  const planDue = async (
    id: Id,
    { ago = 1_000, ...plan }: { ago?: number; action?: 'publish' | 'unpublish' } = {},
  ) => {
    const version = await newestVersion({ payload: database.payload, id })
    const { action = 'publish' } = plan
    const made = await payloadPlanBook({ payload: database.payload }).create({
      ...{ articleId: String(id), action, locale: 'sv', override: null, by: null },
      channels: action === 'publish' ? 'site_and_mail' : null,
      version: action === 'publish' ? (version?.id ?? null) : null,
      dueAt: new Date(Date.now() - ago),
    })
    return made ?? ''
  }
  const emptyTitleOf = async (version: string) => {
    const { payload, env } = database
    if (env.database.kind === 'sqlite')
      await payload.db.drizzle.$client.execute({
        sql: `UPDATE _articles_v_locales SET version_title = '' WHERE _parent_id = ?`,
        args: [version],
      })
    else
      await driverOf(database)
        .collection('_articles_versions')
        .updateOne({ _id: new ObjectId(version) }, { $set: { 'version.title': { sv: '' } } })
  }
  const readPlan = async (id: Id) => (await editor('GET', `/plans/${id}?depth=0`)).body as unknown as PlanDoc
  const run = async (afterMs = 2 * HOUR_MS) => {
    const clock = { now: () => new Date(Date.now() + afterMs) }
    return runDuePlan({ ...planRunnerOf(database.payload), clock })
  }
  const runAll = async (afterMs?: number) => {
    while (await run(afterMs));
  }
  const autosave = (id: Id, title: string) =>
    editor('PATCH', `/articles/${id}?draft=true&autosave=true&depth=0`, { title, _status: 'draft' })
  const publicTitle = async (id: Id) => (await restAs(database)('GET', `/articles/${id}`)).body.title ?? null
  const draftOf = async (id: Id) => {
    const { body } = await editor('GET', `/articles/${id}?depth=0&draft=true`)
    return { title: body.title, _status: body._status }
  }
  const campaignsOf = async (id: Id) => {
    const { body } = await editor('GET', `/campaigns?where[article][equals]=${id}&depth=0`)
    return (body.docs as { status: string }[]).map(({ status }) => status)
  }
  const refusalOf = ({ status, body }: Awaited<ReturnType<Rest>>) => {
    const [error] = (body.errors ?? []) as { code?: string; data?: Record<string, unknown> }[]
    return { status, code: error?.code, data: error?.data }
  }

  it('says to editors how many its version would be mailed to now', async () => {
    const { doc } = (await editor('POST', '/topics?depth=0', { name: 'Ingens ämne' })).body as {
      doc: { id: Id }
    }
    const toAll = await create()
    const ofAll = await plan(toAll)
    // What is written later changes no plan.
    await editor('PATCH', `/articles/${toAll}?draft=true`, { newsletter: { topics: [doc.id] } })
    const onSite = await plan(await create(), { channels: 'site' })
    const recipients = async ({ id }: PlanDoc, by = editor) => {
      const { status, body } = await by('GET', `/plans/${id}/audience`)
      return [status, (body.audience as { recipients: number } | null | undefined)?.recipients]
    }
    expect([await recipients(ofAll), await recipients(onSite), await recipients(ofAll, author)]).toEqual([
      [200, 1],
      [200, undefined],
      [403, undefined],
    ])
  })

  describe('to publish', () => {
    it('waits, and then publishes and mails, without a hold', async () => {
      const id = await create()
      const at = soon()
      const answer = await publishAt(id, { at })
      expect([answer.status, answer.body]).toEqual([
        200,
        {
          article: { id, _status: 'draft', updatedAt: expect.any(String) },
          campaign: null,
          plan: expect.objectContaining({
            ...{ article: id, action: 'publish', channels: 'site_and_mail', status: 'waiting', dueAt: at },
            ...{ hasNewerText: false, version: expect.any(String), plannedBy: expect.anything() },
          }),
        },
      ])
      expect([await run(0), await publicTitle(id), await campaignsOf(id)]).toEqual([false, null, []])
      expect(await run()).toBe(true)
      await drain(database.payload)
      const { id: planId } = answer.body.plan as PlanDoc
      expect([
        await publicTitle(id),
        await campaignsOf(id),
        mailer.mails.length,
        (await readPlan(planId)).status,
      ]).toEqual(['Planerad', ['submitted'], 1, 'done'])
      expect(await run()).toBe(false)
    })

    it('publishes the text that was planned, and keeps a newer one as the draft', async () => {
      const id = await create()
      const { id: planId } = await plan(id)
      await autosave(id, 'Nyare')
      await autosave(id, 'Ännu nyare')
      expect((await readPlan(planId)).hasNewerText).toBe(true)
      await runAll()
      await drain(database.payload)
      expect([await publicTitle(id), await draftOf(id)]).toEqual([
        'Planerad',
        { title: 'Ännu nyare', _status: 'draft' },
      ])
      expect(mailer.mails.map(({ subject }) => subject)).toEqual(['Planerad'])
    })

    it('publishes a newer text when somebody says so', async () => {
      const id = await create()
      const { id: planId } = await plan(id)
      await autosave(id, 'Nyare')
      const answer = await editor('PATCH', `/plans/${planId}`, { useNewestText: true })
      expect([answer.status, (answer.body.doc as PlanDoc).hasNewerText]).toEqual([200, false])
      await autosave(id, 'Senast')
      await runAll()
      expect([await publicTitle(id), (await draftOf(id)).title]).toEqual(['Nyare', 'Senast'])
    })

    it('keeps whom it goes to', async () => {
      const [first, second] = await Promise.all(
        ['ett', 'tva'].map((slug) =>
          database.payload.create({ collection: 'topics', locale: 'sv', data: { name: slug, slug } }),
        ),
      )
      await createSubscriber(database.payload, { email: 'ett@example.com', topics: [first!.id] })
      const id = await create({ newsletter: { topics: [second!.id] } })
      await plan(id, { topics: [first!.id] })
      await editor('PATCH', `/articles/${id}?draft=true&autosave=true`, {
        newsletter: { topics: [second!.id] },
        _status: 'draft',
      })
      const kept = await admin.rest('DELETE', `/topics/${first!.id}`)
      expect([kept.status, refusalOf(kept).code]).toEqual([409, 'topic_is_audience'])
      await runAll()
      await drain(database.payload)
      expect(mailer.mails.map(({ to }) => to.email)).toEqual(['ett@example.com'])
      await database.payload.delete({
        collection: 'subscribers',
        where: { email: { equals: 'ett@example.com' } },
      })
    })

    it('on the site alone mails nobody', async () => {
      const id = await create()
      await plan(id, { channels: 'site' })
      await runAll()
      expect([await publicTitle(id), await campaignsOf(id)]).toEqual(['Planerad', []])
    })

    it('updates what is public already', async () => {
      const id = await create()
      await editor('POST', `/articles/${id}/publish`, { channels: 'site' })
      await autosave(id, 'Rättad')
      await plan(id, { channels: 'site' })
      expect(await publicTitle(id)).toBe('Planerad')
      await runAll()
      expect([await publicTitle(id), (await draftOf(id))._status]).toEqual(['Rättad', 'published'])
    })

    it('is judged when it is made, as publishing would be', async () => {
      const empty = await create({ title: '' })
      const unsendable = await create({ content: paragraph('Hej {{name}}, välkommen.') })
      const answers = [await publishAt(empty), await publishAt(unsendable)]
      expect(answers.map(({ status }) => status)).toEqual([400, 422])
      expect([refusalOf(answers[1]!).code, JSON.stringify(answers[0]!.body)]).toEqual([
        'newsletter_stopped',
        expect.stringContaining('title'),
      ])
      const { body } = await editor('GET', `/plans?where[article][in]=${empty},${unsendable}`)
      expect(body.docs).toEqual([])
    })

    it('of a version that somebody has not seen is refused', async () => {
      const id = await create()
      const { body } = await editor('GET', `/articles/${id}?depth=0&draft=true`)
      await autosave(id, 'Nyare')
      const answer = await publishAt(id, {}, editor, { 'If-Match': `"${String(body.updatedAt)}"` })
      expect(refusalOf(answer)).toMatchObject({ status: 409, code: 'save_stale' })
    })

    it('of an article that was mailed goes to the site alone', async () => {
      const id = await create()
      await editor('POST', `/articles/${id}/publish`, { channels: 'site_and_mail' })
      const held = await publishAt(id)
      await drain(database.payload)
      expect([refusalOf(held), refusalOf(await publishAt(id))]).toMatchObject([
        { status: 409, code: 'already_mailed' },
        { status: 409, code: 'already_mailed' },
      ])
      await plan(id, { channels: 'site' })
      await runAll()
      expect(mailer.mails).toHaveLength(1)
    })

    it('keeps what an admin passed, and so does its campaign', async () => {
      const id = await create({ content: paragraph('Hej {{name}}, välkommen.') })
      const override = { checks: ['placeholder'], reason: 'Så ska det stå' }
      const byEditor = await publishAt(id, { override })
      const byAdmin = await publishAt(id, { override }, admin.rest)
      expect([byEditor.status, byAdmin.status]).toEqual([403, 200])
      await runAll()
      await drain(database.payload)
      const { body } = await editor('GET', `/campaigns?where[article][equals]=${id}&depth=0`)
      expect(body.docs).toMatchObject([{ status: 'submitted', override: { ...override, by: admin.id } }])
    })

    it('is cancelled when somebody publishes by hand: it would bring an older text back', async () => {
      const id = await create()
      const { id: planId } = await plan(id)
      await autosave(id, 'För hand')
      await editor('POST', `/articles/${id}/publish`, { channels: 'site' })
      expect((await readPlan(planId)).status).toBe('cancelled')
      await runAll()
      expect(await publicTitle(id)).toBe('För hand')
    })

    it('asks when its article is in the trash, and goes on when that is taken back and it is moved', async () => {
      const id = await create()
      const planId = await planDue(id)
      await editor('PATCH', `/articles/${id}`, { deletedAt: new Date().toISOString() })
      await runAll(0)
      expect(await readPlan(planId)).toMatchObject({
        status: 'failed',
        problem: { code: 'article_in_trash', message: expect.stringContaining('trash') },
      })
      await editor('PATCH', `/articles/${id}?trash=true`, { deletedAt: null, _status: 'draft' })
      await editor('PATCH', `/plans/${planId}`, { dueAt: soon() })
      expect(await readPlan(planId)).toMatchObject({ status: 'waiting', problem: { code: null } })
      await runAll()
      expect(await publicTitle(id)).toBe('Planerad')
    })

    it('of an article that is deleted for good is gone', async () => {
      const id = await create()
      const { id: planId } = await plan(id)
      expect((await editor('DELETE', `/articles/${id}`)).status).toBe(200)
      expect((await editor('GET', `/plans/${planId}`)).status).toBe(404)
    })

    it('keeps its version when Payload deletes old ones', async () => {
      const id = await create()
      await plan(id, { channels: 'site' })
      await autosave(id, 'Nyare')
      await database.payload.db.deleteVersions({
        collection: 'articles',
        where: { parent: { equals: id }, updatedAt: { less_than_equal: soon(0) } },
      })
      await runAll()
      expect(await publicTitle(id)).toBe('Planerad')
    })
  })

  describe('whose text is kept', () => {
    it('is not written over by a save that unpublishes: Payload writes over the newest version then', async () => {
      const id = await create()
      const { id: planId } = await plan(id, { channels: 'site' })
      const { status } = await editor('PATCH', `/articles/${id}?draft=true&unpublishAllLocales=true`, {
        title: 'Kapad',
      })
      expect([status, (await readPlan(planId)).hasNewerText]).toEqual([200, true])
      await runAll()
      expect([await publicTitle(id), (await draftOf(id)).title]).toEqual(['Planerad', 'Kapad'])
    })

    it('brings the newest text back when it cannot be published, and says what to do', async () => {
      const id = await create()
      const planId = await planDue(id)
      const version = (await newestVersion({ payload: database.payload, id }))?.id ?? ''
      await autosave(id, 'Nyare')
      // As a version that was planned before a field was required.
      await emptyTitleOf(version)
      await runAll(0)
      expect([await publicTitle(id), await draftOf(id), await readPlan(planId)]).toMatchObject([
        null,
        { title: 'Nyare', _status: 'draft' },
        { status: 'failed', problem: { code: 'not_publishable' } },
      ])
      const passed = await editor('PATCH', `/plans/${planId}`, { useNewestText: true })
      expect(refusalOf(passed)).toMatchObject({ status: 400, code: 'time_not_plannable' })
      await editor('PATCH', `/plans/${planId}`, { useNewestText: true, dueAt: soon() })
      await runAll()
      expect([await publicTitle(id), (await draftOf(id))._status]).toEqual(['Nyare', 'published'])
    })

    it('leaves the newer draft with the date and the address that the article has got', async () => {
      const id = await create()
      await plan(id, { channels: 'site' })
      await autosave(id, 'En helt annan rubrik')
      await runAll()
      const read = async (query: string) => (await editor('GET', `/articles/${id}?depth=0${query}`)).body
      const [shown, draft] = [await read(''), await read('&draft=true')]
      expect([draft.title, draft.publishedAt, draft.slug]).toEqual([
        'En helt annan rubrik',
        shown.publishedAt,
        shown.slug,
      ])
    })

    it('is not published over one that was published after it, whatever became of the plan’s row', async () => {
      const id = await create()
      const planId = await planDue(id, { ago: -HOUR_MS })
      await autosave(id, 'För hand')
      await editor('POST', `/articles/${id}/publish`, { channels: 'site' })
      // As when the process was killed before it could cancel the plan.
      await database.payload.db.updateOne({
        collection: 'plans',
        where: { id: { equals: planId } },
        data: { status: 'waiting', slot: `${id}:publish` },
      })
      await runAll()
      expect([await publicTitle(id), await readPlan(planId)]).toMatchObject([
        'För hand',
        { status: 'failed', problem: { code: 'superseded' } },
      ])
    })

    it('is not published by a worker that lost the plan: it was cancelled meanwhile', async () => {
      const id = await create()
      await planDue(id)
      const runner = planRunnerOf(database.payload)
      const articles: typeof runner.articles = {
        carryOut: async (claimed, input) => {
          // The worker stands still for longer than its lease.
          await payloadPlanBook({ payload: database.payload }).cancel({
            ...{ id: claimed.id, by: null, now: new Date(Date.now() + HOUR_MS) },
          })
          return runner.articles.carryOut(claimed, input)
        },
      }
      await runDuePlan({ ...runner, articles })
      expect(await publicTitle(id)).toBeNull()
    })

    it('is judged in its own language', async () => {
      const { body } = await editor('POST', '/articles?depth=0&draft=true&locale=en', {
        title: 'Planned',
        content: paragraph('A text.'),
        _status: 'draft',
      })
      const { id } = body.doc as { id: Id }
      const { body: planned } = await editor('POST', `/articles/${id}/publish?locale=en`, {
        channels: 'site',
        at: soon(),
      })
      await editor('PATCH', `/articles/${id}?draft=true&autosave=true&locale=en`, {
        title: 'Newer',
        _status: 'draft',
      })
      const { status } = await editor('PATCH', `/plans/${(planned.plan as PlanDoc).id}`, {
        useNewestText: true,
      })
      await runAll()
      const { body: shown } = await restAs(database)('GET', `/articles/${id}?locale=en`)
      expect([status, shown.title]).toEqual([200, 'Newer'])
    })

    it('loses what an admin passed for another text', async () => {
      const id = await create({ content: paragraph('Hej {{name}}, välkommen.') })
      const override = { checks: ['placeholder'], reason: 'Så ska det stå' }
      const { body } = await publishAt(id, { override }, admin.rest)
      const { id: planId } = body.plan as PlanDoc
      const refused = await editor('PATCH', `/plans/${planId}`, { useNewestText: true })
      expect(refusalOf(refused)).toMatchObject({ status: 422, code: 'newsletter_stopped' })
      await editor('PATCH', `/articles/${id}?draft=true`, { content: paragraph('Välkommen.') })
      const used = await editor('PATCH', `/plans/${planId}`, { useNewestText: true })
      expect([used.status, used.body.doc]).toMatchObject([200, { override: { checks: null, by: null } }])
      const again = await admin.rest('PATCH', `/plans/${planId}`, { useNewestText: true, override })
      expect(again.body.doc).toMatchObject({ override: { ...override, by: admin.id } })
    })

    it('goes on when deleting its article is refused', async () => {
      const id = await create()
      const { id: planId } = await plan(id)
      const { status } = await editor('DELETE', `/articles/${id}`, undefined, {
        'If-Match': '"2020-01-01T00:00:00.000Z"',
      })
      expect([status, (await readPlan(planId)).status]).toEqual([409, 'waiting'])
    })
  })

  describe('to unpublish', () => {
    it('takes the article off the site, and the newest text stays', async () => {
      const id = await create()
      await editor('POST', `/articles/${id}/publish`, { channels: 'site' })
      await autosave(id, 'Nyare')
      const answer = await editor('POST', '/plans', { article: id, action: 'unpublish', dueAt: soon() })
      expect([answer.status, answer.body.doc]).toMatchObject([
        201,
        { action: 'unpublish', channels: null, version: null, status: 'waiting', hasNewerText: null },
      ])
      expect(await publicTitle(id)).toBe('Planerad')
      await runAll()
      expect([await publicTitle(id), await draftOf(id)]).toEqual([null, { title: 'Nyare', _status: 'draft' }])
    })

    it('may stand beside one to publish', async () => {
      const id = await create()
      await plan(id, { channels: 'site', at: soon() })
      await editor('POST', '/plans', { article: id, action: 'unpublish', dueAt: soon(2 * HOUR_MS) })
      await run(HOUR_MS + MINUTE_MS)
      expect(await publicTitle(id)).toBe('Planerad')
      await run(3 * HOUR_MS)
      expect(await publicTitle(id)).toBeNull()
    })
  })

  describe('and its time', () => {
    it('goes by the clock of the site', async () => {
      const year = new Date().getUTCFullYear() + 1
      const dueAt = async () => {
        const { dueAt: due, id: planId } = await plan(await create(), { at: `${year}-07-01T08:00` })
        await editor('DELETE', `/plans/${planId}`)
        return due
      }
      const here = await dueAt()
      await editor('POST', '/globals/site', { timeZone: 'America/New_York' })
      const there = await dueAt()
      const refused = await editor('POST', '/globals/site', { timeZone: 'Stockholm' })
      await editor('POST', '/globals/site', { timeZone: 'Europe/Stockholm' })
      expect([here, there, refused.status]).toEqual([
        `${year}-07-01T06:00:00.000Z`,
        `${year}-07-01T12:00:00.000Z`,
        400,
      ])
    })

    it('is refused when it has passed, is years away, or is none', async () => {
      const id = await create()
      const answers = await Promise.all(
        [soon(-1), '2099-01-01T08:00', 'i morgon', 5, ''].map((at) => publishAt(id, { at })),
      )
      expect(answers.map(refusalOf)).toMatchObject([
        { status: 400, code: 'time_not_plannable', data: { errors: [{ path: 'at' }] } },
        { status: 400, code: 'time_not_plannable', data: { errors: [{ path: 'at' }] } },
        { status: 400, code: 'body_invalid', data: { errors: [{ path: 'at' }] } },
        { status: 400, code: 'body_invalid', data: { errors: [{ path: 'at' }] } },
        { status: 400, code: 'body_invalid', data: { errors: [{ path: 'at' }] } },
      ])
    })

    it('is told to the sheet: the usual ones, and what a time means', async () => {
      const year = new Date().getUTCFullYear() + 1
      const { body } = await author('GET', `/plans/times?local=${year}-07-01T08:00`)
      const past = await author('GET', '/plans/times?local=2020-01-01T08:00')
      const none = await author('GET', '/plans/times')
      expect(body).toEqual({
        timeZone: 'Europe/Stockholm',
        usual: [0, 1].map(() => ({
          at: expect.any(String),
          local: expect.stringMatching(/T08:00$/),
          shift: null,
        })),
        chosen: {
          ...{ at: `${year}-07-01T06:00:00.000Z`, local: `${year}-07-01T08:00` },
          ...{ shift: null, fault: null },
        },
      })
      expect([past.body.chosen, none.body.chosen]).toMatchObject([{ fault: 'past' }, null])
      expect((await restAs(database)('GET', '/plans/times')).status).toBe(401)
    })

    it('may be missed by less than a day', async () => {
      const id = await create()
      await planDue(id, { ago: 24 * HOUR_MS - MINUTE_MS })
      await runAll(0)
      expect(await publicTitle(id)).toBe('Planerad')
    })

    it('asks when it was missed by more', async () => {
      const id = await create()
      const planId = await planDue(id, { ago: 24 * HOUR_MS + MINUTE_MS })
      await runAll(0)
      expect([await publicTitle(id), await readPlan(planId)]).toMatchObject([
        null,
        { status: 'late', problem: { code: 'late' } },
      ])
      expect(await run(0)).toBe(false)
      await editor('PATCH', `/plans/${planId}`, { dueAt: soon() })
      await runAll()
      expect(await publicTitle(id)).toBe('Planerad')
    })
  })

  describe('and staff', () => {
    it('there is one for each action, however many ask at once', async () => {
      const id = await create()
      const answers = await Promise.all([1, 2, 3].map(() => publishAt(id)))
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
      const { body } = await editor('GET', `/plans?where[article][equals]=${id}`)
      const [only] = body.docs as PlanDoc[]
      expect([body.totalDocs, refusalOf(await publishAt(id))]).toMatchObject([
        1,
        { code: 'plan_exists', data: { plan: String(only?.id) } },
      ])
      await editor('DELETE', `/plans/${only?.id}`)
      expect((await publishAt(id)).status).toBe(200)
    })

    it('is moved and cancelled', async () => {
      const id = await create()
      const { id: planId } = await plan(id)
      const at = soon(5 * HOUR_MS)
      const moved = await editor('PATCH', `/plans/${planId}`, { dueAt: at })
      expect([moved.status, moved.body.doc]).toMatchObject([200, { dueAt: at, status: 'waiting' }])
      await runAll()
      expect(await publicTitle(id)).toBeNull()
      const cancelled = await editor('DELETE', `/plans/${planId}`)
      expect([cancelled.status, cancelled.body.doc]).toMatchObject([
        200,
        { status: 'cancelled', endedAt: expect.any(String), endedBy: expect.anything() },
      ])
      await runAll(10 * HOUR_MS)
      expect(await publicTitle(id)).toBeNull()
      const again = [
        await editor('PATCH', `/plans/${planId}`, { dueAt: soon() }),
        await editor('DELETE', `/plans/${planId}`),
      ]
      expect(again.map(refusalOf)).toEqual([
        { status: 409, code: 'plan_state', data: { status: 'cancelled' } },
        { status: 409, code: 'plan_state', data: { status: 'cancelled' } },
      ])
    })

    it('is refused what it does not take', async () => {
      const id = await create()
      const { id: planId } = await plan(id)
      const answers = [
        await editor('PATCH', `/plans/${planId}`, {}),
        await editor('PATCH', `/plans/${planId}`, { status: 'done' }),
        await editor('PATCH', `/plans/${planId}`, { dueAt: soon(-HOUR_MS) }),
        await editor('POST', '/plans', { article: id, action: 'unpublish', channels: 'site', dueAt: soon() }),
        await editor('POST', '/plans', { article: id, action: 'explode', dueAt: soon() }),
        await editor('POST', '/plans', {
          article: id,
          action: 'publish',
          channels: 'site',
          topics: [1],
          dueAt: soon(),
        }),
        await editor('POST', '/plans', { article: 'nothing', action: 'unpublish', dueAt: soon() }),
        await editor('POST', `/articles/${id}/publish`, { channels: 'fax', at: soon() }),
      ]
      expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400, 400, 404, 400])
    })

    it('is read by all staff, changed by editors, and not there for anybody else', async () => {
      const id = await create()
      const { id: planId } = await plan(id)
      const asked = async (by: Rest) =>
        (
          await Promise.all([
            by('GET', '/plans'),
            by('GET', `/plans/${planId}`),
            by('POST', '/plans', { article: id, action: 'unpublish', dueAt: soon() }),
            by('PATCH', `/plans/${planId}`, { dueAt: soon() }),
            by('DELETE', `/plans/${planId}`),
            by('POST', `/articles/${id}/publish`, { channels: 'site', at: soon() }),
          ])
        ).map(({ status }) => status)
      expect([await asked(author), await asked(restAs(database))]).toEqual([
        [200, 200, 403, 403, 403, 403],
        [403, 403, 401, 401, 401, 401],
      ])
      expect(JSON.stringify((await author('GET', `/plans/${planId}`)).body)).not.toMatch(/slot|lease/)
    })
  })

  describe('while a worker carries it out', () => {
    /** What the run of a plan writes, in order. */
    const WRITES = ['updateOne', 'createVersion', 'updateVersion', 'create'] as const

    /** Runs what is due, and ends it like a kill before (or after) its n-th write. @returns how many there were. */
    const runCut = async ({ at, isAfter }: { at: number; isAfter: boolean }): Promise<number> => {
      const { db } = database.payload
      const kept = Object.fromEntries(WRITES.map((name) => [name, db[name]]))
      let count = 0
      let isDead = false
      for (const name of WRITES) {
        const write = db[name] as (...input: unknown[]) => Promise<unknown>
        Object.assign(db, {
          [name]: async (...input: unknown[]) => {
            if (isDead) throw new Error('killed')
            count += 1
            isDead = count === at
            if (!isDead) return write.apply(db, input)
            if (isAfter) await write.apply(db, input)
            throw new Error('killed')
          },
        })
      }
      try {
        await runDuePlan(planRunnerOf(database.payload)).catch(() => undefined)
      } finally {
        Object.assign(db, kept)
      }
      return count
    }

    it.each([false, true])(
      'a crash at any write (after it: %s) leaves it to the next worker, which ends it once',
      async (isAfter) => {
        for (let at = 1; ; at += 1) {
          const id = await create({ title: `Fall ${at}` })
          const planId = await planDue(id)
          await autosave(id, 'Nyare')
          const writes = await runCut({ at, isAfter })
          // When the lease has ended.
          await runAll(10 * MINUTE_MS)
          await drain(database.payload)
          expect([
            at,
            await publicTitle(id),
            await draftOf(id),
            await campaignsOf(id),
            (await readPlan(planId)).status,
          ]).toEqual([at, `Fall ${at}`, { title: 'Nyare', _status: 'draft' }, ['submitted'], 'done'])
          if (writes < at) break
          expect(at).toBeLessThan(40)
        }
      },
    )

    it('is either cancelled or carried out', async () => {
      const pause = (turns: number): Promise<void> =>
        turns === 0 ? Promise.resolve() : Promise.resolve().then(() => pause(turns - 1))
      const outcomes = new Set<string>()
      for (const [number, turns] of [0, 0, 5, 10, 20, 30, 50, 80].entries()) {
        const id = await create({ title: `Tävling ${number}` })
        const planId = await planDue(id)
        const [{ status }] = await Promise.all([
          pause(turns).then(() => editor('DELETE', `/plans/${planId}`)),
          run(0),
          run(0),
        ])
        await runAll(10 * MINUTE_MS)
        outcomes.add(`${status}, ${(await publicTitle(id)) === null ? 'hidden' : 'public'}`)
      }
      expect([...outcomes].filter((outcome) => !['200, hidden', '409, public'].includes(outcome))).toEqual([])
    })

    it('is tried again when the database was away, and asks after half an hour of that', async () => {
      const id = await create()
      const planId = await planDue(id)
      const failing = {
        ...planRunnerOf(database.payload),
        articles: { carryOut: () => Promise.reject(new Error('SQLITE_BUSY: database is locked')) },
      }
      const runFailing = (afterMs: number) =>
        runDuePlan({ ...failing, clock: { now: () => new Date(Date.now() + afterMs) } })
      expect([await runFailing(0), await runFailing(0)]).toEqual([true, false])
      for (let minute = 1; await runFailing(minute * 61_000); minute += 1) expect(minute).toBeLessThan(31)
      expect(await readPlan(planId)).toMatchObject({
        status: 'failed',
        problem: { code: 'tried_too_often', message: expect.stringContaining('SQLITE_BUSY') },
      })
    })
  })
})
