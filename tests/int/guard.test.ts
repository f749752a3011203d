import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { memoryMailer } from '../../src/adapters/mailer/memory/memoryMailer.ts'
import { depsOf } from '../../src/deps.ts'
import { sendNextBatch } from '../../src/newsletter/sendNextBatch.ts'
import type { Campaign } from '../../src/payload-types.ts'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import { mailing } from '../support/flow/builders.ts'
import { freePace } from '../support/flow/newsroom.ts'
import { removeAllRows } from '../support/flow/rawRows.ts'
import { logInAs, type Rest } from '../support/rest.ts'
import { createSubscriber } from '../support/siteContent.ts'
import { mailedCampaign, submitUntold } from '../support/webhooks/mailed.ts'
import { bounce, RESEND, tell } from '../support/webhooks/webhook.ts'

const STARTED_AT = new Date('2026-11-02T08:00:00.000Z')
const later = (minutes: number) => new Date(STARTED_AT.getTime() + minutes * 60_000)

describe.each(testDatabases())('on $name, a campaign', ({ open }) => {
  let database: TestDatabase
  let editor: Rest
  let number = 0
  const realClock = { now: () => new Date() }
  beforeAll(async () => {
    database = await open(RESEND)
    editor = (await logInAs({ ...database, role: 'editor' })).rest
  })
  afterEach(async () => {
    await removeAllRows(database)
    for (const collection of ['provider-events', 'suppressions'] as const)
      await database.payload.db.deleteMany({ collection, where: {} })
    Object.assign(depsOf(database.payload), { clock: realClock, env: database.env })
  })
  afterAll(() => database.close())

  const mailed = async (count: number, status: Campaign['status'] = 'submitting') => {
    const readers = []
    for (let reader = 0; reader < count; reader++)
      readers.push(await createSubscriber(database.payload, { email: `reader-${reader}@example.com` }))
    const { id, deliveries } = await mailedCampaign(database.payload, { title: 'Brevet', readers, status })
    return { id, deliveries: [...deliveries.values()] }
  }
  const tellAll = async (type: string, deliveries: number[], data: object = {}) => {
    for (const delivery of deliveries) {
      const { email } = await database.payload.findByID({
        ...{ collection: 'deliveries', id: delivery, depth: 0 },
      })
      const told = { id: `msg_${++number}`, type: `email.${type}`, at: '2026-11-03T08:00:00.000Z' }
      await tell(database, { ...told, to: [email], tags: { delivery: String(delivery) }, data })
    }
  }
  const read = async (id: Campaign['id']) => {
    const { body } = await editor('GET', `/campaigns/${id}?depth=0`)
    return body as unknown as Campaign
  }
  const stateOf = async (id: Campaign['id']) => {
    const { status, problem } = await read(id)
    return [status, problem?.code ?? null]
  }
  /** What a worker does with one batch of one mail. */
  const mailBatch = async (campaign: Campaign['id']) => {
    const { payload } = database
    const { id: subscriber, email } = await createSubscriber(payload, { email: 'last@example.com' })
    const place = { campaign, snapshot: 'worker' }
    await payload.create({
      collection: 'deliveries',
      depth: 0,
      data: {
        ...{
          ...place,
          subscriber,
          subscriberRef: String(subscriber),
          email,
          name: null,
          locale: 'sv' as const,
        },
        ...{ status: 'pending' as const, batchNumber: 2, position: 0 },
      },
    })
    await payload.create({
      collection: 'batches',
      depth: 0,
      data: {
        ...{ ...place, number: 2, status: 'pending' as const, idempotencyKey: 'k', attempts: 0, round: 0 },
        ...{ dueAt: STARTED_AT.toISOString(), sealedAt: null, inDoubtSince: null },
      },
    })
    await payload.db.updateOne({
      collection: 'campaigns',
      id: campaign,
      data: { mailing: mailing() },
    })
    await sendNextBatch({ ...depsOf(payload), mailer: memoryMailer(), pace: freePace })
  }
  const submitMore = (id: Campaign['id'], count: number) => submitUntold({ database, campaign: id, count })

  it('pauses itself above 4 % bounces, and goes on when an editor says so, until there are too many once more', async () => {
    const { id, deliveries } = await mailed(42)
    await submitMore(id, 458)
    await tellAll('bounced', deliveries.slice(0, 20), bounce('Permanent'))
    expect(await stateOf(id)).toEqual(['submitting', null])
    await tellAll('bounced', deliveries.slice(20, 21), bounce('Transient'))
    expect(await stateOf(id)).toEqual(['paused', 'too_many_bounces'])
    const { status } = await editor('POST', `/campaigns/${id}/resume`)
    await tellAll('bounced', deliveries.slice(21, 41), bounce('Permanent'))
    expect([status, await stateOf(id)]).toEqual([200, ['submitting', null]])
    await submitMore(id, 500)
    expect(await stateOf(id)).toEqual(['submitting', null])
    await tellAll('bounced', deliveries.slice(41, 42), bounce('Permanent'))
    expect(await stateOf(id)).toEqual(['paused', 'too_many_bounces'])
  })

  describe('in its canary', () => {
    const inCanary = async (mails: number, waitsUntil: string | null = null) => {
      const campaign = await mailed(mails, 'canary')
      const canary = { batches: 1, mails, minutes: 30, waitsUntil }
      await database.payload.db.updateOne({ collection: 'campaigns', id: campaign.id, data: { canary } })
      return campaign
    }

    it('pauses itself above 4 % bounces of few mails; who resumes it mails the rest, and has seen these', async () => {
      const { id, deliveries } = await inCanary(25, '2026-11-02T08:30:00.000Z')
      await tellAll('bounced', deliveries.slice(0, 2), bounce('Permanent'))
      const before = await stateOf(id)
      await tellAll('bounced', deliveries.slice(2, 3), bounce('Permanent'))
      const stopped = await stateOf(id)
      const endedAt = (await read(id)).canary?.endedAt
      await editor('POST', `/campaigns/${id}/resume`)
      await submitMore(id, 500)
      await tellAll('delivered', deliveries.slice(3, 4))
      expect([before, stopped, endedAt, await stateOf(id)]).toEqual([
        ['canary', null],
        ['paused', 'canary_bounced'],
        expect.any(String),
        ['submitting', null],
      ])
    })

    it('while it is mailed is judged by all that it will have', async () => {
      const { id, deliveries } = await inCanary(4)
      await database.payload.db.updateOne({
        ...{ collection: 'campaigns', id },
        data: { canary: { batches: 1, mails: 100, minutes: 30 } },
      })
      await tellAll('bounced', deliveries, bounce('Permanent'))
      expect(await stateOf(id)).toEqual(['canary', null])
    })

    it('pauses itself at the second complaint', async () => {
      const { id, deliveries } = await inCanary(3)
      await tellAll('complained', deliveries.slice(0, 1))
      const first = await stateOf(id)
      await tellAll('complained', deliveries.slice(1, 2))
      expect([first, await stateOf(id)]).toEqual([
        ['canary', null],
        ['paused', 'canary_complained'],
      ])
    })

    it('waits for events that came in before its wait was over, and hears those that were applied', async () => {
      const { id, deliveries } = await inCanary(3)
      const { queue, hasEvents } = depsOf(database.payload)
      const until = new Date('2026-11-03T09:00:00.000Z')
      const hears = () => hasEvents({ campaignId: String(id), until })
      const heard = [await hears()]
      for (const minutes of [-1, 1])
        await queue.keep([
          {
            ...{ eventId: `msg_of_${minutes}`, body: '{}' },
            receivedAt: new Date(until.getTime() + minutes * 60_000),
          },
        ])
      heard.push(await hears())
      await database.payload.db.deleteMany({
        ...{ collection: 'waiting-events', where: { eventId: { equals: 'msg_of_-1' } } },
      })
      heard.push(await hears())
      await tellAll('delivered', deliveries.slice(0, 1))
      heard.push(await hears())
      expect(heard).toEqual([false, null, false, true])
    })
  })

  it('pauses itself above 0.08 % complaints', async () => {
    const { id, deliveries } = await mailed(1)
    await submitMore(id, 499)
    await tellAll('complained', deliveries)
    expect(await stateOf(id)).toEqual(['paused', 'too_many_complaints'])
    const { problem } = await read(id)
    expect(problem?.message).toContain('1 of 500')
  })

  it('pauses itself too when it was small at the complaint: with the next batch that is settled', async () => {
    const { id, deliveries } = await mailed(1)
    await submitMore(id, 471)
    await tellAll('complained', deliveries)
    expect(await stateOf(id)).toEqual(['submitting', null])
    await submitMore(id, 499)
    await mailBatch(id)
    expect(await stateOf(id)).toEqual(['paused', 'too_many_complaints'])
    expect((await read(id)).problem?.message).toContain('1 of 972')
  })

  it('that an editor had paused pauses itself when it goes on, if there were too many meanwhile', async () => {
    const { id, deliveries } = await mailed(1)
    await submitMore(id, 499)
    await editor('POST', `/campaigns/${id}/pause`)
    await tellAll('complained', deliveries)
    expect(await stateOf(id)).toEqual(['paused', null])
    await editor('POST', `/campaigns/${id}/resume`)
    expect(await stateOf(id)).toEqual(['paused', 'too_many_complaints'])
    await editor('POST', `/campaigns/${id}/resume`)
    expect(await stateOf(id)).toEqual(['submitting', null])
  })

  it('that is finished stays so', async () => {
    const { id, deliveries } = await mailed(1, 'submitted')
    await submitMore(id, 499)
    await tellAll('complained', deliveries)
    expect(await stateOf(id)).toEqual(['submitted', null])
  })

  describe('of which the provider tells nothing', () => {
    const silenceAfter = async (minutes: number, id: Campaign['id']) => {
      depsOf(database.payload).clock = { now: () => later(minutes) }
      return (await read(id)).silence
    }

    it('says after an hour and more than 20 mails what is to be set up', async () => {
      const { id } = await mailed(21)
      expect(await silenceAfter(59, id)).toBeNull()
      expect(await silenceAfter(60, id)).toEqual({
        webhookUrl: 'http://site.example/api/webhooks/resend',
        hasSecret: true,
      })
    })

    it('is not counted again each time that it is shown, once it has finished', async () => {
      const { id } = await mailed(1, 'submitted')
      const counts = { recipients: 21, submitted: 21 }
      await database.payload.db.updateOne({ collection: 'campaigns', id, data: { counts } })
      const { store } = depsOf(database.payload)
      const { countDeliveries } = store
      store.countDeliveries = () => Promise.reject(new Error('Counted all of them.'))
      const silence = await silenceAfter(60, id).finally(() => (store.countDeliveries = countDeliveries))
      expect(silence).toEqual(expect.objectContaining({ hasSecret: true }))
    })

    it('says so too when the secret is missing', async () => {
      const { id } = await mailed(21)
      const mailer = { kind: 'resend', apiKey: 're_x', baseUrl: null, webhookSecret: null } as const
      depsOf(database.payload).env = { ...database.env, mailer }
      expect(await silenceAfter(60, id)).toEqual(expect.objectContaining({ hasSecret: false }))
    })

    it('says nothing of few mails, of a mailer that tells nothing, or once anything was told', async () => {
      const { id, deliveries } = await mailed(21)
      depsOf(database.payload).env = { ...database.env, mailer: { kind: 'outbox' } }
      expect(await silenceAfter(90, id)).toBeNull()
      Object.assign(depsOf(database.payload), { env: database.env, clock: realClock })
      await tellAll('sent', deliveries.slice(0, 1))
      expect(await silenceAfter(90, id)).toBeNull()
    })
  })
})
