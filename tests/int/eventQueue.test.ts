import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { depsOf, oldDataOf, type Deps } from '../../src/deps.ts'
import { applyEvents, retrySetAside } from '../../src/newsletter/applyEvents.ts'
import type { EventStore } from '../../src/newsletter/eventPorts.ts'
import type { EventQueue } from '../../src/newsletter/queuePorts.ts'
import { startIntake } from '../../src/newsletter/takeEvent.ts'
import { eraseReader } from '../../src/readers/eraseReader.ts'
import type { Subscriber } from '../../src/payload-types.ts'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import { removeAllRows } from '../support/flow/rawRows.ts'
import { at } from '../support/flow/time.ts'
import { createSubscriber } from '../support/siteContent.ts'
import { mailedCampaign, toldState } from '../support/webhooks/mailed.ts'
import { bodyOf, bounce, post, RESEND, type Told } from '../support/webhooks/webhook.ts'

const READERS = ['anna@example.com', 'bo@example.com', 'cilla@example.com']
const TIME = '2026-11-03T08:00:00.000Z'

describe.each(testDatabases())('on $name, the webhook queue', ({ open }) => {
  let database: TestDatabase
  let deps: Deps
  let queue: EventQueue
  let now: Date
  let logged: string[]
  beforeAll(async () => {
    database = await open(RESEND)
    deps = depsOf(database.payload)
    queue = deps.queue
    Object.assign(deps, {
      clock: { now: () => now },
      log: (event: string, facts = {}) => logged.push(JSON.stringify({ event, ...facts })),
    })
  })
  beforeEach(() => {
    now = at('08:00')
    logged = []
  })
  afterEach(async () => {
    await removeAllRows(database)
    await database.payload.db.deleteMany({ collection: 'provider-events', where: {} })
  })
  afterAll(() => database.close())

  const posted = (eventId: string, body = '{}') => ({ eventId, body, receivedAt: now })
  const keep = async (...eventIds: string[]) => {
    await queue.keep(eventIds.map((eventId) => posted(eventId)))
  }
  const claim = async ({ tried = [0], limit = 10, token = 'a' } = {}) =>
    (await queue.claim({ tried, limit, now, lease: { token, ms: 30_000 } })).toSorted((one, other) =>
      one.eventId < other.eventId ? -1 : 1,
    )
  const eventIds = async () => (await claim({ tried: [0, 1, 2, 3, 4, 5] })).map(({ eventId }) => eventId)
  const rows = async () =>
    (await database.payload.find({ collection: 'waiting-events', sort: 'id', depth: 0 })).docs

  describe('of the store', () => {
    it('keeps an event once, and knows one that was applied', async () => {
      expect(await queue.keep([posted('a'), posted('b'), posted('a', 'other')])).toEqual([
        'new',
        'new',
        'known',
      ])
      expect(await queue.keep([posted('a', 'other'), posted('c')])).toEqual(['known', 'new'])
      expect(await queue.keep([posted('b')])).toEqual(['known'])
      expect(await queue.keep([])).toEqual([])
      const [first, ...others] = await claim()
      expect(first).toEqual({ ...posted('a'), id: expect.any(String), tries: 1 })
      expect(others.map(({ eventId }) => eventId)).toEqual(['b', 'c'])
      const kept = { collection: 'provider-events', depth: 0 } as const
      const told = { type: 'email.sent', kind: 'sent', occurredAt: TIME, receivedAt: TIME } as const
      await database.payload.create({ ...kept, data: { ...told, eventId: 'applied', appliedAt: TIME } })
      await database.payload.create({ ...kept, data: { ...told, eventId: 'unapplied' } })
      expect(await queue.keep([posted('applied'), posted('unapplied')])).toEqual(['known', 'new'])
    })

    it('keeps one of eight that come at once', async () => {
      const answers = await Promise.all(Array.from({ length: 8 }, () => queue.keep([posted('a')])))
      expect(answers.flat().filter((answer) => answer === 'new')).toEqual(['new'])
    })

    it('gives each due event to one of many workers, those first that came first, again when the lease ends', async () => {
      for (const name of 'abcdef') {
        await keep(name)
        now = new Date(now.getTime() + 1_000)
      }
      expect((await claim({ limit: 2 })).map(({ eventId }) => eventId)).toEqual(['a', 'b'])
      const claims = await Promise.all(['b', 'c', 'd'].map((token) => claim({ limit: 3, token })))
      const got = claims.flat().map(({ eventId }) => eventId)
      expect([new Set(got).size, got.includes('a')]).toEqual([got.length, false])
      while ((await claim()).length > 0);
      now = new Date(now.getTime() + 29_000)
      expect(await claim({ tried: [0, 1, 2] })).toEqual([])
      now = new Date(now.getTime() + 2_000)
      const again = await claim({ tried: [1] })
      expect(again.map(({ eventId, tries }) => [eventId, tries])).toEqual([...'abcdef'].map((id) => [id, 2]))
    })

    it('removes, postpones and sets aside', async () => {
      await keep('a', 'b', 'c', 'd')
      const [a, b, c] = await claim()
      await queue.remove([a?.id ?? '', b?.id ?? ''])
      await queue.postpone({ ids: [c?.id ?? ''], dueAt: at('08:01') })
      now = at('08:02')
      const [left, d] = await claim({ tried: [1] })
      expect([left?.eventId, d?.eventId]).toEqual(['c', 'd'])
      await queue.setAside({ id: d?.id ?? '', reason: 'x', now })
      expect(await queue.readLength()).toEqual({ waiting: 1, oldestReceivedAt: at('08:00'), setAside: 1 })
      expect([await queue.count(1), await queue.count(10)]).toEqual([1, 2])
      now = at('09:00')
      expect(await eventIds()).toEqual(['c'])
      expect(await queue.retrySetAside({ tries: 4, now })).toBe(1)
      expect(await claim({ tried: [4] })).toEqual([expect.objectContaining({ eventId: 'd', tries: 5 })])
      expect((await rows()).at(-1)).toMatchObject({ setAsideAt: null, reason: null })
    })

    it('keeps so many that are set aside, the latest, and is swept of old ones', async () => {
      await keep('a', 'b', 'c')
      for (const [minute, { id }] of (await claim()).entries())
        await queue.setAside({ id, reason: 'x', now: at(`08:0${minute}`) })
      expect([await queue.trimSetAside(2), await queue.trimSetAside(2)]).toEqual([1, 0])
      expect((await rows()).map(({ eventId }) => eventId)).toEqual(['b', 'c'])
      await keep('waits')
      const remove = () =>
        oldDataOf(database.payload).rows.removeSetAsideEvents({ before: at('08:02'), limit: 9 })
      expect([await remove(), await remove()]).toEqual([1, 0])
      expect((await rows()).map(({ eventId }) => eventId)).toEqual(['c', 'waits'])
    })

    it('says how long it is when it is empty', async () => {
      expect(await queue.readLength()).toEqual({ waiting: 0, oldestReceivedAt: null, setAside: 0 })
    })
  })

  describe('of the endpoint', () => {
    it('takes those that come at once with one write, looks once a second how many wait, and refuses beyond the bound', async () => {
      const calls: string[] = []
      const counted: Pick<EventQueue, 'keep' | 'count'> = {
        keep: (events) => (calls.push(`keep ${events.length}`), queue.keep(events)),
        count: (limit) => (calls.push('count'), queue.count(limit)),
      }
      const take = startIntake({ queue: counted, clock: deps.clock, most: 3 })
      const answers = await Promise.all([take(posted('a')), take(posted('b'))])
      answers.push(await take(posted('c')), await take(posted('a')))
      expect([answers, calls]).toEqual([
        ['new', 'new', 'new', 'known'],
        ['count', 'keep 2', 'keep 1', 'keep 1'],
      ])
      now = new Date(now.getTime() + 1_000)
      expect(await take(posted('d'))).toBe('full')
      now = new Date(now.getTime() + 1_000)
      const [first] = await claim()
      await queue.remove([first?.id ?? ''])
      expect(await take(posted('d'))).toBe('new')
    })

    it('answers 503 and says when to come again, once too many wait', async () => {
      const count = queue.count
      queue.count = async (limit) => limit
      now = new Date()
      const { status, body } = await post(database, {
        id: 'msg',
        body: bodyOf({ id: '', type: 'x', at: TIME }),
      })
      queue.count = count
      expect([status, body, await rows()]).toEqual([
        503,
        { errors: [{ code: 'webhooks_full', message: expect.stringContaining('later') }] },
        [],
      ])
      expect(logged).toEqual(['{"event":"webhook.refused","code":"webhooks_full"}'])
    })

    it('writes the event as it came in, and nothing else, before a worker applies it', async () => {
      // How many wait is looked at again.
      now = new Date(Date.now() + 2_000)
      const body = bodyOf({ id: '', type: 'email.of_tomorrow', at: TIME, to: ['anna@example.com'] })
      expect(await post(database, { id: 'msg', body })).toMatchObject({ status: 200 })
      const events = await database.payload.count({ collection: 'provider-events' })
      expect([await claim(), events.totalDocs, logged.length]).toEqual([
        [{ id: expect.any(String), eventId: 'msg', body, receivedAt: now, tries: 1 }],
        0,
        0,
      ])
    })
  })

  describe('of a worker', () => {
    let readers: Subscriber[]
    let mails: Map<string, string | number>
    let tell: (id: string, told: Partial<Told> & { to: string[] }) => Promise<unknown>
    beforeEach(async () => {
      readers = []
      for (const email of READERS) readers.push(await createSubscriber(database.payload, { email }))
      mails = (await mailedCampaign(database.payload, { title: 'Brevet', readers })).deliveries
      tell = (id, { to, ...told }) => {
        const tags = { delivery: String(mails.get(to[0] ?? '')) }
        return queue.keep([posted(id, bodyOf({ id, type: 'email.delivered', at: TIME, tags, to, ...told }))])
      }
    })
    const step = (more: Partial<Deps> = {}) => applyEvents({ ...deps, ...more })
    const counts = async () => (await toldState(database.payload)).campaigns[0]
    /** Each of a set tells of another reader, in three ways. */
    const tellAll = async () => {
      for (const [index, email] of READERS.entries()) {
        await tell(`sent-${index}`, { type: 'email.sent', to: [email] })
        await tell(`delivered-${index}`, { to: [email] })
      }
      await tell('bounced', { type: 'email.bounced', to: ['bo@example.com'], data: bounce('Permanent') })
    }
    const DONE = { delivered: 3, bounced: 1, complained: 0, firstEventAt: TIME }

    it('applies a set by a number of calls that does not grow with the set', async () => {
      const calls = (store: EventStore) => {
        const made: string[] = []
        const names = Object.keys(store) as (keyof EventStore)[]
        const counting = Object.fromEntries(
          names.map((name) => [
            name,
            (...input: never[]) => (
              made.push(name),
              (store[name] as (...given: never[]) => unknown)(...input)
            ),
          ]),
        )
        return { made, events: { ...store, ...counting } }
      }
      const numbers: number[] = []
      for (const size of [1, 3]) {
        for (const [index, email] of READERS.slice(0, size).entries()) {
          await tell(`${size}-sent-${index}`, { type: 'email.sent', to: [email] })
          await tell(`${size}-delivered-${index}`, { to: [email] })
        }
        const { made, events } = calls(deps.events)
        expect([await step({ events }), await step({ events })]).toEqual([true, false])
        numbers.push(made.length)
      }
      expect(numbers[1]).toBeLessThanOrEqual(numbers[0] ?? 0)
      expect(await rows()).toEqual([])
    })

    it('applies what waits once, and keeps nothing of it as it came in', async () => {
      await tellAll()
      expect([await step(), await step(), await rows()]).toEqual([true, false, []])
      expect(await counts()).toMatchObject(DONE)
      await tellAll()
      expect([await step(), await rows(), await counts()]).toEqual([false, [], expect.objectContaining(DONE)])
    })

    it('does the same after it was killed anywhere, and by two workers at once', async () => {
      await tellAll()
      await step()
      const whole = await toldState(database.payload)
      const begin = async () => {
        await removeAllRows(database)
        await database.payload.db.deleteMany({ collection: 'provider-events', where: {} })
        readers = []
        for (const email of READERS) readers.push(await createSubscriber(database.payload, { email }))
        mails = (await mailedCampaign(database.payload, { title: 'Brevet', readers })).deliveries
        await tellAll()
      }
      for (let killedAt = 1, wasReached = true; wasReached; killedAt++) {
        await begin()
        let calls = 0
        const dying = <Port extends object>(port: Port): Port =>
          new Proxy(port, {
            get:
              (target, name) =>
              (...input: unknown[]) => {
                calls += 1
                if (calls >= killedAt) return new Promise(() => undefined)
                return Reflect.apply(Reflect.get(target, name) as () => unknown, target, input)
              },
          })
        let isDone = false
        const done = step({ events: dying(deps.events), queue: dying(queue) }).then(() => (isDone = true))
        // A call that never comes back is no promise to wait for.
        while (!isDone && calls < killedAt) await Promise.race([done, nextTurn()])
        wasReached = !isDone
        now = new Date(now.getTime() + 60_000)
        await Promise.all([runDry(), runDry()])
        expect({ killedAt, ...(await toldState(database.payload)) }).toEqual({ killedAt, ...whole })
        expect(await rows()).toEqual([])
      }
    })
    const runDry = async () => {
      while (await step());
    }

    it('sets an event aside that cannot be applied, with its reason, while the others are applied', async () => {
      await tell('poison', { to: ['anna@example.com'] })
      await tellAll()
      const { readEvent } = deps
      const poisoned: Partial<Deps> = {
        readEvent: async (event) => {
          if (event.eventId === 'poison') throw new RangeError('Too deep: anna@example.com')
          return readEvent(event)
        },
      }
      const run = async () => {
        while (await step(poisoned));
      }
      await run()
      expect(await counts()).toMatchObject(DONE)
      expect((await rows()).map(({ eventId }) => eventId)).toEqual(['poison'])
      for (const time of ['08:02', '08:40', '12:00']) {
        now = at(time)
        await run()
      }
      const [row] = await rows()
      expect(row).toMatchObject({ eventId: 'poison', tries: 5, dueAt: null, reason: 'RangeError' })
      expect(row?.setAsideAt).toBe(at('08:40').toISOString())
      expect(logged.join()).not.toContain('@')
      // A version that can read it.
      await retrySetAside(deps)
      await runDry()
      expect([await rows(), await counts()]).toEqual([[], expect.objectContaining(DONE)])
    })

    it('sets an event aside that ends its worker each time, without a further try', async () => {
      await tell('killer', { to: ['anna@example.com'] })
      for (let tries = 0; tries < 5; tries++) {
        expect(await claim({ tried: [tries] })).toHaveLength(1)
        now = new Date(now.getTime() + 31_000)
      }
      const applied: string[] = []
      await step({ readEvent: async ({ eventId }) => (applied.push(eventId), Promise.reject(new Error())) })
      expect([applied, (await rows()).map(({ reason }) => reason)]).toEqual([[], ['worker_ended']])
    })

    it('leaves everything to be tried again when the database fails', async () => {
      await tellAll()
      const broken = { ...deps.events, keepEvents: () => Promise.reject(new Error('away')) }
      await step({ events: broken })
      expect((await rows()).map(({ tries, setAsideAt }) => [tries, setAsideAt ?? null])).toEqual(
        Array.from({ length: 7 }, () => [1, null]),
      )
      await runDry()
      expect([await rows(), await counts()]).toEqual([[], expect.objectContaining(DONE)])
    })

    it('tells nothing of somebody who was erased before it came to the event', async () => {
      await tell('late', {
        type: 'email.bounced',
        to: ['anna@example.com'],
        data: bounce('Permanent', 'anna'),
      })
      await tell('aside', { to: ['anna@example.com'] })
      await tell('of-bo', { to: ['bo@example.com'] })
      for (const { id, eventId } of await claim())
        if (eventId !== 'late') await queue.setAside({ id, reason: 'x', now })
      await eraseReader({ payload: database.payload, subscriberId: String(readers[0]?.id) })
      now = at('08:10')
      await runDry()
      expect((await rows()).map(({ eventId }) => eventId)).toEqual(['of-bo'])
      const { docs } = await database.payload.find({ collection: 'provider-events', depth: 0 })
      expect([docs.length, JSON.stringify(docs)]).toEqual([1, expect.not.stringContaining('anna')])
    })
  })
})
