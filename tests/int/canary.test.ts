import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { memoryMailer } from '../../src/adapters/mailer/memory/memoryMailer.ts'
import { depsOf } from '../../src/deps.ts'
import type { Flow } from '../../src/newsletter/ports.ts'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import { killedFlow, Killed, type Kill } from '../support/flow/crash.ts'
import { databaseRigKind } from '../support/flow/databaseRig.ts'
import { drainFlow, freePace, newsroom, recipientsOf, type Content } from '../support/flow/newsroom.ts'
import { readerEmail, type StoreRig } from '../support/flow/storeRig.ts'

import { logInAs, type Rest } from '../support/rest.ts'
import { paragraph } from '../support/siteContent.ts'
import { RESEND, tell } from '../support/webhooks/webhook.ts'

const SENDER = {
  ...{ senderName: 'Provet', senderEmail: 'brev@example.com' },
  postalAddress: 'Provgatan 1, 111 22 Stockholm',
}
const READERS = 40
const EVERYBODY = Array.from({ length: READERS }, (_, number) => readerEmail(number))
const WAIT_SECONDS = 30 * 60

/** What a worker asks for beside a mailing: the flow's own tests kill it there too. */
const FINDS_NOTHING = [
  ...['claimTransactionalMail', 'endHolds', 'findUndone', 'findForgottenArticles', 'findRemailingRequests'],
  'readForMailing',
]

describe.each(testDatabases())('on $name, a canary', ({ name, open }) => {
  let database: TestDatabase
  let rig: StoreRig
  let editor: Rest
  beforeAll(async () => {
    database = await open(RESEND)
    rig = await databaseRigKind({ name, open: async () => database }).open()
    await database.payload.updateGlobal({ slug: 'site', depth: 0, data: SENDER })
    editor = (await logInAs({ ...database, role: 'editor' })).rest
  })
  afterAll(() => rig.close())
  const realClock = { now: () => new Date() }
  beforeEach(async () => {
    await rig.clear()
    Object.assign(depsOf(database.payload), { clock: realClock })
  })

  describe('is set for the site', () => {
    const save = (canary: object) => editor('POST', '/globals/site', { canary })

    it('and off until somebody sets it', async () => {
      const { canary } = await database.payload.findGlobal({ slug: 'site', depth: 0 })
      expect(canary).toMatchObject({ isOn: false, percent: 10, minutes: 30 })
    })

    it.each([
      ['percent', 0],
      ['percent', 51],
      ['percent', 2.5],
      ['minutes', 4],
      ['minutes', 241],
    ])('within its bounds: not %s %d', async (field, value) => {
      const { status, body } = await save({ isOn: true, [field]: value })
      expect([status, JSON.stringify(body).includes(`canary.${field}`)]).toEqual([400, true])
    })

    it('told to staff alone', async () => {
      const { status, body } = await logInAs({ ...database, role: 'author' }).then(({ rest }) =>
        rest('GET', '/globals/site'),
      )
      const anonymous = await database.payload.findGlobal({ slug: 'site', depth: 0, overrideAccess: false })
      expect([status, typeof body.canary, anonymous.canary]).toEqual([200, 'object', undefined])
    })

    it('as a campaign finds it: on, with what it is', async () => {
      const read = async () => {
        const articleId = await rig.addArticle()
        const edition = { articleId, number: 1, audience: 'everybody', corrects: null } as const
        const source = await depsOf(database.payload).articles.readForMailing(edition)
        return source.kind === 'ready' ? source.canary : source
      }
      const found = [await read()]
      await save({ isOn: true, percent: 25, minutes: 60 })
      found.push(await read())
      await save({ isOn: true, percent: null, minutes: null })
      found.push(await read())
      await save({ isOn: false })
      found.push(await read())
      expect(found).toEqual([null, { percent: 25, minutes: 60 }, { percent: 10, minutes: 30 }, null])
    })
  })

  /** The flow on these rows, with a clock and a provider of the test. */
  const started = async () => {
    const room = newsroom({ batchSize: READERS })
    const mailer = memoryMailer({ batchSize: READERS, reportsEvents: true })
    await rig.clear()
    await rig.addSubscribers(READERS)
    const campaign = await rig.addCampaign()
    const flow = (): Flow<Content> => {
      const given = room.flow()
      const readForMailing: typeof given.articles.readForMailing = async () => ({
        kind: 'ready',
        content: { title: 'Rubriken' },
        sender: { name: 'Provet', email: 'brev@example.com', replyTo: 'svar@example.com' },
        ...{ listId: 'newsletter.site.example', baseUrl: 'http://site.example', topicIds: [] },
        canary: { percent: 50, minutes: 30 },
      })
      return { ...given, store: rig.store, mailer, articles: { ...given.articles, readForMailing } }
    }
    const mailAll = async (at = flow()) => {
      await drainFlow(at)
      room.clock.pass(WAIT_SECONDS)
      await drainFlow(at)
    }
    const end = async () => ({
      status: (await rig.campaign(campaign)).status,
      mailed: recipientsOf(mailer.mails).sort(),
      fates: new Set((await rig.deliveries(campaign)).map(({ status }) => status)),
    })
    return { room, mailer, flow, mailAll, end, campaign }
  }
  const allIsWell = { status: 'submitted', mailed: EVERYBODY, fates: new Set(['submitted']) }

  it('is mailed first, and the rest after its wait', async () => {
    const { room, mailer, flow, mailAll, end, campaign } = await started()
    await drainFlow(flow())
    const first = mailer.mails.length
    room.clock.pass(WAIT_SECONDS - 1)
    await drainFlow(flow())
    const { status, canary } = await rig.campaign(campaign)
    expect([status, canary?.mails, mailer.mails.length]).toEqual(['canary', first, first])
    expect([first > 5, first < 35]).toEqual([true, true])
    await mailAll()
    expect(await end()).toEqual(allIsWell)
  })

  it('is told by the API, with until when it waits; it is not stalled, and staff have the rest mailed', async () => {
    const { room, flow, campaign } = await started()
    Object.assign(depsOf(database.payload), { clock: room.clock })
    await drainFlow(flow())
    room.clock.pass(WAIT_SECONDS)
    const { body } = await editor('GET', `/campaigns/${campaign}?depth=0`)
    const { mails, waitsUntil } = (await rig.campaign(campaign)).canary ?? {}
    expect(body).toMatchObject({
      ...{ status: 'canary', stalled: null },
      canary: { mails, minutes: 30, waitsUntil: waitsUntil?.toISOString() },
    })
    expect(body).not.toHaveProperty('canary.batches')
    const sent = await editor('POST', `/campaigns/${campaign}/send-now`)
    expect([sent.status, (sent.body as { doc?: { status?: string } }).doc?.status]).toEqual([
      200,
      'submitting',
    ])
    await drainFlow(flow())
    expect((await rig.campaign(campaign)).status).toBe('submitted')
  })

  describe('of what was published', () => {
    /** Published by an editor to the readers; the worker of the server, with a provider and a clock of the test. */
    const publish = async () => {
      await rig.addSubscribers(READERS)
      const setting = { isOn: true, percent: 50, minutes: 30 }
      await editor('POST', '/globals/site', { holdSeconds: 0, canary: setting })
      const forecast = await editor('GET', '/articles/audience')
      await editor('POST', '/articles?locale=sv', {
        ...{ title: 'Om ansvar', content: paragraph('Text.'), _status: 'published' },
        newsletter: { send: true },
      })
      const { docs } = await database.payload.find({ collection: 'campaigns', depth: 0 })
      const id = String(docs[0]?.id)
      const mailer = memoryMailer({ batchSize: READERS, reportsEvents: true })
      const work = async (minutes: number) => {
        const now = new Date(Date.now() + minutes * 60_000)
        Object.assign(depsOf(database.payload), { clock: { now: () => now } })
        await drainFlow({ ...depsOf(database.payload), mailer, pace: freePace })
        const { status, problem } = await rig.campaign(id)
        return [status, problem?.code ?? null]
      }
      return { id, mailer, work, forecast: forecast.body.canary }
    }
    const tellOfFirst = async (id: string) => {
      const [delivery] = (await rig.deliveries(id)).filter(({ status }) => status === 'submitted')
      await tell(database, {
        ...{ id: 'msg_first', type: 'email.delivered', at: new Date().toISOString() },
        ...{ to: [delivery?.email ?? ''], tags: { delivery: delivery?.id ?? '' } },
      })
    }

    it('is followed by the rest once something good was told of it', async () => {
      const { id, mailer, work, forecast } = await publish()
      const states = [await work(0)]
      const first = mailer.mails.length
      await tellOfFirst(id)
      states.push(await work(29), await work(31))
      expect([forecast, states]).toEqual([
        { mails: READERS / 2, minutes: 30 },
        [
          ['canary', null],
          ['canary', null],
          ['submitted', null],
        ],
      ])
      expect([first < READERS, recipientsOf(mailer.mails).sort()]).toEqual([true, EVERYBODY])
    })

    it('asks when nothing was told; who resumes it has the rest mailed', async () => {
      const { id, mailer, work } = await publish()
      const states = [await work(0), await work(31)]
      const { body } = await editor('POST', `/campaigns/${id}/resume`)
      states.push([(body as { doc?: { status?: string } }).doc?.status ?? '', null], await work(32))
      expect(states).toEqual([
        ['canary', null],
        ['paused', 'canary_silent'],
        ['submitting', null],
        ['submitted', null],
      ])
      expect(recipientsOf(mailer.mails).sort()).toEqual(EVERYBODY)
    })
  })

  it('survives a worker that is killed before or after any call: everybody has one mail', async () => {
    const whole = await started()
    const { flow: watchedFlow, calls } = killedFlow(whole.flow(), null)
    await whole.mailAll(watchedFlow)
    expect(calls).toEqual(expect.arrayContaining(['findDueCanaries', 'awaitCanary', 'endCanary']))
    const kills = calls.flatMap((call, index): Kill[] =>
      FINDS_NOTHING.includes(call)
        ? []
        : [
            { call: index, when: 'before' },
            { call: index, when: 'after' },
          ],
    )
    for (const kill of kills) {
      const { room, flow, mailAll, end } = await started()
      await mailAll(killedFlow(flow(), kill).flow).catch((error: unknown) => {
        if (!(error instanceof Killed)) throw error
      })
      room.clock.pass(61)
      await mailAll()
      expect({ kill, ...(await end()) }).toEqual({ kill, ...allIsWell })
    }
  })
})
