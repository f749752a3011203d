import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { startResendEmulator, type ResendEmulator } from '../../emulator/startResendEmulator.ts'
import { depsOf, providerListOf } from '../../src/deps.ts'
import type { ProviderEvent, SuppressionReason } from '../../src/newsletter/model.ts'
import type { Pace } from '../../src/newsletter/ports.ts'
import type { Subscriber, Suppression } from '../../src/payload-types.ts'
import { leaveList } from '../../src/readers/leaveList.ts'
import { findSuppressed } from '../../src/suppressions/findSuppressed.ts'
import { liftSuppression } from '../../src/suppressions/liftSuppression.ts'
import type { ProviderList } from '../../src/suppressions/ports.ts'
import { startRests } from '../../src/suppressions/rests.ts'
import { suppress } from '../../src/suppressions/suppress.ts'
import { tellProvider } from '../../src/suppressions/tellProvider.ts'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import { freePace } from '../support/flow/newsroom.ts'
import { removeAllRows } from '../support/flow/rawRows.ts'
import { logInAs, restAs, type Answer, type Rest } from '../support/rest.ts'
import { createSubscriber } from '../support/siteContent.ts'
import { RESEND } from '../support/webhooks/webhook.ts'
import { recordEvent } from '../support/webhooks/recordEvent.ts'

const NOW = new Date('2026-11-02T08:00:00.000Z')
const ANNA = 'anna@example.com'
const minutes = (count: number) => new Date(NOW.getTime() + count * 60_000)
const SECRETS = ['addressHash', 'madeBy', 'statusBefore', 'forgivenAt', 'toTellProvider']

describe.each(testDatabases())('on $name, a suppression', ({ open }) => {
  let database: TestDatabase
  let emulator: ResendEmulator
  let people: Record<'admin' | 'editor' | 'author' | 'nobody', Rest>
  let adminId: string | number
  let rests: ReturnType<typeof startRests>
  beforeAll(async () => {
    emulator = await startResendEmulator({ perSecond: 0 })
    database = await open({ ...RESEND, RESEND_BASE_URL: emulator.url })
    const admin = await logInAs({ ...database, role: 'admin' })
    adminId = admin.id
    people = {
      admin: admin.rest,
      editor: (await logInAs({ ...database, role: 'editor' })).rest,
      author: (await logInAs({ ...database, role: 'author' })).rest,
      nobody: restAs(database),
    }
  })
  beforeEach(() => {
    setClock(0)
    rests = startRests()
  })
  afterEach(async () => {
    await removeAllRows(database)
    for (const collection of ['provider-events', 'suppressions', 'consents'] as const)
      await database.payload.db.deleteMany({ collection, where: {} })
    emulator.reset()
  })
  afterAll(async () => {
    await database.close()
    await emulator.stop()
  })

  const setClock = (count: number) => void (depsOf(database.payload).clock = { now: () => minutes(count) })
  const subscribe = (data: Partial<Subscriber> = {}) =>
    createSubscriber(database.payload, {
      ...{ email: ANNA, status: 'active', consentAt: '2026-10-01T08:00:00.000Z', consentSource: 'form' },
      ...data,
    })
  const statusOf = async ({ id }: Subscriber) =>
    (await database.payload.findByID({ collection: 'subscribers', id, depth: 0 })).status
  const suppressAs = (reason: SuppressionReason, email = ANNA) =>
    suppress({ payload: database.payload, email, reason, detail: null, now: NOW })
  const rows = async (): Promise<Suppression[]> =>
    (await database.payload.find({ collection: 'suppressions', depth: 0, pagination: false })).docs
  const idOf = async () => (await rows())[0]?.id
  const lift = async (who: Rest = people.admin, body: object = { reason: 'Hörde av sig' }) =>
    who('POST', `/suppressions/${await idOf()}/lift`, body)
  const docOf = ({ body }: Answer) => body.doc as Record<string, unknown>

  it('is found by whatever spelling of its address, as long as it holds', async () => {
    await suppressAs('bounced', ' Anna@Example.COM ')
    const emails = ['ANNA@example.com', 'bo@example.com']
    expect(await findSuppressed({ payload: database.payload, emails })).toEqual(
      new Map([['ANNA@example.com', 'bounced']]),
    )
    await lift()
    expect(await findSuppressed({ payload: database.payload, emails })).toEqual(new Map())
  })

  it('is found among more addresses than one statement takes', async () => {
    const emails = Array.from({ length: 1_200 }, (_, number) => `reader-${number}@example.com`)
    for (const email of [emails[0] ?? '', emails[1_199] ?? '']) await suppressAs('manual', email)
    const found = await findSuppressed({ payload: database.payload, emails })
    expect([...found.keys()].toSorted()).toEqual(['reader-0@example.com', 'reader-1199@example.com'])
  })

  it.each<[Subscriber['status'], SuppressionReason, Subscriber['status']]>([
    ['active', 'bounced', 'suppressed'],
    ['unsubscribed', 'complained', 'suppressed'],
    ['pending', 'manual', 'suppressed'],
    ['active', 'erased', 'active'],
  ])('of an address whose subscriber is %s, for %s, makes them %s', async (status, reason, expected) => {
    const anna = await subscribe({ status })
    await suppressAs(reason)
    await suppressAs(reason)
    expect([await statusOf(anna), (await rows()).length]).toEqual([expected, 1])
  })

  describe('added by an editor', () => {
    it('holds, with the reason and for the provider too', async () => {
      const anna = await subscribe()
      const added = await people.editor('POST', '/suppressions/add', {
        email: ' ANNA@example.com',
        reason: 'Ringde',
      })
      expect(added.status).toBe(200)
      expect(docOf(added)).toMatchObject({ email: ANNA, reason: 'manual', detail: 'Ringde' })
      expect(Object.keys(docOf(added)).filter((name) => SECRETS.includes(name))).toEqual([])
      expect(await statusOf(anna)).toBe('suppressed')
      await tell()
      expect(await onList()).toEqual([ANNA])
    })

    it.each([
      [{ email: 'anna', reason: 'Ringde' }, 'email'],
      [{ reason: 'Ringde' }, 'email'],
      [{ email: ANNA, reason: ' ' }, 'reason'],
      [{ email: ANNA }, 'reason'],
    ])('is refused for %j, naming %s', async (body, field) => {
      const { status, body: answer } = await people.editor('POST', '/suppressions/add', body)
      expect([status, answer]).toEqual([
        400,
        {
          errors: [
            expect.objectContaining({ data: { errors: [{ path: field, message: expect.any(String) }] } }),
          ],
        },
      ])
      expect(await rows()).toEqual([])
    })
  })

  it.each([
    ['add', 'editor'],
    ['lookup', 'editor'],
    ['lift', 'admin'],
  ])('%s is for an %s at least', async (what, from) => {
    await suppressAs('bounced')
    const before = await rows()
    const path = what === 'lift' ? `/suppressions/${await idOf()}/lift` : `/suppressions/${what}`
    const body = { email: 'bo@example.com', reason: 'x' }
    const refused =
      from === 'admin' ? (['nobody', 'author', 'editor'] as const) : (['nobody', 'author'] as const)
    for (const who of refused)
      expect((await people[who]('POST', path, body)).status).toBe(who === 'nobody' ? 401 : 403)
    expect(await rows()).toEqual(before)
  })

  describe('looked up', () => {
    it('is found by the very address, also of somebody who was erased', async () => {
      await suppressAs('erased')
      const found = await people.editor('POST', '/suppressions/lookup', { email: 'Anna@example.com' })
      expect(docOf(found)).toMatchObject({ reason: 'erased', email: null })
      const none = await people.editor('POST', '/suppressions/lookup', { email: 'bo@example.com' })
      expect(none).toEqual({ status: 200, body: { doc: null } })
    })
  })

  describe('lifted by an admin', () => {
    it('says who and why, and the subscriber is active again', async () => {
      const anna = await subscribe()
      await suppressAs('bounced')
      const lifted = await lift()
      expect(lifted.status).toBe(200)
      expect(docOf(lifted)).toMatchObject({
        ...{ email: ANNA, reason: 'bounced', liftedAt: NOW.toISOString(), liftedReason: 'Hörde av sig' },
        ...{ liftedBy: adminId, liftedByName: 'admin' },
      })
      expect(await statusOf(anna)).toBe('active')
      expect((await lift()).status).toBe(409)
    })

    it('names who did it when that user is gone', async () => {
      await suppressAs('bounced')
      const { payload } = database
      const login = { email: 'frida@example.com', password: 'a password of the tests' }
      const data = { ...login, name: 'Frida', role: 'admin' as const }
      const { id } = await payload.create({ collection: 'users', data, depth: 0 })
      const { token = '' } = await payload.login({ collection: 'users', data: login })
      await lift(restAs({ ...database, token }))
      await payload.delete({ collection: 'users', id })
      expect((await rows()).map(({ liftedByName }) => liftedByName)).toEqual(['Frida'])
    })

    it.each<[SuppressionReason, Subscriber['status'], Subscriber['status']]>([
      ['bounced', 'active', 'active'],
      ['provider', 'active', 'active'],
      ['bounced', 'pending', 'pending'],
      ['provider', 'unsubscribed', 'unsubscribed'],
      ['complained', 'active', 'unsubscribed'],
      ['manual', 'active', 'unsubscribed'],
      ['complained', 'pending', 'pending'],
      ['manual', 'pending', 'pending'],
      ['complained', 'unsubscribed', 'unsubscribed'],
    ])('for %s makes somebody who was %s %s', async (reason, status, expected) => {
      const anna = await subscribe({ status, ...(status === 'pending' && { consentAt: null }) })
      await suppressAs(reason)
      await lift()
      expect(await statusOf(anna)).toBe(expected)
    })

    it('lets an admin who has a new consent make active whom a complaint had suppressed', async () => {
      const anna = await subscribe()
      await suppressAs('complained')
      await lift()
      const consent = { status: 'active', consentSource: 'Mejl 3 november' }
      const { status } = await people.admin('PATCH', `/subscribers/${anna.id}`, consent)
      expect([status, await statusOf(anna)]).toEqual([200, 'active'])
    })

    it.each<[string, Partial<Subscriber>]>([
      ['had left', { status: 'unsubscribed', unsubscribedAt: '2026-10-20T08:00:00.000Z' }],
      ['had nothing agreed to', { status: 'suppressed', consentAt: null, consentSource: null }],
    ])('leaves somebody who %s unsubscribed', async (_, data) => {
      const anna = await subscribe(data)
      await suppressAs('bounced')
      await lift()
      expect(await statusOf(anna)).toBe('unsubscribed')
    })

    it('leaves somebody who left while they were suppressed unsubscribed', async () => {
      const anna = await subscribe()
      await suppressAs('bounced')
      const { payload } = database
      const reader = await payload.findByID({ collection: 'subscribers', id: anna.id, depth: 0 })
      for (const source of ['list-unsubscribe', 'page'] as const)
        await leaveList({ payload, reader, source, now: NOW })
      const { docs } = await payload.find({ collection: 'consents', depth: 0, where: {} })
      expect(docs.map(({ kind, source }) => [kind, source])).toEqual([['withdrawn', 'list-unsubscribe']])
      await lift()
      expect(await statusOf(anna)).toBe('unsubscribed')
    })

    it('leaves somebody who took their consent back meanwhile unsubscribed', async () => {
      const anna = await subscribe()
      await suppressAs('bounced')
      const consent = { at: NOW.toISOString(), source: 'page', kind: 'withdrawn' } as const
      await database.payload.create({ collection: 'consents', data: { ...consent, subscriber: anna.id } })
      await lift()
      expect(await statusOf(anna)).toBe('unsubscribed')
    })

    it('needs a reason', async () => {
      await suppressAs('bounced')
      expect((await lift(people.admin, { reason: '' })).status).toBe(400)
      expect((await rows()).map(({ liftedAt }) => liftedAt ?? null)).toEqual([null])
    })

    it('is not for somebody who was erased: they come back by themselves', async () => {
      await suppressAs('erased')
      expect((await lift()).status).toBe(409)
      const comeBack = {
        payload: database.payload,
        email: ANNA,
        by: null,
        reason: 'Confirmed by mail',
        now: NOW,
      }
      expect(await liftSuppression(comeBack)).toBe(true)
      expect(await liftSuppression(comeBack)).toBe(false)
      const lifted = (await rows()).map(({ email, liftedAt, liftedByName }) => [
        email,
        liftedAt,
        liftedByName,
      ])
      expect(lifted).toEqual([[ANNA, NOW.toISOString(), null]])
    })

    it('is told to the provider, and stays to be told as long as that cannot be reached', async () => {
      await callList('POST', '/suppressions', { email: ANNA })
      await suppressAs('bounced')
      await lift()
      emulator.failNext({ kind: 'error', when: 'before', status: 500, name: 'internal_server_error' })
      await tell()
      expect([await onList(), (await rows())[0]?.toTellProvider]).toEqual([[ANNA], 'lift'])
      setClock(1)
      await tell()
      expect([await onList(), (await rows())[0]?.toTellProvider ?? null]).toEqual([[], null])
    })
  })

  describe('of which the provider’s list says that it has the address', () => {
    const listed = (eventId: string, occurredAt: Date) => {
      const event: ProviderEvent = {
        ...{ eventId, kind: 'suppressed', type: 'suppression.added', occurredAt, emails: [ANNA], tags: {} },
        ...{ providerId: null, bounceType: null, detail: null, payload: null },
      }
      return recordEvent(depsOf(database.payload), event)
    }
    const state = async () => {
      const [row] = await rows()
      return [row?.reason, row?.liftedAt ?? null, row?.toTellProvider ?? null]
    }

    it('stays lifted while that list is still to be told, and for what it said before it was told', async () => {
      const anna = await subscribe()
      await callList('POST', '/suppressions', { email: ANNA })
      await suppressAs('bounced')
      await lift()
      emulator.failNext({ kind: 'error', when: 'before', status: 500, name: 'internal_server_error' })
      await tell()
      setClock(6)
      await listed('msg_1', minutes(5))
      const lifted = ['bounced', NOW.toISOString()]
      expect([await state(), await statusOf(anna)]).toEqual([[...lifted, 'lift'], 'active'])
      setClock(10)
      await tell()
      expect([await onList(), await state()]).toEqual([[], [...lifted, null]])
      setClock(12)
      await listed('msg_2', minutes(4))
      expect([await state(), await statusOf(anna)]).toEqual([[...lifted, null], 'active'])
      await listed('msg_3', minutes(11))
      expect([await state(), await statusOf(anna)]).toEqual([['provider', null, null], 'suppressed'])
    })
  })

  describe('is told to a provider', () => {
    const real = async () => (await providerListOf(database.payload))!
    const answering = (answers: Record<string, Awaited<ReturnType<ProviderList['tell']>>>) => {
      const calls: string[] = []
      const list: ProviderList = {
        tell: async ({ email }) => {
          calls.push(email)
          return answers[email] ?? { kind: 'done' }
        },
      }
      return { calls, list }
    }
    const addAll = async (...emails: string[]) => {
      for (const email of emails) await suppressAs('manual', email)
    }

    it('once more when another worker told of something later meanwhile, and was faster', async () => {
      await addAll(ANNA)
      const list = await real()
      let isFirst = true
      const slow: ProviderList = {
        tell: async (change) => {
          if (!isFirst) return list.tell(change)
          isFirst = false
          await lift()
          await tell()
          return list.tell(change)
        },
      }
      await tell(slow)
      expect(await onList()).toEqual([ANNA])
      await tell()
      expect([await onList(), (await rows())[0]?.toTellProvider ?? null]).toEqual([[], null])
    })

    it('at a place within its limit each, and at none once the worker stops', async () => {
      await addAll(ANNA, 'bo@example.com')
      const { calls, list } = answering({})
      let places = 1
      const pace = {
        ...freePace,
        waitForCall: async () => (places-- > 0 ? { end: async () => undefined } : null),
      }
      await tell(list, pace)
      expect(calls).toEqual([ANNA])
    })

    it('for the others too when it cannot take one now, which is tried again later and later', async () => {
      await addAll(ANNA, 'bo@example.com')
      const { calls, list } = answering({ [ANNA]: { kind: 'later', code: 'internal_server_error' } })
      for (const minute of [0, 0.1, 0.2, 0.3, 5, 5.2]) {
        setClock(minute)
        await tell(list)
      }
      expect(calls).toEqual([ANNA, 'bo@example.com', ANNA, ANNA])
    })

    it('not at all for a while when it takes nothing from us', async () => {
      await addAll(ANNA, 'bo@example.com')
      const { calls, list } = answering({ [ANNA]: { kind: 'closed', code: 'restricted_api_key' } })
      for (const minute of [0, 0.1, 0.2, 0.3, 5, 5.2]) {
        setClock(minute)
        await tell(list)
      }
      expect(calls).toEqual([ANNA, ANNA, ANNA])
      const answers = { status: 403, name: 'restricted_api_key' }
      emulator.failNext({ kind: 'error', when: 'before', ...answers })
      expect(await (await real()).tell({ email: ANNA, what: 'suppress' })).toEqual({
        ...{ kind: 'closed', code: 'restricted_api_key' },
      })
    })
  })

  it('that was lifted is told only what holds when it is suppressed again meanwhile', async () => {
    await suppressAs('bounced')
    await lift()
    await people.editor('POST', '/suppressions/add', { email: ANNA, reason: 'Ringde igen' })
    await tell()
    expect(await onList()).toEqual([ANNA])
  })

  describe('keeps staff from adding its address again', () => {
    it.each<[SuppressionReason, string]>([
      ['bounced', 'An admin can lift'],
      ['complained', 'An admin can lift'],
      ['manual', 'An admin can lift'],
      ['provider', 'An admin can lift'],
      ['erased', 'confirming it themselves'],
      ['moved', 'confirming it themselves'],
    ])('for %s', async (reason, remedy) => {
      await suppressAs(reason)
      const data = { email: 'ANNA@example.com', locale: 'sv', status: 'active', consentSource: 'mässan' }
      const { status, body } = await people.admin('POST', '/subscribers', data)
      expect([status, body]).toEqual([
        400,
        {
          errors: [
            expect.objectContaining({
              data: expect.objectContaining({
                errors: [
                  expect.objectContaining({ path: 'email', message: expect.stringContaining(remedy) }),
                ],
              }),
            }),
          ],
        },
      ])
    })

    it('and from making its subscriber active', async () => {
      const anna = await subscribe()
      await suppressAs('complained')
      const { status } = await people.admin('PATCH', `/subscribers/${anna.id}`, { status: 'active' })
      expect([status, await statusOf(anna)]).toEqual([400, 'suppressed'])
    })
  })

  const tell = async (given?: ProviderList, pace: Pace = freePace) => {
    const list = given ?? (await providerListOf(database.payload))
    if (list) await tellProvider({ ...depsOf(database.payload), list, pace, rests })
  }
  const callList = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${emulator.url}${path}`, {
      method,
      headers: { authorization: 'Bearer re_test', 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    return (await response.json()) as { data?: { email: string }[] }
  }
  const onList = async () => (await callList('GET', '/suppressions')).data?.map(({ email }) => email)
})
