import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { giveLinkKeys } from '../../src/adapters/database/giveLinkKeys.ts'
import { depsOf } from '../../src/deps.ts'
import { makeReaderToken, newLinkKey, type ReaderPurpose } from '../../src/newsletter/rules/readerToken.ts'
import { rowOf } from '../../src/readers/findReader.ts'
import type { Subscriber } from '../../src/payload-types.ts'
import type { TestDatabase } from '../support/databases.ts'
import { oneDatabase } from '../support/longRun.ts'
import { driverOf, describeOnMongo } from '../support/mongoDatabase.ts'
import { anybodyOn, clearReaders, HOUR_MS, readerRows, tokenOf } from '../support/readers.ts'
import { createSubscriber } from '../support/siteContent.ts'

interface ReaderEndpoint {
  purpose: ReaderPurpose
  method: string
  path: string
  body?: { json: unknown } | { form: Record<string, string> }
  /** The token comes in the body, as the page's script sends it. */
  isInBody?: boolean
}

/** Everything that a link opens, with what would change something. */
const ENDPOINTS: ReaderEndpoint[] = [
  {
    purpose: 'leave',
    method: 'POST',
    path: '/unsubscribe',
    body: { form: { 'List-Unsubscribe': 'One-Click' } },
  },
  { purpose: 'leave', method: 'POST', path: '/unsubscribe/undo' },
  { purpose: 'preferences', method: 'GET', path: '/preferences' },
  {
    purpose: 'preferences',
    method: 'PATCH',
    path: '/preferences',
    body: { json: { name: 'Eve', status: 'unsubscribed' } },
  },
  { purpose: 'preferences', method: 'POST', path: '/preferences/pause', body: { json: { weeks: 4 } } },
  {
    purpose: 'preferences',
    method: 'POST',
    path: '/preferences/address',
    body: { json: { email: 'eve@example.com' } },
  },
  { purpose: 'confirm-address', method: 'POST', path: '/preferences/address/confirm' },
  { purpose: 'preferences', method: 'GET', path: '/preferences/data' },
  { purpose: 'preferences', method: 'POST', path: '/preferences/erase' },
  { purpose: 'preferences', method: 'POST', path: '/preferences/renew' },
  { purpose: 'confirm', method: 'POST', path: '/confirm', isInBody: true },
]

/** Where a link whose person is not there is answered with something else than 404. */
const GONE: Record<string, number> = {
  // There is nothing to leave, which is as good.
  '/unsubscribe': 200,
  '/unsubscribe/undo': 409,
  // The same for everybody.
  '/preferences/renew': 200,
  '/confirm': 410,
}
/** Where a link that is too old is answered with something else than 410. */
const OLD: Record<string, number> = { '/unsubscribe/undo': 409 }

const PURPOSES: ReaderPurpose[] = ['leave', 'preferences', 'confirm', 'confirm-address']

describe.each(oneDatabase())('on $name, the link of a reader', ({ open }) => {
  let database: TestDatabase
  let anna: Subscriber
  let bo: Subscriber
  beforeAll(async () => {
    database = await open()
    Object.assign(depsOf(database.payload), { sleep: async () => undefined })
  })
  afterAll(() => database.close())
  beforeEach(async () => {
    const { payload } = database
    await clearReaders(payload)
    anna = await createSubscriber(payload, { email: 'anna@example.com' })
    bo = await createSubscriber(payload, { email: 'bo@example.com', status: 'unsubscribed' })
    await createSubscriber(payload, { email: 'cia@example.com', status: 'pending', consentAt: null })
  })

  const right = (reader: Subscriber, purpose: ReaderPurpose) => tokenOf(database.payload, { reader, purpose })

  /** Links that are none, for this purpose, by what is wrong with them. */
  function wrongTokens(purpose: ReaderPurpose): Record<string, string> {
    const { payload } = database
    const mine = right(anna, purpose).split('.')
    const theirs = right(bo, purpose).split('.')
    const past = new Date(Date.now() - HOUR_MS)
    const expired = makeReaderToken({
      secret: depsOf(payload).secret,
      purpose,
      ...rowOf(anna),
      expiresAt: past,
      data: null,
    })
    const others = PURPOSES.filter((other) => other !== purpose)
    return {
      none: '',
      forged: [...mine.slice(0, -1), 'A'.repeat(43)].join('.'),
      truncated: mine.join('.').slice(0, -1),
      'without its signature': mine.slice(0, -1).join('.'),
      "another person's name": [theirs[0], ...mine.slice(1)].join('.'),
      "another person's signature": [...mine.slice(0, -1), theirs.at(-1)].join('.'),
      'of another site': makeReaderToken({
        secret: 'the secret of another site',
        purpose,
        ...rowOf(anna),
        expiresAt: purpose === 'leave' ? null : new Date(Date.now() + HOUR_MS),
        data: null,
      }),
      expired,
      ...Object.fromEntries(others.map((other) => [`for ${other}`, right(anna, other)])),
    }
  }

  it.each(ENDPOINTS)(
    'does nothing when it is wrong: $method $path',
    async ({ purpose, method, path, body, isInBody }) => {
      const call = (token: string) =>
        isInBody
          ? anybodyOn(database)(method, path, { json: { token } })
          : anybodyOn(database)(method, `${path}?token=${token}`, body)
      const before = await readerRows(database.payload)
      const answers: Record<string, number> = {}
      for (const [name, token] of Object.entries(wrongTokens(purpose)))
        answers[name] = (await call(token)).status
      const others = PURPOSES.filter((other) => other !== purpose)
      const { expired, ...rest } = answers
      expect(rest).toEqual({
        none: 400,
        forged: 400,
        truncated: 400,
        'without its signature': 400,
        "another person's name": 400,
        "another person's signature": 400,
        'of another site': 400,
        ...Object.fromEntries(others.map((other) => [`for ${other}`, 400])),
      })
      if (path === '/preferences/renew') {
        // The one thing that a link still does when it is too old: the mail goes to the address on record.
        const { mails, ...kept } = await readerRows(database.payload)
        expect([expired, mails.map(({ email }) => email), kept]).toEqual([
          200,
          ['anna@example.com'],
          { ...before, mails: undefined },
        ])
      } else {
        expect(expired).toBe(purpose === 'leave' ? 400 : 410)
        expect(await readerRows(database.payload)).toEqual(before)
      }
    },
  )

  it('changes nothing by GET, as mail scanners follow it, however often', async () => {
    const before = await readerRows(database.payload)
    const paths = [...new Set([...ENDPOINTS.map(({ path }) => path), '/preferences/erase', '/confirm'])]
    const statuses: Record<string, number> = {}
    for (const path of [...paths, ...paths])
      for (const purpose of PURPOSES)
        for (const query of ['', '&from=page', '&step=erase']) {
          const link = `${path}?token=${right(anna, purpose)}${query}`
          const { status } = await getOf(link)
          statuses[path] = Math.min(statuses[path] ?? 999, status)
        }
    expect(statuses).toEqual({
      '/unsubscribe': 303,
      '/unsubscribe/undo': 404,
      '/preferences': 200,
      '/preferences/pause': 404,
      '/preferences/address': 404,
      '/preferences/address/confirm': 404,
      '/preferences/data': 200,
      '/preferences/erase': 404,
      '/preferences/renew': 404,
      '/confirm': 404,
    })
    expect(await readerRows(database.payload)).toEqual(before)
  })

  describe('of a row with the same id in another database, or before a restore', () => {
    /** The row is another person's now, with the id that the links name. */
    const giveToAnother = async (change: Partial<Subscriber>) => {
      const links = PURPOSES.map((purpose) => [purpose, right(anna, purpose)] as const)
      await database.payload.update({
        collection: 'subscribers',
        id: anna.id,
        data: { email: 'eva@example.com', name: 'Eva', linkKey: newLinkKey(), ...change },
      })
      return Object.fromEntries(links)
    }

    it.each(ENDPOINTS)('does nothing to that person: $method $path', async (endpoint) => {
      const links = await giveToAnother({})
      const before = await readerRows(database.payload)
      const { status, body } = await callWith(endpoint, links[endpoint.purpose] ?? '')
      expect([status, JSON.stringify(body)]).toEqual([
        GONE[endpoint.path] ?? 404,
        expect.not.stringContaining('eva'),
      ])
      expect(await readerRows(database.payload)).toEqual(before)
    })

    it('stays what it was for the person whose row it is', async () => {
      const { status, body } = await anybodyOn(database)(
        'GET',
        `/preferences?token=${right(anna, 'preferences')}`,
      )
      expect([status, body]).toEqual([200, expect.objectContaining({ status: 'active' })])
    })
  })

  describe('of an earlier version, which names no key', () => {
    const keyless = (purpose: ReaderPurpose) => right({ ...anna, linkKey: null }, purpose)

    it.each(ENDPOINTS)('does nothing to a row that is newer: $method $path', async (endpoint) => {
      const before = await readerRows(database.payload)
      const { status } = await callWith(endpoint, keyless(endpoint.purpose))
      expect(status).toBe(GONE[endpoint.path] ?? 404)
      expect(await readerRows(database.payload)).toEqual(before)
    })

    it.each(ENDPOINTS)(
      'lets the person of a row of that time leave, and no more: $method $path',
      async (endpoint) => {
        await database.payload.update({
          collection: 'subscribers',
          id: anna.id,
          data: { takesKeylessLinks: true },
        })
        const before = await readerRows(database.payload)
        const { status } = await callWith(endpoint, keyless(endpoint.purpose))
        const after = await readerRows(database.payload)
        if (endpoint.path === '/unsubscribe')
          expect([status, after.subscribers.map(({ status }) => status)]).toEqual([
            200,
            ['unsubscribed', 'unsubscribed', 'pending'],
          ])
        else if (endpoint.path === '/preferences/renew')
          expect([status, after.mails.map(({ email }) => email)]).toEqual([200, ['anna@example.com']])
        else expect([status, after]).toEqual([OLD[endpoint.path] ?? 410, before])
      },
    )
  })

  const callWith = ({ method, path, body, isInBody }: ReaderEndpoint, token: string) =>
    isInBody
      ? anybodyOn(database)(method, path, { json: { token } })
      : anybodyOn(database)(method, `${path}?token=${token}`, body)

  const getOf = (link: string) => anybodyOn(database)('GET', link)
})

describeOnMongo('on $name, subscribers of an earlier version', ({ open }) => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await open()
  })
  afterAll(() => database.close())

  it('get a key each, once, and the mark that links without one let them leave', async () => {
    const { payload } = database
    const fresh = await createSubscriber(payload, { email: 'new@example.com' })
    const old = [
      await createSubscriber(payload, { email: 'old@example.com' }),
      await createSubscriber(payload, { email: 'older@example.com' }),
    ]
    const rows = driverOf(database).collection('subscribers')
    const former = { email: { $in: old.map(({ email }) => email) } }
    await rows.updateMany(former, { $unset: { linkKey: 1, takesKeylessLinks: 1 } })
    await giveLinkKeys(driverOf(database))
    const after = (await readerRows(payload)).subscribers
    const keys = after.map(({ linkKey }) => linkKey)
    expect(after.map(({ email, takesKeylessLinks }) => [email, takesKeylessLinks ?? false])).toEqual([
      ['new@example.com', false],
      ['old@example.com', true],
      ['older@example.com', true],
    ])
    expect(keys).toEqual([fresh.linkKey, ...old.map(() => expect.stringMatching(/^[0-9a-f]{24}$/))])
    expect(new Set(keys).size).toBe(3)
    await giveLinkKeys(driverOf(database))
    expect((await readerRows(payload)).subscribers).toEqual(after)
  })
})
