import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Payload } from 'payload'
import { depsOf } from '../../src/deps.ts'
import type { Id } from '../../src/newsletter/model.ts'
import { addressHash } from '../../src/newsletter/rules/addressHash.ts'
import { continueErasures, eraseReader } from '../../src/readers/eraseReader.ts'
import { suppress } from '../../src/suppressions/suppress.ts'
import { askToSubscribe } from '../../src/subscribing/askToSubscribe.ts'
import { followUp } from '../../src/contact/followUp.ts'
import { recordConsent } from '../../src/readers/recordConsent.ts'
import { queueMail } from '../../src/transactional/queueMail.ts'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import {
  claimedBatch,
  mailNextBatch,
  openCampaign,
  snapshot,
  startedCampaign,
} from '../support/flow/builders.ts'
import { databaseRigKind } from '../support/flow/databaseRig.ts'
import type { StoreRig } from '../support/flow/storeRig.ts'
import { at } from '../support/flow/time.ts'
import { anybodyOn, clearReaders, consentsOf, readerRows, tokenOf } from '../support/readers.ts'
import { createSubscriber } from '../support/siteContent.ts'
import { recordEvent } from '../support/webhooks/recordEvent.ts'

const NOW = new Date('2026-11-25T12:00:00.000Z')

describe.each(testDatabases())('on $name, erasing a person', ({ name, open }) => {
  let database: TestDatabase
  let rig: StoreRig
  beforeAll(async () => {
    database = await open()
    rig = await databaseRigKind({ name, open: async () => database }).open()
  })
  afterAll(() => database.close())
  beforeEach(async () => {
    await clearReaders(database.payload)
    await database.payload.db.deleteMany({ collection: 'provider-events', where: {} })
    await rig.clear()
  })

  /** Somebody of whom something is kept everywhere. */
  async function somebody(email: string) {
    const { payload } = database
    const reader = await createSubscriber(payload, { email })
    const subscriberId = String(reader.id)
    const consent = { kind: 'confirmed', text: 'Ja.', locale: 'sv', source: 'form', by: null } as const
    await recordConsent({ payload, consent: { ...consent, subscriberId, at: NOW } })
    await queueMail({
      payload,
      request: {
        kind: 'fresh-link',
        preferencesUrl: 'http://site.example/preferences',
        to: { email, name: null },
        locale: 'sv',
        subscriberId,
      },
    })
    await payload.create({
      collection: 'provider-events',
      data: {
        eventId: `event-${subscriberId}`,
        type: 'email.delivered',
        kind: 'delivered',
        occurredAt: NOW.toISOString(),
        receivedAt: NOW.toISOString(),
        email,
        detail: `to ${email}`,
        subscriberRef: subscriberId,
        addressHash: addressHash({ secret: depsOf(payload).secret, email }),
      },
    })
    // Of a mail to the address that named no subscriber.
    await payload.create({
      collection: 'provider-events',
      data: {
        eventId: `other-event-${subscriberId}`,
        type: 'email.bounced',
        kind: 'bounced',
        occurredAt: NOW.toISOString(),
        receivedAt: NOW.toISOString(),
        email,
        addressHash: addressHash({ secret: depsOf(payload).secret, email }),
      },
    })
    return { ...reader, subscriberId }
  }

  const events = async () =>
    (await database.payload.find({ collection: 'provider-events', sort: 'id', depth: 0 })).docs.map(
      ({ eventId, email, detail, subscriberRef, addressHash: hash }) => [
        eventId,
        email ?? null,
        detail ?? null,
        subscriberRef ?? null,
        hash ?? null,
      ],
    )

  const namingNobody = ({ subscriberId }: { subscriberId: Id }) =>
    ['event', 'other-event'].map((event) => [`${event}-${subscriberId}`, null, null, null, null])

  it('leaves the hash of the address, and everybody else as they are', async () => {
    const { payload } = database
    const bo = await somebody('bo@example.com')
    const before = { ...(await readerRows(payload)), events: await events() }
    const anna = await somebody('anna@example.com')
    const token = tokenOf(payload, { reader: anna, purpose: 'preferences' })

    const answer = await anybodyOn(database)('POST', `/preferences/erase?token=${token}`)
    expect([answer.status, answer.body]).toEqual([200, { status: 'erased' }])
    const { suppressions, ...after } = await readerRows(payload)
    expect({ ...after, suppressions: [], events: await events() }).toEqual({
      ...before,
      events: [...before.events, ...namingNobody(anna)],
    })
    expect(suppressions.map(({ email, reason }) => [email ?? null, reason])).toEqual([[null, 'erased']])
    expect(await consentsOf(payload, bo)).toHaveLength(1)
    // The same link again, the form of the page, and the link for leaving.
    const again = await anybodyOn(database)('POST', `/preferences/erase?token=${token}&from=page`)
    const leaving = await anybodyOn(database)(
      'POST',
      `/unsubscribe?token=${tokenOf(payload, { reader: anna, purpose: 'leave' })}`,
    )
    expect([again.location, leaving.status]).toEqual([`/preferences?token=${token}&problem=reader_gone`, 200])
  })

  const letterTo = (email: string) => ({ to: { email, name: null }, locale: 'sv' as const })
  const mailsLeft = async () =>
    (await readerRows(database.payload)).mails.map(({ kind, email }) => [kind, email])

  it('removes the mails to the address that name nobody, and thanks nobody any more', async () => {
    const { payload } = database
    const anna = await somebody('anna@example.com')
    const wrote = { name: 'Anna', email: 'anna@example.com', message: 'Hej!', locale: 'sv' } as const
    const message = await payload.create({
      collection: 'contact-messages',
      data: { ...wrote, wantsNewsletter: true },
    })
    const contactMessageId = String(message.id)
    for (const request of [
      { kind: 'contact-thanks' as const, message: 'Hej!', ...letterTo('anna@example.com') },
      {
        ...{ kind: 'contact-notice' as const, message: 'Hej!', ...letterTo('staff@example.com') },
        ...{ from: wrote, adminUrl: 'http://site.example/admin' },
      },
    ])
      await queueMail({ payload, request: { ...request, contactMessageId } })
    await eraseReader({ payload, subscriberId: anna.subscriberId })
    expect(await mailsLeft()).toEqual([['contact-notice', 'staff@example.com']])

    // What follows from the message was cut off before: it goes on, without them.
    await followUp({
      payload,
      message: await payload.findByID({ collection: 'contact-messages', id: message.id }),
    })
    expect([await mailsLeft(), (await readerRows(payload)).subscribers]).toEqual([
      [['contact-notice', 'staff@example.com']],
      [],
    ])
    const { docs } = await payload.find({ collection: 'contact-messages', depth: 0 })
    expect(docs.map(({ email, message: text }) => [email, text])).toEqual([['anna@example.com', 'Hej!']])
    await payload.db.deleteMany({ collection: 'contact-messages', where: {} })
  })

  it('removes what others write down for them meanwhile, also when a worker has to finish it', async () => {
    const { payload } = database
    const left = []
    for (const isCutOff of [false, true]) {
      await clearReaders(payload)
      const anna = await somebody('anna@example.com')
      const { subscriberId } = anna
      const { deleteOne } = payload.db
      payload.db.deleteOne = async (...input) => {
        payload.db.deleteOne = deleteOne
        const consent = { kind: 'withdrawn', text: null, locale: 'sv', source: 'page', by: null } as const
        await recordConsent({ payload, consent: { ...consent, subscriberId, at: new Date() } })
        const request = { kind: 'fresh-link', preferencesUrl: 'http://site.example/preferences' } as const
        await queueMail({ payload, request: { ...request, ...letterTo(anna.email), subscriberId } })
        const thanks = { kind: 'contact-thanks', message: '' } as const
        await queueMail({ payload, request: { ...thanks, ...letterTo(anna.email) } })
        await queueMail({ payload, request: { ...thanks, ...letterTo('bo@example.com') } })
        const deleted = await deleteOne.apply(payload.db, input)
        if (isCutOff) throw new Error('killed')
        return deleted
      }
      await eraseReader({ payload, subscriberId }).catch(() => undefined)
      if (isCutOff) expect((await mailsLeft()).length).toBe(3)
      await continueErasures(payload)
      const { consents, erasures } = await readerRows(payload)
      left.push([await mailsLeft(), consents, erasures])
    }
    expect(left).toEqual([
      [[['contact-thanks', 'bo@example.com']], [], []],
      [[['contact-thanks', 'bo@example.com']], [], []],
    ])
  })

  it('leaves somebody alone who asks for the newsletter again at once', async () => {
    const { payload } = database
    const anna = await somebody('anna@example.com')
    await payload.create({
      collection: 'erasures',
      data: { subscriberRef: anna.subscriberId, askedAt: new Date().toISOString() },
    })
    await payload.db.deleteMany({ collection: 'consents', where: {} })
    await payload.db.deleteOne({ collection: 'subscribers', where: { id: { equals: anna.id } } })
    await suppress({ payload, email: anna.email, reason: 'erased', detail: null, now: NOW })
    const person = { email: anna.email, name: null, locale: 'sv' } as const
    // Some database gives the number of who was last to the next.
    await createSubscriber(payload, { email: 'bo@example.com' })
    await askToSubscribe({ payload, person, source: 'form', now: new Date() })
    await continueErasures(payload)
    const { consents, subscribers } = await readerRows(payload)
    expect([
      (await mailsLeft()).at(-1),
      consents.map(({ kind }) => kind),
      subscribers.map(({ email, status }) => [email, status]),
    ]).toEqual([
      ['confirm-subscription', 'anna@example.com'],
      ['asked'],
      [
        ['bo@example.com', 'active'],
        ['anna@example.com', 'pending'],
      ],
    ])
  })

  it('is finished by a worker, wherever it was cut off, and never without the hash', async () => {
    const { payload } = database
    const cuts = []
    for (let call = 1; ; call++) {
      await clearReaders(payload)
      await payload.db.deleteMany({ collection: 'provider-events', where: {} })
      const anna = await somebody('anna@example.com')
      const before = await readerRows(payload)
      const wasCut = await cutAt({ payload, call }, () =>
        eraseReader({ payload, subscriberId: anna.subscriberId }),
      )
      const { suppressions, ...between } = await readerRows(payload)
      const isUntouched =
        between.consents.length === before.consents.length &&
        between.mails.length === before.mails.length &&
        between.subscribers.length === before.subscribers.length
      if (!isUntouched) expect(suppressions).toHaveLength(1)
      // Cut off before it was written down at all, the person is told that it failed, and tries again.
      if (between.erasures.length === 0 && between.subscribers.length === 1)
        await eraseReader({ payload, subscriberId: anna.subscriberId })
      await continueErasures(payload)
      const { suppressions: kept, ...after } = await readerRows(payload)
      expect(after).toEqual({ subscribers: [], consents: [], mails: [], deliveries: [], erasures: [] })
      expect(kept.map(({ email, reason }) => [email ?? null, reason])).toEqual([[null, 'erased']])
      expect(await events()).toEqual(namingNobody(anna))
      if (!wasCut) break
      cuts.push(call)
    }
    expect(cuts.length).toBeGreaterThan(8)
  })

  it('that fails does not keep others waiting, and is tried again', async () => {
    const { payload } = database
    const people = [await somebody('anna@example.com'), await somebody('bo@example.com')]
    for (const { subscriberId } of people)
      await payload.create({
        collection: 'erasures',
        data: { subscriberRef: subscriberId, askedAt: NOW.toISOString() },
      })
    const { deleteMany } = payload.db
    payload.db.deleteMany = () => {
      payload.db.deleteMany = deleteMany
      return Promise.reject(new Error('the database is away'))
    }
    const left = []
    for (const _ of [1, 2]) {
      await continueErasures(payload)
      left.push((await readerRows(payload)).subscribers.map(({ email }) => email))
    }
    expect(left).toEqual([['anna@example.com'], []])
  })

  describe('takes them out of their deliveries', () => {
    const recipient = (number: number) => `reader-${number}@example.com`
    /** Three readers in two batches of a campaign that is open. */
    async function campaignOfThree() {
      const ids: Id[] = []
      for (const number of [0, 1, 2])
        ids.push(await rig.addSubscriber({ email: recipient(number), name: 'A' }))
      return { id: await openCampaign(rig, { batchSize: 2 }), ids }
    }
    const shown = async (id: Id) =>
      (await rig.deliveries(id)).map(({ email, name: shownName, status, reason }) => [
        email,
        shownName,
        status,
        reason,
      ])
    const erase = (subscriberId: Id | undefined) =>
      eraseReader({ payload: database.payload, subscriberId: subscriberId ?? '' })
    const unfinished = async () => (await readerRows(database.payload)).erasures.length
    const seal = (batch: Awaited<ReturnType<typeof claimedBatch>>, token: string) =>
      rig.store.sealBatch({ batch, token, callWith: 'memory', now: at('08:09') })
    const submitted = (deliveryId: Id) => ({ deliveryId, status: 'submitted' as const, providerId: 'p-1' })

    it('at once where the batch is settled; the numbers stay', async () => {
      const { id, ids } = await campaignOfThree()
      const batch = await claimedBatch(rig, { worker: 'a', time: '08:03' })
      const sealed = await seal(batch, 'a')
      const results = (sealed?.recipients ?? []).map((delivery) => submitted(delivery.id))
      await rig.store.settleBatch({ id: batch.id, token: 'a', results, now: at('08:04') })
      const counts = await rig.store.countDeliveries(id)
      await erase(ids[0])
      expect(await shown(id)).toEqual([
        ['', null, 'submitted', null],
        [recipient(1), 'A', 'submitted', null],
        [recipient(2), 'A', 'pending', null],
      ])
      expect([await unfinished(), await rig.store.countDeliveries(id)]).toEqual([0, counts])
    })

    it('at once where nobody has begun with the batch, and excludes them', async () => {
      const { id, ids } = await campaignOfThree()
      await erase(ids[0])
      expect(await shown(id)).toEqual([
        ['', null, 'pending', null],
        [recipient(1), 'A', 'pending', null],
        [recipient(2), 'A', 'pending', null],
      ])
      expect(await unfinished()).toBe(0)
      const batch = await claimedBatch(rig, { worker: 'a', time: '08:03' })
      const sealed = await seal(batch, 'a')
      const [first] = await rig.deliveries(id)
      expect([sealed?.exclusions, sealed?.recipients.map(({ email }) => email)]).toEqual([
        [{ deliveryId: first?.id, reason: 'deleted' }],
        [recipient(1)],
      ])
    })

    it('after its call is settled where one may have been made: a repeat has the same bytes', async () => {
      const { id, ids } = await campaignOfThree()
      const first = await seal(await claimedBatch(rig, { worker: 'a', time: '08:03' }), 'a')
      await erase(ids[0])
      const again = await claimedBatch(rig, { worker: 'b', time: '08:04' })
      expect(await seal(again, 'b')).toEqual(first)
      expect([(await shown(id))[0], await unfinished()]).toEqual([[recipient(0), 'A', 'pending', null], 1])
      await continueErasures(database.payload)
      expect([(await shown(id))[0], await unfinished()]).toEqual([[recipient(0), 'A', 'pending', null], 1])

      const results = (first?.recipients ?? []).map((delivery) => submitted(delivery.id))
      await rig.store.settleBatch({ id: again.id, token: 'b', results, now: at('08:05') })
      await continueErasures(database.payload)
      expect([await shown(id), await unfinished()]).toEqual([
        [
          ['', null, 'submitted', null],
          [recipient(1), 'A', 'submitted', null],
          [recipient(2), 'A', 'pending', null],
        ],
        0,
      ])
    })

    it('and out of what the provider tells until then', async () => {
      const { id, ids } = await campaignOfThree()
      const sealed = await seal(await claimedBatch(rig, { worker: 'a', time: '08:03' }), 'a')
      await erase(ids[0])
      const [delivery] = sealed?.recipients ?? []
      const told = await recordEvent(depsOf(database.payload), {
        eventId: 'told-later',
        ...{ kind: 'delivered', type: 'email.delivered', occurredAt: at('08:04'), bounceType: null },
        ...{ emails: [recipient(0)], providerId: 'p-1', tags: { delivery: delivery?.id ?? '' } },
        ...{ detail: null, payload: null },
      })
      expect([told, (await events()).map(([, email]) => email)]).toEqual(['new', [null]])
      const results = (sealed?.recipients ?? []).map((each) => submitted(each.id))
      const [batch] = await rig.batches(id)
      await rig.store.settleBatch({ id: batch?.id ?? '', token: 'a', results, now: at('08:05') })
      await continueErasures(database.payload)
      expect([await events(), await unfinished()]).toEqual([[['told-later', null, null, null, null]], 0])
    })

    it('also when a worker has just taken the batch', async () => {
      const { id, ids } = await campaignOfThree()
      const batch = await claimedBatch(rig, { worker: 'a', time: '08:03' })
      await erase(ids[0])
      const sealed = await seal(batch, 'a')
      expect(sealed?.recipients.map(({ email }) => email)).toEqual([recipient(1)])
      const results = [
        ...(sealed?.exclusions ?? []).map((exclusion) => ({ ...exclusion, status: 'excluded' as const })),
        ...(sealed?.recipients ?? []).map((delivery) => submitted(delivery.id)),
      ]
      await rig.store.settleBatch({ id: batch.id, token: 'a', results, now: at('08:05') })
      await continueErasures(database.payload)
      expect([(await shown(id))[0], await unfinished()]).toEqual([['', null, 'excluded', 'deleted'], 0])
    })

    it('also of a campaign that is being prepared', async () => {
      const reader = await rig.addSubscriber({ email: recipient(0) })
      const id = await startedCampaign(rig, { worker: 'a' })
      await snapshot(rig, { campaignId: id, worker: 'a' })
      await erase(reader)
      await rig.store.openCampaign({ id, token: 'a', canary: null, now: at('08:02') })
      await continueErasures(database.payload)
      expect([await shown(id), await unfinished()]).toEqual([[['', null, 'pending', null]], 0])
    })

    it('and names nobody who might be mailed again', async () => {
      const { id, ids } = await campaignOfThree()
      const batch = await claimedBatch(rig, { worker: 'a', time: '08:03' })
      const sealed = await seal(batch, 'a')
      const results = (sealed?.recipients ?? []).map((delivery) => ({
        deliveryId: delivery.id,
        status: 'uncertain' as const,
        reason: 'interrupted',
        detail: `said of ${delivery.email}`,
      }))
      await rig.store.settleBatch({ id: batch.id, token: 'a', results, now: at('08:04') })
      await erase(ids[0])
      await mailNextBatch(rig, { time: '08:05', fates: ['submitted'] })
      const undecided = { code: 'undecided', message: 'Decide.' }
      await rig.store.finishCampaign({ id, undecided, now: at('08:06') })
      await rig.store.requestRemailing({ id, of: 'uncertain', by: await rig.editor(), now: at('08:07') })
      await rig.store.reopenBatches({ id, now: at('08:07') })
      const remailed = await seal(await claimedBatch(rig, { worker: 'b', time: '08:08' }), 'b')
      expect(remailed?.recipients.map(({ email }) => email)).toEqual([recipient(1)])
      expect(JSON.stringify(await rig.deliveries(id))).not.toContain(recipient(0))
    })
  })

  it('has its time from the clock of the process', async () => {
    const { payload } = database
    const { clock } = depsOf(payload)
    const anna = await somebody('anna@example.com')
    Object.assign(depsOf(payload), { clock: { now: () => NOW } })
    await eraseReader({ payload, subscriberId: anna.subscriberId })
    Object.assign(depsOf(payload), { clock })
    const [kept] = (await readerRows(payload)).suppressions
    expect(kept?.suppressedAt).toBe(NOW.toISOString())
  })
})

/** The writes of Payload, each of which is a point where a process can be killed. */
const WRITES = ['create', 'deleteMany', 'deleteOne', 'updateOne', 'updateMany'] as const

/** Runs it up to its so-many-th write, of which half are not made and half are made but not answered. */
async function cutAt(
  { payload: { db }, call }: { payload: Payload; call: number },
  run: () => Promise<void>,
): Promise<boolean> {
  const originals = WRITES.map((name) => [name, db[name]] as const)
  let calls = 0
  let isCut = false
  const cuttable =
    (write: (...input: never[]) => unknown) =>
    async (...input: never[]) => {
      if (isCut) throw new Error('killed')
      calls += 1
      if (calls !== Math.ceil(call / 2)) return write.apply(db, input)
      isCut = true
      if (call % 2 === 0) await write.apply(db, input)
      throw new Error('killed')
    }
  for (const [name, write] of originals) Object.assign(db, { [name]: cuttable(write) })
  try {
    await run().catch((error: unknown) => {
      if (!isCut) throw error
    })
    return isCut
  } finally {
    for (const [name, write] of originals) Object.assign(db, { [name]: write })
  }
}
