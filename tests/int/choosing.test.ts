import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { depsOf } from '../../src/deps.ts'
import type { Subscriber } from '../../src/payload-types.ts'
import { askToSubscribe } from '../../src/subscribing/askToSubscribe.ts'
import { suppress } from '../../src/suppressions/suppress.ts'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import {
  anybodyOn,
  clearReaders,
  consentsOf,
  DAY_MS,
  HOUR_MS,
  mailsOf,
  readerRows,
  tokenIn,
  tokenOf,
} from '../support/readers.ts'
import { createSubscriber, createTopic } from '../support/siteContent.ts'

const NOON = new Date('2026-11-25T12:00:00.000Z')
const afterNoon = (ms: number) => new Date(NOON.getTime() + ms)

describe.each(testDatabases())('on $name, with the link of a mail alone, a reader', ({ open }) => {
  let database: TestDatabase
  let anna: Subscriber
  let token: string
  const time = { now: NOON }
  beforeAll(async () => {
    database = await open()
    const { payload } = database
    Object.assign(depsOf(payload), { clock: { now: () => time.now }, sleep: async () => undefined })
    await createTopic(payload, { name: 'Arbete', slug: 'arbete' })
  })
  afterAll(() => database.close())
  beforeEach(async () => {
    time.now = NOON
    await clearReaders(database.payload)
    anna = await createSubscriber(database.payload, { email: 'anna@example.com' })
    token = tokenOf(database.payload, { reader: anna, purpose: 'preferences' })
  })

  const call = (...args: Parameters<ReturnType<typeof anybodyOn>>) => anybodyOn(database)(...args)
  const storedAnna = async () => {
    const { subscribers } = await readerRows(database.payload)
    const { updatedAt: _, ...row } = subscribers.find(({ id }) => id === anna.id) ?? { updatedAt: null }
    return row
  }

  describe('pauses', () => {
    const pause = (weeks: unknown) => call('POST', `/preferences/pause?token=${token}`, { json: { weeks } })

    it('for some weeks, and ends it early', async () => {
      const before = await storedAnna()
      const paused = await pause(3)
      const until = afterNoon(21 * DAY_MS).toISOString()
      expect([paused.status, paused.body]).toEqual([200, expect.objectContaining({ pausedUntil: until })])
      expect(await storedAnna()).toEqual({ ...before, pausedUntil: until })
      expect((await pause(0)).body).toMatchObject({ pausedUntil: null })
      expect(await storedAnna()).toEqual({ ...before, pausedUntil: null })
    })

    it('until the time is over, and not longer', async () => {
      await call('PATCH', `/preferences?token=${token}`, { json: { pauseWeeks: 1 } })
      const seen = []
      for (const at of [afterNoon(7 * DAY_MS - 1), afterNoon(7 * DAY_MS)]) {
        time.now = at
        const fresh = tokenOf(database.payload, { reader: anna, purpose: 'preferences' })
        seen.push((await call('GET', `/preferences?token=${fresh}`)).body)
      }
      expect(seen).toMatchObject([
        { pausedUntil: afterNoon(7 * DAY_MS).toISOString() },
        { pausedUntil: null },
      ])
    })

    it.each([53, -1, 1.5, 'four', null, ''])('not for %j weeks', async (weeks) => {
      const before = await readerRows(database.payload)
      const { status, body } = await pause(weeks)
      expect([status, body]).toEqual([
        400,
        {
          errors: [
            {
              code: 'input_invalid',
              field: 'weeks',
              message: 'ska vara ett helt antal veckor från 1 till 52, eller 0 för att avsluta en paus',
            },
          ],
        },
      ])
      expect(await readerRows(database.payload)).toEqual(before)
    })

    it('by the form of the page, which is led back to it', async () => {
      const answers = [
        await call('POST', `/preferences/pause?token=${token}&from=page`, { form: { weeks: '52' } }),
        await call('POST', `/preferences/pause?token=${token}&from=page`, { form: { weeks: '0' } }),
        await call('POST', `/preferences/pause?token=${token}&from=page`, { form: { weeks: '99' } }),
      ]
      expect(answers.map(({ status, location }) => [status, location])).toEqual(
        ['done=paused', 'done=resumed', 'problem=weeks'].map((said) => [
          303,
          `/preferences?token=${token}&${said}`,
        ]),
      )
    })
  })

  describe('changes the address', () => {
    const ask = (email: unknown) => call('POST', `/preferences/address?token=${token}`, { json: { email } })
    const confirm = (link: string) => call('POST', `/preferences/address/confirm?token=${link}`)
    const asked = { status: 200, body: { status: 'asked' } }
    const said = ({ status, body }: Awaited<ReturnType<typeof call>>) => ({ status, body })

    it('when the owner of the new one confirms it, once', async () => {
      const { payload } = database
      const before = await storedAnna()
      expect(said(await ask(' Anna.Ny@Example.com'))).toEqual(asked)
      expect(await storedAnna()).toEqual(before)
      const [mail] = await mailsOf(payload)
      expect([mail?.kind, mail?.email, mail?.subscriber]).toEqual([
        'confirm-address',
        'anna.ny@example.com',
        anna.id,
      ])
      const link = mail ? tokenIn(mail, '/confirm-address') : ''
      expect(said(await confirm(link))).toEqual({ status: 200, body: { status: 'changed' } })
      const changed = { ...before, email: 'anna.ny@example.com', addressChangedAt: NOON.toISOString() }
      expect(await storedAnna()).toEqual(changed)
      expect(said(await confirm(link))).toEqual({ status: 200, body: { status: 'changed' } })
      expect(await consentsOf(payload, anna)).toEqual([
        { kind: 'address-changed', source: 'preferences', by: null, locale: 'sv', text: null },
      ])
    })

    it('not with a link that another change has overtaken', async () => {
      const { payload } = database
      await ask('first@example.com')
      await ask('second@example.com')
      const [first, second] = (await mailsOf(payload)).map((mail) => tokenIn(mail, '/confirm-address'))
      await confirm(second ?? '')
      const before = await readerRows(payload)
      const { status, body } = await confirm(first ?? '')
      expect([status, body]).toEqual([410, { errors: [expect.objectContaining({ code: 'link_used' })] }])
      expect(await readerRows(payload)).toEqual(before)
    })

    it('not after a day', async () => {
      await ask('new@example.com')
      const [mail] = await mailsOf(database.payload)
      const before = await readerRows(database.payload)
      time.now = afterNoon(DAY_MS)
      const { status } = await confirm(mail ? tokenIn(mail, '/confirm-address') : '')
      expect([status, await readerRows(database.payload)]).toEqual([410, before])
    })

    it('without learning who subscribes or must not be mailed', async () => {
      const { payload } = database
      await createSubscriber(payload, { email: 'bo@example.com' })
      await suppress({ payload, email: 'gone@example.com', reason: 'complained', detail: null, now: NOON })
      const before = await readerRows(payload)
      const answers = [
        await ask('bo@example.com'),
        await ask('gone@example.com'),
        await ask('anna@example.com'),
      ]
      expect(answers.map(said)).toEqual([asked, asked, asked])
      expect(await readerRows(payload)).toEqual(before)
    })

    it('not to one that somebody subscribes with meanwhile', async () => {
      const { payload } = database
      await ask('new@example.com')
      const [mail] = await mailsOf(payload)
      await createSubscriber(payload, { email: 'new@example.com' })
      const before = await readerRows(payload)
      const { status, body } = await confirm(mail ? tokenIn(mail, '/confirm-address') : '')
      expect([status, body]).toEqual([
        409,
        { errors: [expect.objectContaining({ code: 'address_not_free' })] },
      ])
      expect(await readerRows(payload)).toEqual(before)
    })

    it('and gets mail there again, when the old one bounced; not when they had left or complained', async () => {
      const { payload } = database
      const statuses = []
      const cases = [
        ['bounced', 'active'],
        ['bounced', 'unsubscribed'],
        ['bounced', 'pending'],
        ['complained', 'active'],
      ] as const
      for (const [reason, status] of cases) {
        await clearReaders(payload)
        anna = await createSubscriber(payload, { email: 'anna@example.com', status })
        token = tokenOf(payload, { reader: anna, purpose: 'preferences' })
        await suppress({ payload, email: 'anna@example.com', reason, detail: null, now: NOON })
        await ask('new@example.com')
        const [mail] = await mailsOf(payload)
        await confirm(mail ? tokenIn(mail, '/confirm-address') : '')
        const [after] = (await readerRows(payload)).subscribers
        statuses.push([after?.email, after?.status])
      }
      expect(statuses).toEqual([
        ['new@example.com', 'active'],
        ['new@example.com', 'unsubscribed'],
        ['new@example.com', 'pending'],
        ['new@example.com', 'suppressed'],
      ])
    })

    it('three times a day at most', async () => {
      const answers = []
      for (const number of [1, 2, 3, 4]) answers.push(said(await ask(`new-${number}@example.com`)))
      expect(answers).toEqual([asked, asked, asked, asked])
      expect((await mailsOf(database.payload)).map(({ email }) => email)).toEqual(
        [1, 2, 3].map((number) => `new-${number}@example.com`),
      )
    })

    it('as often as an address is asked to confirm anything: once in 15 minutes, three times a day', async () => {
      const { payload } = database
      const person = { email: 'new@example.com', name: null, locale: 'sv' } as const
      await ask('new@example.com')
      await ask('new@example.com')
      await askToSubscribe({ payload, person, source: 'form', now: NOON })
      const kindsMailed = async () => (await mailsOf(payload)).map(({ kind }) => kind)
      expect(await kindsMailed()).toEqual(['confirm-address'])
      await askToSubscribe({
        ...{ payload, source: 'form', now: NOON },
        person: { ...person, email: 'other@example.com' },
      })
      await ask('other@example.com')
      expect(await kindsMailed()).toEqual(['confirm-address', 'confirm-subscription'])
    })

    it('and need not wait for another try when the mail could not be written down', async () => {
      const { payload } = database
      const { create } = payload.db
      payload.db.create = () => {
        payload.db.create = create
        return Promise.reject(new Error('the database is away'))
      }
      const statuses = [(await ask('new@example.com')).status, (await ask('new@example.com')).status]
      expect([statuses, (await mailsOf(payload)).length]).toEqual([[503, 200], 1])
    })

    it.each(['', 'anna', 'a@b', 'anna@example.com\r\nBcc: eve@example.com', 7, null])(
      'not to what is no address: %j',
      async (email) => {
        const { status, body } = await ask(email)
        expect([status, body]).toEqual([
          400,
          {
            errors: [
              {
                code: 'input_invalid',
                field: 'email',
                message: 'ska vara en e-postadress, till exempel anna@example.com',
              },
            ],
          },
        ])
        expect(await mailsOf(database.payload)).toEqual([])
      },
    )
  })

  describe('gets a fresh link', () => {
    const old = () =>
      tokenOf(database.payload, { reader: anna, purpose: 'preferences', until: afterNoon(-HOUR_MS) })
    const renew = (link: string) => call('POST', `/preferences/renew?token=${link}`)

    it('by mail to the address on record, with one that is too old for anything else', async () => {
      const refused = await call('GET', `/preferences?token=${old()}`)
      expect([refused.status, refused.body]).toEqual([
        410,
        { errors: [expect.objectContaining({ code: 'link_expired' })] },
      ])
      expect(await renew(old())).toMatchObject({ status: 200, body: { status: 'mailed' } })
      const [mail] = await mailsOf(database.payload)
      expect([mail?.kind, mail?.email]).toEqual(['fresh-link', 'anna@example.com'])
      const fresh = mail ? tokenIn(mail, '/preferences') : ''
      const [in90, in91] = [90, 91].map((days) => afterNoon(days * DAY_MS - HOUR_MS))
      const statuses = []
      for (const at of [NOON, in90, in91]) {
        time.now = at ?? NOON
        statuses.push((await call('GET', `/preferences?token=${fresh}`)).status)
      }
      expect(statuses).toEqual([200, 200, 410])
    })

    it('three times a day, and hears the same after that, or when nobody may be mailed', async () => {
      const { payload } = database
      for (const _ of [1, 2, 3, 4]) expect((await renew(old())).status).toBe(200)
      expect(await mailsOf(payload)).toHaveLength(3)
      const bo = await createSubscriber(payload, { email: 'bo@example.com', status: 'suppressed' })
      const nobody = { id: payload.db.defaultIDType === 'number' ? 987_654 : '665f1c2e9b1e8a0012345678' }
      const links = [bo, nobody].map((reader) =>
        tokenOf(payload, { reader: reader as Subscriber, purpose: 'preferences', until: afterNoon(-1000) }),
      )
      const answers = []
      for (const link of links) answers.push(await renew(link))
      expect(answers).toMatchObject(links.map(() => ({ status: 200, body: { status: 'mailed' } })))
      expect(await mailsOf(payload)).toHaveLength(3)
    })
  })

  it('sees why they get it, in the words that they agreed to', async () => {
    const { payload } = database
    const at = '2026-10-01T08:00:00.000Z'
    await payload.create({
      collection: 'consents',
      data: {
        subscriber: anna.id,
        kind: 'confirmed',
        at,
        text: 'Jag vill ha brevet.',
        locale: 'sv',
        source: 'form /sv/subscribe',
      },
    })
    const { body } = await call('GET', `/preferences?token=${token}`)
    expect(body).toMatchObject({
      consents: [
        { kind: 'confirmed', at, text: 'Jag vill ha brevet.', locale: 'sv', source: 'form /sv/subscribe' },
      ],
    })
  })

  it('downloads all that is kept of them, and of nobody else', async () => {
    const { payload } = database
    const bo = await createSubscriber(payload, { email: 'bo@example.com', name: 'Bo' })
    for (const reader of [anna, bo]) {
      const link = tokenOf(payload, { reader, purpose: 'preferences', until: afterNoon(-HOUR_MS) })
      await call('POST', `/preferences/renew?token=${link}`)
    }
    const before = await readerRows(payload)
    const { status, headers, body } = await call('GET', `/preferences/data?token=${token}`)
    expect([
      status,
      headers.get('cache-control'),
      headers.get('content-disposition'),
      headers.get('content-type'),
    ]).toEqual([
      200,
      'no-store',
      'attachment; filename="newsletter-data.json"',
      'application/json; charset=utf-8',
    ])
    expect(body).toEqual({
      exportedAt: NOON.toISOString(),
      profile: {
        email: 'anna@example.com',
        name: 'Anna Berg',
        locale: 'sv',
        topics: [],
        status: 'active',
        consentSource: 'the tests',
        consentAt: '2026-01-01T00:00:00.000Z',
        askedAt: null,
        pausedUntil: null,
        unsubscribedAt: null,
        addressChangedAt: null,
        createdAt: anna.createdAt,
        updatedAt: anna.updatedAt,
      },
      consents: [
        { kind: 'added', at: '2026-01-01T00:00:00.000Z', text: null, locale: null, source: 'the tests' },
      ],
      deliveries: [],
      contactMessages: [],
      transactionalMails: [
        {
          kind: 'fresh-link',
          email: 'anna@example.com',
          status: 'pending',
          createdAt: expect.any(String),
          settledAt: null,
        },
      ],
      providerEvents: [],
      suppression: null,
    })
    expect(await readerRows(payload)).toEqual(before)
  })
})
