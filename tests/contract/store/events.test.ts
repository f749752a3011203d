import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { depsOf } from '../../../src/deps.ts'
import type { CountedFact, EventStore, EventToKeep, MailedRow } from '../../../src/newsletter/eventPorts.ts'
import type { BatchStatus, DeliveryStatus, Suppression } from '../../../src/newsletter/model.ts'
import { UNDECIDED } from '../../../src/newsletter/rules/problems.ts'
import type { Campaign, Delivery, Subscriber } from '../../../src/payload-types.ts'
import { testDatabases, type TestDatabase } from '../../support/databases.ts'
import { removeAllRows } from '../../support/flow/rawRows.ts'
import { at } from '../../support/flow/time.ts'
import { createSubscriber } from '../../support/siteContent.ts'
import { mailedCampaign } from '../../support/webhooks/mailed.ts'

const ANNA = 'anna@example.com'
const NUMBERS = { submitted: 600, bounced: 30, complained: 0 }
const PROBLEM = { code: 'too_many_bounces', message: 'Too many.' }

const suppression = (more: Partial<Suppression> = {}): Suppression => ({
  email: ANNA,
  reason: 'bounced',
  detail: 'No such user',
  suppressedAt: at('08:00'),
  liftedAt: null,
  liftedBy: null,
  liftedByName: null,
  liftedReason: null,
  madeBy: 'event',
  statusBefore: 'active',
  forgivenAt: null,
  toTellProvider: null,
  ...more,
})

describe.each(testDatabases())('the store in $name: provider events', ({ open }) => {
  let database: TestDatabase
  let store: EventStore
  let id: Campaign['id']
  let reader: Subscriber
  let deliveryId: string
  let subscriberId: string
  let unknownId: string
  beforeAll(async () => {
    database = await open()
    store = depsOf(database.payload).events
    unknownId = database.payload.db.defaultIDType === 'number' ? '999999' : 'f'.repeat(24)
  })
  beforeEach(async () => {
    reader = await createSubscriber(database.payload, {
      ...{ email: ANNA, consentAt: at('07:00').toISOString() },
    })
    const campaign = await mailedCampaign(database.payload, {
      ...{ title: 'Brevet', readers: [reader], status: 'submitting' },
    })
    id = campaign.id
    deliveryId = String(campaign.deliveries.get(ANNA))
    subscriberId = String(reader.id)
  })
  afterEach(async () => {
    await removeAllRows(database)
    for (const collection of ['provider-events', 'suppressions'] as const)
      await database.payload.db.deleteMany({ collection, where: {} })
  })
  afterAll(() => database.close())

  const campaign = () => database.payload.findByID({ collection: 'campaigns', id, depth: 0 })
  const counts = async () => {
    const { delivered, bounced, complained } = (await campaign()).counts ?? {}
    return { delivered, bounced, complained }
  }
  const delivery = async () =>
    (await database.payload.find({ collection: 'deliveries', depth: 0, limit: 1 })).docs[0]
  const mailedRow = (more: Partial<MailedRow> = {}): MailedRow => ({
    ...{ id: deliveryId, kind: 'delivery', campaignId: String(id), subscriberId, email: ANNA },
    ...{ providerId: null, isTaken: true, countsRevision: 0, firstEventAt: null },
    ...more,
  })
  const kept = (eventId: string, more: Partial<EventToKeep['event']> = {}): EventToKeep => ({
    event: {
      ...{ eventId, kind: 'bounced', type: 'email.bounced', occurredAt: at('08:05') },
      ...{ providerId: 'p', bounceType: 'permanent', detail: 'No such user', payload: null },
      ...more,
    },
    mailed: mailedRow(),
    email: ANNA,
    addressHash: 'hash',
    receivedAt: at('08:06'),
  })
  const none = { deliveryId: null, mailId: null }

  it('findMailed finds a delivery and a transactional mail by what their tags say, and nothing by anything else', async () => {
    const data = { kind: 'welcome', email: ANNA, locale: 'sv', idempotencyKey: 'k' } as const
    const mail = await database.payload.create({
      collection: 'transactional-mails',
      depth: 0,
      data: {
        ...data,
        email: 'Anna@Example.com',
        ...{ status: 'pending', attempts: 0 },
        subscriber: reader.id,
        dueAt: at('08:00').toISOString(),
      },
    })
    const mailId = String(mail.id)
    const row = mailedRow({ id: mailId, kind: 'transactional', campaignId: null, isTaken: false })
    const wrong = [unknownId, '', 'x', '-1', '1.5', "1' OR '1'='1"]
    expect(
      await store.findMailed([
        { ...none, mailId },
        { ...none, deliveryId },
        none,
        { deliveryId, mailId },
        { ...none, deliveryId },
        ...wrong.flatMap((id) => [
          { ...none, deliveryId: id },
          { ...none, mailId: id },
        ]),
      ]),
    ).toEqual([row, mailedRow(), null, mailedRow(), mailedRow(), ...wrong.flatMap(() => [null, null])])
    expect(await store.findMailed([])).toEqual([])
  })

  it.each([
    ['uncertain', null, 'submitted'],
    // The provider tells of it before our own call has come back, or when its answer was lost.
    ['pending', '08:01', 'submitted'],
    // Not called for: what is told is about a call of before.
    ['pending', null, 'pending'],
    ['rejected', '08:01', 'rejected'],
    ['submitted', '08:01', 'submitted'],
  ] as const)(
    'settleUncertainMail, of a mail that is %s, in doubt since %s: %s',
    async (status, doubt, expected) => {
      const inDoubtSince = doubt && at(doubt).toISOString()
      const before = { status, inDoubtSince, reason: 'no_answer', problemSince: at('08:01').toISOString() }
      const held = { leaseToken: 'a', leaseUntil: at('08:05').toISOString() }
      const mail = await database.payload.create({
        collection: 'transactional-mails',
        depth: 0,
        data: {
          ...{ kind: 'welcome', email: ANNA, locale: 'sv', idempotencyKey: 'k', attempts: 1 },
          ...{ ...before, ...held, dueAt: at('08:00').toISOString() },
        },
      })
      await store.settleUncertainMail({ id: String(mail.id), providerId: 'p-1', now: at('08:09') })
      const row = await database.payload.findByID({
        collection: 'transactional-mails',
        id: mail.id,
        depth: 0,
      })
      const told = {
        ...{ status: 'submitted', reason: null, providerId: 'p-1', settledAt: at('08:09').toISOString() },
        ...{ problemSince: null, leaseToken: null, leaseUntil: null, inDoubtSince },
      }
      const isTold = expected === 'submitted' && status !== 'submitted'
      expect(row).toMatchObject(isTold ? told : { ...before, ...held })
    },
  )

  it('keepEvents keeps each event once, and says whether all that follows from it is written', async () => {
    const event = kept('msg_1', { payload: { a: ['b'] } })
    const second = kept('msg_2', { payload: null, detail: null, bounceType: null, providerId: null })
    expect(await store.keepEvents([event])).toEqual(['new'])
    const again = { ...event, receivedAt: at('09:00') }
    expect(await store.keepEvents([again, second])).toEqual(['unapplied', 'new'])
    await store.markApplied({ eventIds: ['msg_1'], now: at('08:07') })
    expect(await store.keepEvents([second, event, kept('msg_3')])).toEqual(['unapplied', 'applied', 'new'])
    const { docs } = await database.payload.find({ collection: 'provider-events', sort: 'id', depth: 0 })
    expect(docs).toEqual([
      expect.objectContaining({
        ...{ eventId: 'msg_1', type: 'email.bounced', kind: 'bounced', bounceType: 'permanent', email: ANNA },
        ...{ occurredAt: at('08:05').toISOString(), receivedAt: at('08:06').toISOString() },
        ...{
          appliedAt: at('08:07').toISOString(),
          campaign: id,
          deliveryRef: deliveryId,
          subscriberRef: subscriberId,
        },
        payload: { a: ['b'] },
      }),
      expect.objectContaining({
        ...{ eventId: 'msg_2', appliedAt: null, payload: null, detail: null, bounceType: null },
        ...{ providerId: null, email: ANNA },
      }),
      expect.objectContaining({ eventId: 'msg_3', appliedAt: null }),
    ])
  })

  it('forgetEvents leaves the type and the times', async () => {
    await store.keepEvents([kept('msg_1', { payload: { a: ANNA } }), kept('msg_2')])
    await store.forgetEvents(['msg_1', 'msg_3'])
    const { docs } = await database.payload.find({ collection: 'provider-events', sort: 'id', depth: 0 })
    const nobody = { email: null, detail: null, payload: null, subscriberRef: null, addressHash: null }
    expect(docs).toEqual([
      expect.objectContaining({
        ...nobody,
        eventId: 'msg_1',
        type: 'email.bounced',
        deliveryRef: deliveryId,
      }),
      expect.objectContaining({ eventId: 'msg_2', email: ANNA, detail: 'No such user', addressHash: 'hash' }),
    ])
  })

  describe('settleTaken', () => {
    const take = (more: Partial<Parameters<EventStore['settleTaken']>[0]> = {}) =>
      store.settleTaken({
        ...{ deliveryId, campaignId: String(id), providerId: 'p-1', undecidedCode: UNDECIDED.code },
        now: at('09:00'),
        ...more,
      })
    /** The delivery made anew: no status leads back. */
    const make = async (status: DeliveryStatus) => {
      const { payload } = database
      await payload.db.deleteMany({ collection: 'deliveries', where: {} })
      const made = await payload.create({
        collection: 'deliveries',
        depth: 0,
        data: {
          ...{ campaign: id, subscriber: reader.id, subscriberRef: subscriberId, email: ANNA, status },
          ...{ locale: 'sv', snapshot: 'worker', batchNumber: 0, position: 0, reason: 'x', detail: 'y' },
        },
      })
      deliveryId = String(made.id)
    }
    const makeBatch = (data: { status: BatchStatus; inDoubtSince: string | null }) =>
      database.payload.create({
        collection: 'batches',
        depth: 0,
        data: {
          ...{ campaign: id, snapshot: 'worker', number: 0, idempotencyKey: 'k', attempts: 1, round: 0 },
          dueAt: at('08:00').toISOString(),
          ...data,
        },
      })
    const setCampaign = (data: Record<string, unknown>) =>
      database.payload.db.updateOne({ collection: 'campaigns', id, data, returning: false })
    const outcome = async () => {
      const row = await delivery()
      return [row?.status, row?.reason ?? null, row?.detail ?? null, row?.providerId ?? null]
    }
    const TAKEN = ['submitted', null, null, 'p-1']
    const doubt = at('08:01').toISOString()

    it('makes an uncertain delivery submitted, and counts it so where the campaign is finished, once', async () => {
      await make('uncertain')
      const before = { recipients: 3, submitted: 1, rejected: 0, excluded: 0, uncertain: 1 }
      await setCampaign({ status: 'submitted', finishedAt: at('08:30').toISOString(), counts: before })
      expect((await store.findMailed([{ ...none, deliveryId }]))[0]?.isTaken).toBe(false)
      await take()
      await take()
      expect([await outcome(), (await campaign()).counts]).toEqual([
        TAKEN,
        expect.objectContaining({ rejected: 0, excluded: 0, uncertain: 0 }),
      ])
      expect((await delivery())?.settledAt).toBe(at('09:00').toISOString())
      expect((await store.findMailed([{ ...none, deliveryId }]))[0]?.isTaken).toBe(true)
    })

    it.each<[DeliveryStatus, BatchStatus, string | null, boolean]>([
      ['pending', 'pending', doubt, true],
      ['rejected', 'pending', doubt, true],
      ['pending', 'pending', null, false],
      ['rejected', 'settled', doubt, false],
      ['excluded', 'pending', doubt, false],
    ])('of one that is %s in a batch that is %s, in doubt since %s: %s', async (status, ...batch) => {
      const [batchStatus, inDoubtSince, isTaken] = batch
      await make(status)
      await makeBatch({ status: batchStatus, inDoubtSince })
      await take()
      expect(await outcome()).toEqual(isTaken ? TAKEN : [status, 'x', 'y', null])
    })

    it('lets a campaign go on that waits for staff only when nobody is uncertain any more', async () => {
      await make('uncertain')
      const other = await createSubscriber(database.payload, { email: 'bo@example.com' })
      const { docs } = await database.payload.find({ collection: 'deliveries', depth: 0 })
      const { id: _, ...row } = docs[0] as Delivery
      const second = await database.payload.create({
        collection: 'deliveries',
        depth: 0,
        data: { ...row, subscriber: other.id, subscriberRef: String(other.id), position: 1 },
      })
      const problem = { ...UNDECIDED, at: at('08:30').toISOString() }
      await setCampaign({ status: 'paused', problem })
      await take()
      expect((await campaign()).status).toBe('paused')
      await take({ deliveryId: String(second.id) })
      expect(await campaign()).toMatchObject({
        ...{ status: 'submitting', problem: { code: null, message: null, at: null } },
        dueAt: at('09:00').toISOString(),
      })
    })

    it('leaves a campaign paused that waits for something else', async () => {
      await make('uncertain')
      await setCampaign({ status: 'paused', problem: { ...PROBLEM, at: at('08:30').toISOString() } })
      await take()
      expect([await outcome(), (await campaign()).status]).toEqual([TAKEN, 'paused'])
    })
  })

  it('keepEvents at once from many keeps one', async () => {
    const set = [kept('msg_1'), kept('msg_2')]
    const answers = await Promise.all(Array.from({ length: 8 }, () => store.keepEvents(set)))
    expect(answers.flat().filter((answer) => answer === 'new')).toEqual(['new', 'new'])
  })

  it('recordFacts keeps the earliest time, and counts those that are the first', async () => {
    const record = (...times: string[]) =>
      store.recordFacts({ fact: 'bounced', times: times.map((time) => ({ deliveryId, at: at(time) })) })
    expect(await record('08:05')).toBe(1)
    expect(await record('08:09')).toBe(0)
    expect(await record('08:03')).toBe(0)
    const times = [
      { deliveryId, at: at('08:06') },
      { deliveryId: unknownId, at: at('08:06') },
    ]
    expect(await store.recordFacts({ fact: 'bounced', times })).toBe(0)
    const row = await delivery()
    expect([row?.bouncedAt, row?.deliveredAt ?? null, row?.status]).toEqual([
      ...[at('08:03').toISOString(), null, 'submitted'],
    ])
  })

  it('recordFirstEvent keeps the earliest time', async () => {
    for (const time of ['08:05', '08:09', '08:03'])
      await store.recordFirstEvent({ campaignId: String(id), at: at(time) })
    expect((await campaign()).firstEventAt).toBe(at('08:03').toISOString())
  })

  const add = (added: Partial<Record<CountedFact, number>>, revision: number) =>
    store.addToCounts({
      campaignId: String(id),
      added: { delivered: 0, bounced: 0, complained: 0, ...added },
      revision,
    })

  it('addToCounts adds, at once too', async () => {
    await Promise.all(Array.from({ length: 8 }, () => add({ delivered: 2, bounced: 1 }, 0)))
    expect(await counts()).toEqual({ delivered: 16, bounced: 8, complained: 0 })
  })

  it('recountFacts counts from the rows, and whoever was about to add finds another revision', async () => {
    await store.recordFacts({ fact: 'complained', times: [{ deliveryId, at: at('08:05') }] })
    await add({ delivered: 1 }, 0)
    await store.recountFacts(String(id))
    const expected = { delivered: 0, bounced: 0, complained: 1 }
    expect(await counts()).toEqual(expected)
    expect(await add({ complained: 1 }, 0)).toBe(false)
    expect(await counts()).toEqual(expected)
    expect((await store.findMailed([{ ...none, deliveryId }]))[0]?.countsRevision).toBe(1)
    expect(await add({ delivered: 1 }, 1)).toBe(true)
    await store.recountFacts(unknownId)
  })

  it('readAddressEvents gives what says whether an address may be mailed', async () => {
    await store.keepEvents([
      kept('msg_1'),
      kept('msg_2', { kind: 'delivered', bounceType: null, detail: null }),
      kept('msg_3', { kind: 'sent' }),
      { ...kept('msg_4'), addressHash: 'other' },
      { ...kept('msg_5', { kind: 'delivered' }), addressHash: 'delivered only' },
    ])
    const read = await store.readAddressEvents('hash')
    const times = { occurredAt: at('08:05'), receivedAt: at('08:06') }
    expect(read.toSorted((a, b) => (a.eventId < b.eventId ? -1 : 1))).toEqual([
      { eventId: 'msg_1', kind: 'bounced', bounceType: 'permanent', detail: 'No such user', ...times },
      { eventId: 'msg_2', kind: 'delivered', bounceType: null, detail: null, ...times },
    ])
    expect(await store.findBounced(['hash', 'nobody', 'delivered only'])).toEqual(new Set(['hash']))
  })

  it('pauseByGuard pauses once, with the numbers, and forgiveGuard knows only such a campaign', async () => {
    const read = () => store.readGuard(String(id))
    const numbers = { submitted: 1, bounced: 0, complained: 0 }
    const rest = { canary: null, hasEvents: false }
    expect(await read()).toEqual({
      ...{ status: 'submitting', guarded: null, numbers: { ...numbers, submitted: 0 }, ...rest },
    })
    expect([await store.countSubmitted(String(id)), await store.countSubmitted(unknownId)]).toEqual([1, 0])
    expect(await read()).toEqual({ status: 'submitting', guarded: null, numbers, ...rest })
    await store.forgiveGuard({ id: String(id), numbers: NUMBERS })
    expect((await read())?.guarded).toBeNull()
    const pause = { id: String(id), problem: PROBLEM, numbers: NUMBERS, now: at('08:10') }
    expect([await store.pauseByGuard(pause), await store.pauseByGuard(pause)]).toEqual([true, false])
    expect(await read()).toEqual({ status: 'paused', guarded: NUMBERS, numbers, ...rest })
    const { problem, moves } = await campaign()
    expect(problem).toEqual({ ...PROBLEM, at: at('08:10').toISOString() })
    expect(moves).toMatchObject([{ to: 'paused', problem: PROBLEM, control: null, by: null }])
    await store.forgiveGuard({ id: String(id), numbers })
    expect((await read())?.guarded).toEqual(numbers)
    expect(await store.readGuard(unknownId)).toBeNull()
  })

  it('countSubmitted changes nothing that a finished campaign keeps', async () => {
    const finishedAt = at('08:30').toISOString()
    await database.payload.db.updateOne({
      collection: 'campaigns',
      id,
      data: { status: 'submitted', finishedAt, counts: { submitted: 0 } },
    })
    expect(await store.countSubmitted(String(id))).toBe(1)
    expect((await campaign()).counts?.submitted).toBe(0)
  })

  describe('suppressions', () => {
    const write = (was: Suppression | null, next: Suppression | null) =>
      store.writeSuppression({ addressHash: 'hash', was, next })
    const read = async () => (await store.readSuppressions(['hash', 'other'])).get('hash') ?? null

    it('are written only as long as they are as they were read', async () => {
      const first = suppression()
      const next = suppression({
        reason: 'complained',
        detail: null,
        toTellProvider: 'lift',
        liftedAt: at('08:09'),
      })
      expect(await write(null, first)).toBe(true)
      expect(await write(null, next)).toBe(false)
      expect(await read()).toEqual(first)
      expect(await write(suppression({ madeBy: null }), next)).toBe(false)
      expect(await write(suppression({ statusBefore: null }), null)).toBe(false)
      expect(await write(first, next)).toBe(true)
      expect(await read()).toEqual(next)
      expect(await write(first, null)).toBe(false)
      expect(await write(next, null)).toBe(true)
      expect([await read(), await write(null, null)]).toEqual([null, false])
    })

    it('of eight at once one is written', async () => {
      const written = await Promise.all(
        Array.from({ length: 8 }, (_, index) => write(null, suppression({ detail: `${index}` }))),
      )
      expect(written.filter(Boolean)).toEqual([true])
    })

    it('that are to be told are found until they are told', async () => {
      const untold = suppression({ email: null, toTellProvider: 'suppress' })
      await write(null, untold)
      await store.writeSuppression({ addressHash: 'other', was: null, next: suppression() })
      const found = () => store.findUntoldSuppressions({ limit: 5 })
      expect(await found()).toEqual([{ addressHash: 'hash', suppression: untold }])
      await write(untold, { ...untold, toTellProvider: null })
      expect(await found()).toEqual([])
    })

    it('move the subscriber of an address from the states that are named', async () => {
      const move = { email: ANNA, from: ['active'], to: 'suppressed', now: at('08:09') } as const
      expect(await store.findAddressed(ANNA)).toEqual({
        ...{ id: subscriberId, status: 'active', unsubscribedAt: null, consentAt: at('07:00') },
      })
      expect([await store.moveAddressed(move), await store.moveAddressed(move)]).toEqual([true, false])
      expect((await store.findAddressed(ANNA))?.status).toBe('suppressed')
      expect(await store.findAddressed('bo@example.com')).toBeNull()
    })
  })
})
