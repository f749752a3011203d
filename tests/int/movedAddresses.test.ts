import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { depsOf, subscriberListOf } from '../../src/deps.ts'
import type { SuppressionReason } from '../../src/newsletter/model.ts'
import { addressHash } from '../../src/newsletter/rules/addressHash.ts'
import type { Subscriber } from '../../src/payload-types.ts'
import { eraseReader } from '../../src/readers/eraseReader.ts'
import { importSubscribers } from '../../src/subscribers/importSubscribers.ts'
import { noCounts } from '../../src/subscribers/problems.ts'
import { askToSubscribe } from '../../src/subscribing/askToSubscribe.ts'
import { confirmSubscription } from '../../src/subscribing/confirmSubscription.ts'
import { findSuppressed } from '../../src/suppressions/findSuppressed.ts'
import { suppress } from '../../src/suppressions/suppress.ts'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import { anybodyOn, clearReaders, consentsOf, DAY_MS, mailsOf, tokenIn, tokenOf } from '../support/readers.ts'
import { logInAs } from '../support/rest.ts'
import { createSubscriber } from '../support/siteContent.ts'

const NOON = new Date('2026-11-25T12:00:00.000Z')
const OLD = 'anna@example.com'
const NEW = 'anna.ny@example.com'

describe.each(testDatabases())('on $name, the address that a reader changed from', ({ open }) => {
  let database: TestDatabase
  let folder: string
  let anna: Subscriber
  let admin: Awaited<ReturnType<typeof logInAs>>
  const time = { now: NOON }
  beforeAll(async () => {
    database = await open()
    folder = mkdtempSync(join(tmpdir(), 'utskick-moved-'))
    admin = await logInAs({ ...database, role: 'admin' })
    Object.assign(depsOf(database.payload), { clock: { now: () => time.now }, sleep: async () => undefined })
  })
  afterAll(async () => {
    await database.close()
    rmSync(folder, { recursive: true })
  })
  beforeEach(async () => {
    time.now = NOON
    await clearReaders(database.payload)
    anna = await createSubscriber(database.payload, { email: OLD })
  })

  const call = (...args: Parameters<ReturnType<typeof anybodyOn>>) => anybodyOn(database)(...args)
  const passTime = (ms: number) => {
    time.now = new Date(time.now.getTime() + ms)
  }
  const linkFor = (until = new Date(time.now.getTime() + 90 * DAY_MS)) =>
    tokenOf(database.payload, { reader: anna, purpose: 'preferences', until })
  const subscribers = async () =>
    (await database.payload.find({ collection: 'subscribers', sort: 'id', depth: 0 })).docs
  const shown = async () => (await subscribers()).map(({ email, status }) => [email, status])
  const suppressions = async () =>
    (await database.payload.find({ collection: 'suppressions', sort: 'id', depth: 0 })).docs.map(
      ({ email, reason, detail, liftedAt }) => [email ?? null, reason, detail ?? null, Boolean(liftedAt)],
    )
  const reasonFor = async (email: string) =>
    (await findSuppressed({ payload: database.payload, emails: [email] })).get(email) ?? null

  const ask = async (to: string): Promise<string> => {
    await call('POST', `/preferences/address?token=${linkFor()}`, { json: { email: to } })
    const mails = (await mailsOf(database.payload)).filter(({ kind }) => kind === 'confirm-address')
    const last = mails.at(-1)
    return last?.email === to ? tokenIn(last, '/confirm-address') : ''
  }
  const confirm = async (link: string) =>
    (await call('POST', `/preferences/address/confirm?token=${link}`)).status
  const move = async (to: string) => {
    const status = await confirm(await ask(to))
    passTime(DAY_MS)
    await database.payload.db.deleteMany({ collection: 'rate-limits', where: {} })
    return status
  }
  async function importing(...emails: string[]) {
    const path = join(folder, 'people.csv')
    writeFileSync(path, ['email,consent_source', ...emails.map((email) => `${email},fair`)].join('\n'))
    const list = subscriberListOf(database.payload)
    let counts = noCounts()
    for await (const step of importSubscribers(
      { list, clock: { now: () => time.now } },
      { path, from: { file: 'people.csv', by: null } },
    ))
      if (step.kind === 'done') counts = step.counts
    return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0))
  }

  describe('is not brought back', () => {
    it('by an import or by staff, and only its hash is kept', async () => {
      expect(await move(NEW)).toBe(200)
      expect(await suppressions()).toEqual([[null, 'moved', null, false]])
      expect(await importing(OLD, NEW)).toEqual({ moved: 1, known: 1 })
      const { status } = await admin.rest('POST', '/subscribers', { email: OLD, consentSource: 'fair' })
      expect([status, await shown()]).toEqual([400, [[NEW, 'active']]])
    })

    it('by an admin who lifts suppressions', async () => {
      await move(NEW)
      const [row] = (await database.payload.find({ collection: 'suppressions', depth: 0 })).docs
      const { status, body } = await admin.rest('POST', `/suppressions/${row?.id}/lift`, { reason: 'Test' })
      expect([status, body, await reasonFor(OLD)]).toEqual([
        409,
        {
          errors: [
            expect.objectContaining({
              message:
                'Its owner changed to another address. They come back when they ask for the newsletter there and confirm it themselves.',
            }),
          ],
        },
        'moved',
      ])
    })

    it('after they left with the new one', async () => {
      await move(NEW)
      await call(
        'POST',
        `/unsubscribe?token=${tokenOf(database.payload, { reader: anna, purpose: 'leave' })}`,
      )
      expect([await importing(OLD, NEW), await shown()]).toEqual([
        { moved: 1, known: 1 },
        [[NEW, 'unsubscribed']],
      ])
    })

    it('after they were erased: then it is erased too, and what the provider told of it', async () => {
      const { payload } = database
      await suppress({ payload, email: OLD, reason: 'bounced', detail: `to ${OLD}`, now: NOON })
      const told = { occurredAt: NOON.toISOString(), receivedAt: NOON.toISOString(), email: OLD }
      await payload.create({
        collection: 'provider-events',
        data: {
          ...{ ...told, eventId: 'told-of-old', type: 'email.bounced', kind: 'bounced', detail: `to ${OLD}` },
          addressHash: addressHash({ secret: depsOf(payload).secret, email: OLD }),
        },
      })
      await move(NEW)
      await move('anna.nyare@example.com')
      expect((await suppressions()).map(([email, reason]) => [email, reason])).toEqual([
        [OLD, 'bounced'],
        [null, 'moved'],
      ])
      await eraseReader({ payload, subscriberId: String(anna.id) })
      expect(await suppressions()).toEqual([
        [null, 'erased', null, false],
        [null, 'erased', null, false],
        [null, 'erased', null, false],
      ])
      const { docs } = await payload.find({ collection: 'provider-events', depth: 0 })
      expect(docs.map(({ email, detail, addressHash: hash }) => [email, detail, hash])).toEqual([
        [null, null, null],
      ])
      await payload.db.deleteMany({ collection: 'provider-events', where: {} })
      expect(await importing(OLD, NEW, 'anna.nyare@example.com')).toEqual({ erased: 3 })
    })

    it('when staff changed it, also without a login', async () => {
      const { status } = await admin.rest('PATCH', `/subscribers/${anna.id}`, { email: NEW })
      expect([status, await reasonFor(OLD), await importing(OLD)]).toEqual([200, 'moved', { moved: 1 }])
      await database.payload.update({
        collection: 'subscribers',
        id: anna.id,
        data: { email: 'anna.nyare@example.com' },
      })
      expect([await reasonFor(NEW), await importing(NEW)]).toEqual(['moved', { moved: 1 }])
      const { docs } = await database.payload.find({
        collection: 'consents',
        where: { kind: { equals: 'address-changed' } },
        depth: 0,
        showHiddenFields: true,
        sort: 'id',
      })
      const hashOf = (email: string) => addressHash({ secret: depsOf(database.payload).secret, email })
      expect(docs.map(({ formerAddressHash }) => formerAddressHash)).toEqual([hashOf(OLD), hashOf(NEW)])
    })

    it('by a form or a program that writes back what it read before the reader changed it', async () => {
      const read = await admin.rest('GET', `/subscribers/${anna.id}?depth=0`)
      await move(NEW)
      const { status } = await admin.rest('PATCH', `/subscribers/${anna.id}`, { ...read.body, name: 'Anna' })
      expect([status, await shown()]).toEqual([400, [[NEW, 'active']]])
    })

    it('and stays suppressed for what weighs more', async () => {
      const { payload } = database
      const seen: (SuppressionReason | null)[] = []
      for (const reason of ['bounced', 'complained', 'manual', 'provider'] as const) {
        await clearReaders(payload)
        anna = await createSubscriber(payload, { email: OLD })
        await suppress({ payload, email: OLD, reason, detail: null, now: NOON })
        await move(NEW)
        seen.push(await reasonFor(OLD))
      }
      expect(seen).toEqual(['bounced', 'complained', 'manual', 'provider'])
    })
  })

  describe('comes back by its owner', () => {
    it('who asks for the newsletter there and confirms', async () => {
      const { payload } = database
      await move(NEW)
      await askToSubscribe({
        payload,
        person: { email: OLD, name: null, locale: 'sv' },
        source: 'form',
        now: time.now,
      })
      expect(await reasonFor(OLD)).toBe('moved')
      const mail = (await mailsOf(payload)).at(-1)
      const token = mail ? tokenIn(mail, '/confirm') : ''
      expect(await confirmSubscription({ payload, token, now: time.now })).toBe('done')
      expect([await shown(), await reasonFor(OLD)]).toEqual([
        [
          [NEW, 'active'],
          [OLD, 'active'],
        ],
        null,
      ])
      // Their own change of long ago does not suppress it anew, and erasing the other does not.
      await eraseReader({ payload, subscriberId: String(anna.id) })
      expect([await shown(), await reasonFor(OLD)]).toEqual([[[OLD, 'active']], null])
    })

    it.each(['moved', 'erased'] as const)(
      'who changes to it from another, and confirms that (%s)',
      async (reason) => {
        await suppress({ payload: database.payload, email: NEW, reason, detail: null, now: NOON })
        const link = await ask(NEW)
        expect([await reasonFor(NEW), await shown()]).toEqual([reason, [[OLD, 'active']]])
        expect(await confirm(link)).toBe(200)
        expect([await reasonFor(NEW), await reasonFor(OLD), await shown()]).toEqual([
          null,
          'moved',
          [[NEW, 'active']],
        ])
      },
    )

    it('who changes there and back', async () => {
      await move(NEW)
      await move(OLD)
      expect([await reasonFor(NEW), await reasonFor(OLD), await shown()]).toEqual([
        'moved',
        null,
        [[OLD, 'active']],
      ])
    })

    it('who was given another by staff, by mistake; and nobody else gets it', async () => {
      const bo = await createSubscriber(database.payload, { email: 'bo@example.com' })
      const set = async (reader: Subscriber, email: string) =>
        (await admin.rest('PATCH', `/subscribers/${reader.id}`, { email })).status
      const statuses = [await set(anna, NEW), await set(bo, OLD), await set(anna, OLD), await set(anna, OLD)]
      expect([statuses, await reasonFor(OLD), await reasonFor(NEW), await shown()]).toEqual([
        [200, 400, 200, 200],
        null,
        'moved',
        [
          [OLD, 'active'],
          ['bo@example.com', 'active'],
        ],
      ])
    })

    it('but is left alone by a second click on the link that changed it', async () => {
      const { payload } = database
      const link = await ask(NEW)
      await confirm(link)
      await createSubscriber(payload, { email: OLD })
      await payload.db.deleteMany({ collection: 'suppressions', where: {} })
      expect([await confirm(link), await reasonFor(OLD)]).toEqual([200, null])
    })
  })

  describe('opens nothing any more', () => {
    const statuses = async (link: string) => [
      (await call('GET', `/preferences?token=${link}`)).status,
      (await call('GET', `/preferences/data?token=${link}`)).status,
      (await call('PATCH', `/preferences?token=${link}`, { json: { name: 'Eve' } })).status,
      (await call('POST', `/preferences/address?token=${link}`, { json: { email: 'eve@example.com' } }))
        .status,
      (await call('POST', `/preferences/erase?token=${link}`)).status,
    ]

    it.each(['the reader', 'staff'])('with links that were mailed to it, once %s changed it', async (who) => {
      const { payload } = database
      const mailed = [linkFor(), tokenOf(payload, { reader: anna, purpose: 'leave' })]
      passTime(10_000)
      if (who === 'staff') await admin.rest('PATCH', `/subscribers/${anna.id}`, { email: NEW })
      else await confirm(await ask(NEW))
      passTime(10_000)
      const [preferences = '', leave = ''] = mailed
      expect(await statuses(preferences)).toEqual([410, 410, 410, 410, 410])
      expect(await shown()).toEqual([[NEW, 'active']])
      expect((await call('GET', `/preferences?token=${linkFor()}`)).status).toBe(200)
      // Leaving goes on for ever.
      expect((await call('POST', `/unsubscribe?token=${leave}`)).status).toBe(200)
      expect(await shown()).toEqual([[NEW, 'unsubscribed']])
    })

    it('with a link to confirm the subscription, so that no stranger confirms for somebody else', async () => {
      const { payload } = database
      await clearReaders(payload)
      const person = { email: OLD, name: null, locale: 'sv' } as const
      await askToSubscribe({ payload, person, source: 'form', now: time.now })
      const [mail] = await mailsOf(payload)
      const token = mail ? tokenIn(mail, '/confirm') : ''
      passTime(10_000)
      const [waiting] = await subscribers()
      await admin.rest('PATCH', `/subscribers/${waiting?.id}`, { email: NEW })
      expect(await confirmSubscription({ payload, token, now: time.now })).toBe('expired')
      expect(await shown()).toEqual([[NEW, 'pending']])
    })

    it('but a mail to the address on record, like any old link', async () => {
      const old = linkFor()
      passTime(10_000)
      await move(NEW)
      await call('POST', `/preferences/renew?token=${old}`)
      const mail = (await mailsOf(database.payload)).at(-1)
      expect([mail?.kind, mail?.email]).toEqual(['fresh-link', NEW])
    })
  })

  describe('is told of the change', () => {
    const told = async () =>
      (await mailsOf(database.payload))
        .filter(({ kind }) => kind === 'address-changed')
        .map(({ email, locale, subscriber }) => [email, locale, subscriber])

    it('once, when the new one was confirmed, without a link that opens anything', async () => {
      const link = await ask(NEW)
      expect(await told()).toEqual([])
      const statuses = await Promise.all([confirm(link), confirm(link)])
      expect([statuses, await confirm(link), await told()]).toEqual([[200, 200], 200, [[OLD, 'sv', anna.id]]])
      const { docs } = await database.payload.find({
        collection: 'transactional-mails',
        where: { kind: { equals: 'address-changed' } },
        showHiddenFields: true,
        depth: 0,
      })
      expect(JSON.stringify(docs)).not.toMatch(/token=|anna\.ny/)
    })

    it('each time', async () => {
      await move(NEW)
      await move(OLD)
      await move(NEW)
      expect((await told()).map(([email]) => email)).toEqual([OLD, NEW, OLD])
    })

    it('not when it takes no mail, nor when nothing came of it', async () => {
      const { payload } = database
      const link = await ask(NEW)
      await createSubscriber(payload, { email: NEW })
      expect([await confirm(link), await told()]).toEqual([409, []])
      await clearReaders(payload)
      anna = await createSubscriber(payload, { email: OLD })
      await suppress({ payload, email: OLD, reason: 'bounced', detail: null, now: NOON })
      expect([await move(NEW), await told()]).toEqual([200, []])
    })
  })

  it('is changed whole, wherever a crash cut it off, once the link is used again', async () => {
    const { payload } = database
    const writes = ['create', 'updateOne'] as const
    const cuts = []
    for (let cut = 1; ; cut++) {
      await clearReaders(payload)
      anna = await createSubscriber(payload, { email: OLD })
      const link = await ask(NEW)
      const originals = writes.map((name) => [name, payload.db[name]] as const)
      let calls = 0
      for (const [name, write] of originals)
        Object.assign(payload.db, {
          [name]: async (...input: never[]) => {
            calls += 1
            if (calls >= Math.ceil(cut / 2)) {
              if (cut % 2 === 0 && calls === cut / 2) await (write as (...all: never[]) => unknown)(...input)
              throw new Error('killed')
            }
            return (write as (...all: never[]) => unknown).apply(payload.db, input)
          },
        })
      const first = await confirm(link)
      for (const [name, write] of originals) Object.assign(payload.db, { [name]: write })
      const second = await confirm(link)
      const told = (await mailsOf(payload)).filter(({ kind }) => kind === 'address-changed')
      expect([
        second,
        await shown(),
        await reasonFor(OLD),
        told.length,
        await consentsOf(payload, anna),
      ]).toEqual([
        200,
        [[NEW, 'active']],
        'moved',
        1,
        [{ kind: 'address-changed', source: 'preferences', by: null, locale: 'sv', text: null }],
      ])
      if (first === 200) break
      cuts.push(cut)
    }
    expect(cuts.length).toBeGreaterThan(4)
  })

  describe('when something happens in the very moment of the change,', () => {
    /** Runs it when the write of the new address is about to be made. */
    const before = (act: () => Promise<unknown>) => around({ before: act, after: async () => undefined })
    const after = (act: () => Promise<unknown>) => around({ before: async () => undefined, after: act })
    function around(acts: { before: () => Promise<unknown>; after: () => Promise<unknown> }) {
      const { db } = database.payload
      const { updateOne } = db
      db.updateOne = (async (...input: Parameters<typeof updateOne>) => {
        if ((input[0].data as Partial<Subscriber>).email !== NEW) return updateOne.apply(db, input)
        db.updateOne = updateOne
        await acts.before()
        const updated = await updateOne.apply(db, input)
        await acts.after()
        return updated
      }) as typeof updateOne
    }
    const bounce = (email: string, reason: SuppressionReason = 'bounced') =>
      suppress({ payload: database.payload, email, reason, detail: null, now: NOON })
    const leave = () =>
      call('POST', `/unsubscribe?token=${tokenOf(database.payload, { reader: anna, purpose: 'leave' })}`)

    it.each([
      ['who leaves before it stays away', true, () => before(leave), 'unsubscribed'],
      ['who leaves after it stays away', true, () => after(leave), 'unsubscribed'],
      [
        'a new address that bounces before it is not mailed',
        true,
        () => before(() => bounce(NEW)),
        'suppressed',
      ],
      [
        'a new address that bounces after it is not mailed',
        true,
        () => after(() => bounce(NEW)),
        'suppressed',
      ],
      ['also of somebody who was active', false, () => before(() => bounce(NEW)), 'suppressed'],
      [
        'an old address that bounces before it does no harm',
        false,
        () => before(() => bounce(OLD)),
        'active',
      ],
      [
        'who complains before it is not mailed',
        false,
        () => before(() => bounce(OLD, 'complained')),
        'suppressed',
      ],
    ] as const)('%s', async (_, hasBounced, happen, status) => {
      if (hasBounced) await bounce(OLD)
      const link = await ask(NEW)
      happen()
      await confirm(link)
      expect(await shown()).toEqual([[NEW, status]])
      await confirm(link)
      expect(await shown()).toEqual([[NEW, status]])
    })
  })
})
