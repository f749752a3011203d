import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { depsOf } from '../../src/deps.ts'
import { eraseReader } from '../../src/readers/eraseReader.ts'
import { leaveList } from '../../src/readers/leaveList.ts'
import { rowOf } from '../../src/readers/findReader.ts'
import { makeReaderToken } from '../../src/newsletter/rules/readerToken.ts'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import { createSubscriber } from '../support/siteContent.ts'
import { joining, type Joining } from '../support/subscribing/joining.ts'

const ANNA = 'anna.berg@example.com'
const SECRET = 'a secret of the tests'
const DAY = 86_400_000

describe.each(testDatabases())('POST /api/confirm on $name', ({ open }) => {
  let database: TestDatabase
  let join: Joining
  beforeAll(async () => {
    database = await open({ TRUSTED_PROXIES: '1' })
    join = joining(database)
    await join.setSite({ name: 'Provet', callsPerHour: 10_000, sendsWelcome: true })
  })
  afterAll(() => database.close())
  beforeEach(() => join.clear())

  /** Anna asks; gives the token that she gets. */
  const ask = async () => {
    await join.endLimits()
    await join.subscribe({ email: ANNA, locale: 'en' })
    return join.newestToken()
  }
  const anna = async () => (await join.subscribers())[0]
  const statuses = async () => (await join.subscribers()).map(({ status }) => status)
  const kinds = async () => ({
    consents: (await join.consents()).map(({ kind }) => kind),
    mails: (await join.mails()).map(({ kind }) => kind),
  })
  const outcome = ({ status, body }: { status: number; body: string }) => {
    const { status: done, errors } = JSON.parse(body)
    return [status, done ?? errors[0].code]
  }

  it('makes who asked a subscriber, with what they agreed to, and welcomes them', async () => {
    const token = await ask()
    const [asked] = await join.consents()
    const answer = await join.confirm(token)
    const [, confirmed] = await join.consents()
    const [, welcome] = await join.mails()

    expect(outcome(answer)).toEqual([200, 'active'])
    expect(await anna()).toMatchObject({
      email: ANNA,
      status: 'active',
      consentAt: confirmed?.at,
      consentSource: 'api',
    })
    expect([(await anna())?.askedAt ?? null, (await anna())?.unsubscribedAt ?? null]).toEqual([null, null])
    expect(confirmed).toEqual({
      ...asked,
      id: confirmed?.id,
      at: expect.any(String),
      kind: 'confirmed',
      key: expect.any(String),
    })
    expect(welcome).toMatchObject({ kind: 'welcome', email: ANNA, locale: 'en', status: 'pending' })
  })

  it('done again changes nothing', async () => {
    const token = await ask()
    await join.confirm(token)
    const before = [await anna(), await join.consents(), await join.mails()]
    const again = [await join.confirm(token), await join.postForm('/confirm', { token })]
    expect(again.map(({ status }) => status)).toEqual([200, 303])
    expect(again[1]?.headers.location).toBe(`/confirm?token=${token}&posted=1`)
    expect([await anna(), await join.consents(), await join.mails()]).toEqual(before)
  })

  it('done many times at once is done once', async () => {
    const token = await ask()
    const answers = await Promise.all(Array.from({ length: 8 }, () => join.confirm(token)))
    expect(answers.map(outcome)).toEqual(answers.map(() => [200, 'active']))
    expect(await kinds()).toEqual({
      consents: ['asked', 'confirmed'],
      mails: ['confirm-subscription', 'welcome'],
    })
  })

  describe('cut off in the middle', () => {
    /** As if the process were killed before its first write of that kind. */
    const cutAt = (act: 'create' | 'updateOne', collection: string) => {
      const { db } = database.payload
      const original = db[act] as (args: { collection: string }) => Promise<never>
      const cut = (args: { collection: string }) =>
        args.collection === collection
          ? Promise.reject(new Error('the process was killed'))
          : original.call(db, args)
      Object.assign(db, { [act]: cut })
      return () => Object.assign(db, { [act]: original })
    }

    it.each([
      ['create', 'consents', 'pending', ['asked']],
      ['updateOne', 'subscribers', 'pending', ['asked', 'confirmed']],
      ['create', 'transactional-mails', 'active', ['asked', 'confirmed']],
    ] as const)(
      'at %s %s, it is never without proof, and whole when it is done again at once',
      async (act, collection, status, consents) => {
        const token = await ask()
        const mend = cutAt(act, collection)
        const crashed = await join.confirm(token)
        mend()
        expect([outcome(crashed), await statuses(), (await kinds()).consents]).toEqual([
          [503, 'not_saved'],
          [status],
          consents,
        ])
        expect(outcome(await join.confirm(token))).toEqual([200, 'active'])
        expect([await statuses(), await kinds()]).toEqual([
          ['active'],
          { consents: ['asked', 'confirmed'], mails: ['confirm-subscription', 'welcome'] },
        ])
      },
    )

    it('before the suppression is lifted, it is lifted when it is done again', async () => {
      await join.suppress(ANNA, 'erased')
      const token = await ask()
      const { payload } = database
      const { events } = depsOf(payload)
      const { writeSuppression } = events
      events.writeSuppression = () => Promise.reject(new Error('the process was killed'))
      const crashed = outcome(await join.confirm(token))
      events.writeSuppression = writeSuppression
      const done = outcome(await join.confirm(token))
      expect([
        crashed,
        done,
        await statuses(),
        (await join.suppressions()).map(({ liftedAt }) => !!liftedAt),
      ]).toEqual([[503, 'not_saved'], [200, 'active'], ['active'], [true]])
    })
  })

  it('lifts nothing for somebody who leaves in the moment between', async () => {
    await join.suppress(ANNA, 'erased')
    const { payload } = database
    const token = await ask()
    const { updateOne } = payload.db
    payload.db.updateOne = async (options) => {
      payload.db.updateOne = updateOne
      const reader = await anna()
      if (reader) await leaveList({ payload, reader, source: 'page', now: new Date() })
      return payload.db.updateOne(options)
    }
    expect(outcome(await join.confirm(token))).toEqual([410, 'left_since'])
    expect((await join.suppressions()).map(({ liftedAt }) => Boolean(liftedAt))).toEqual([false])
  })

  it('leaves nothing of somebody who is erased in the moment between', async () => {
    const { payload } = database
    const token = await ask()
    const { updateOne } = payload.db
    payload.db.updateOne = async (options) => {
      payload.db.updateOne = updateOne
      const reader = await anna()
      if (reader) await eraseReader({ payload, subscriberId: String(reader.id) })
      return payload.db.updateOne(options)
    }
    expect([outcome(await join.confirm(token)), await statuses(), await kinds()]).toEqual([
      [410, 'reader_gone'],
      [],
      { consents: [], mails: [] },
    ])
  })

  it('sends no welcome where the site sends none', async () => {
    await join.setSite({ sendsWelcome: false })
    await join.confirm(await ask())
    await join.setSite({ sendsWelcome: true })
    expect([await statuses(), (await kinds()).mails]).toEqual([['active'], ['confirm-subscription']])
  })

  it('any of the links that somebody got while they wait will do', async () => {
    const first = await ask()
    await ask()
    expect([outcome(await join.confirm(first)), await statuses()]).toEqual([[200, 'active'], ['active']])
  })

  it('works for seven days', async () => {
    const token = await ask()
    join.setClock(new Date(Date.now() + 7 * DAY + 2_000))
    const late = await join.confirm(token)
    join.setClock(new Date(Date.now() + 7 * DAY - 60_000))
    const inTime = await join.confirm(token)
    expect([outcome(late), outcome(inTime)]).toEqual([
      [410, 'link_expired'],
      [200, 'active'],
    ])
  })

  describe('somebody who has left', () => {
    it('is back once they confirm that they asked again', async () => {
      await createSubscriber(database.payload, { status: 'unsubscribed' })
      expect(outcome(await join.confirm(await ask()))).toEqual([200, 'active'])
      expect(await anna()).toMatchObject({ status: 'active', locale: 'en', consentSource: 'api' })
    })

    it.each(['before they confirmed', 'after they confirmed'])(
      '%s is not back by an old link',
      async (when) => {
        const token = await ask()
        if (when === 'after they confirmed') await join.confirm(token)
        const reader = await anna()
        if (reader) await leaveList({ payload: database.payload, reader, source: 'page', now: new Date() })
        const before = await anna()
        const answer = await join.confirm(token)
        expect([outcome(answer), await anna()]).toEqual([[410, 'left_since'], before])
      },
    )

    it('is not back by an old link either when they ask again', async () => {
      const old = await ask()
      const reader = await anna()
      if (reader) await leaveList({ payload: database.payload, reader, source: 'page', now: new Date() })
      const fresh = await ask()
      expect([outcome(await join.confirm(old)), outcome(await join.confirm(fresh))]).toEqual([
        [410, 'left_since'],
        [200, 'active'],
      ])
    })

    it('stays away when they leave in the moment between', async () => {
      const { payload } = database
      const token = await ask()
      const { updateOne } = payload.db
      payload.db.updateOne = async (options) => {
        payload.db.updateOne = updateOne
        const reader = await anna()
        if (reader) await leaveList({ payload, reader, source: 'page', now: new Date() })
        return payload.db.updateOne(options)
      }
      const answer = await join.confirm(token)
      expect([outcome(answer), await statuses(), (await kinds()).mails]).toEqual([
        [410, 'left_since'],
        ['unsubscribed'],
        ['confirm-subscription'],
      ])
    })
  })

  it('lifts that somebody was erased, and nothing else that keeps mail from them', async () => {
    await join.suppress(ANNA, 'erased')
    const erased = outcome(await join.confirm(await ask()))
    const lifted = (await join.suppressions()).map(({ liftedAt }) => Boolean(liftedAt))
    await join.clear()
    const token = await ask()
    await join.suppress(ANNA, 'bounced')
    const bounced = outcome(await join.confirm(token))
    expect([erased, lifted, bounced, await statuses()]).toEqual([
      [200, 'active'],
      [true],
      [410, 'not_mailed'],
      ['pending'],
    ])
  })

  it('says so when the person is gone', async () => {
    const token = await ask()
    await database.payload.delete({ collection: 'consents', where: {} })
    await database.payload.db.deleteMany({ collection: 'subscribers', where: {} })
    expect(outcome(await join.confirm(token))).toEqual([410, 'reader_gone'])
  })

  it('takes no other token', async () => {
    const reader = await createSubscriber(database.payload, { status: 'pending' })
    const claim = { ...rowOf(reader), expiresAt: null, data: null }
    const tokens = [
      '',
      'x',
      makeReaderToken({ secret: SECRET, purpose: 'leave', ...claim }),
      makeReaderToken({ secret: SECRET, purpose: 'preferences', ...claim }),
      makeReaderToken({ secret: 'another secret, as long', purpose: 'confirm', ...claim }),
      // One of ours that does not say when the person asked.
      makeReaderToken({ secret: SECRET, purpose: 'confirm', ...claim, expiresAt: new Date('2126-01-01') }),
    ]
    const answers = []
    for (const token of tokens) answers.push(outcome(await join.confirm(token)))
    expect([answers, await statuses()]).toEqual([tokens.map(() => [400, 'token_invalid']), ['pending']])
  })

  it('a GET confirms nothing', async () => {
    const token = await ask()
    const { status } = await join.call(`/confirm?token=${token}`, { method: 'GET' })
    expect([status, await statuses()]).toEqual([404, ['pending']])
  })
})
