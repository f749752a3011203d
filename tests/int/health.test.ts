import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { depsOf } from '../../src/deps.ts'
import type { Store } from '../../src/newsletter/ports.ts'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import { logInAs, restAs, type Rest } from '../support/rest.ts'
import { paragraph } from '../support/siteContent.ts'

const START = new Date('2026-11-25T10:00:00.000Z')
const minutesLater = (minutes: number) => new Date(START.getTime() + minutes * 60_000)

describe.each(testDatabases())('on $name, the health', ({ name, open }) => {
  const kind = name === 'SQLite' ? 'sqlite' : 'mongodb'
  let database: TestDatabase
  let author: Rest
  let readPulse: Store['readPulse']
  beforeAll(async () => {
    database = await open()
    author = (await logInAs({ ...database, role: 'author' })).rest
    readPulse = depsOf(database.payload).store.readPulse
    setNow(START)
  })
  afterEach(() => {
    depsOf(database.payload).store.readPulse = readPulse
  })
  afterAll(() => database.close())

  const setNow = (now: Date) => Object.assign(depsOf(database.payload), { clock: { now: () => now } })
  const health = async (rest: Rest) => {
    const { status, body } = await rest('GET', '/health')
    return [status, body]
  }
  const failDatabase = () => {
    depsOf(database.payload).store.readPulse = () => Promise.reject(new Error('mongodb://user:secret@host'))
  }
  const ok = {
    status: 'ok',
    database: { kind, ok: true },
    worker: { lastSeenAt: null, isMissing: false },
    events: { waiting: 0, oldestReceivedAt: null, setAside: 0 },
    oldestDueAt: null,
    mailer: { name: 'outbox' },
    checks: expect.any(Array),
    now: START.toISOString(),
  }

  it('is a word for anybody, and the database is not asked for it', async () => {
    failDatabase()
    expect(await health(restAs(database))).toEqual([200, { status: 'ok' }])
    expect(await health(restAs({ ...database, token: 'a.b.c' }))).toEqual([200, { status: 'ok' }])
  })

  it('is told to whoever has a login, an author too', async () => {
    expect(await health(author)).toEqual([200, ok])
  })

  it('holds what the doctor tells, from a network only when it is asked for', async () => {
    const namesAt = async (path: string) => {
      const { body } = await author('GET', path)
      return (body.checks as { name: string; status: string }[]).map(
        ({ name, status }) => `${name} ${status}`,
      )
    }
    const local = [
      'environment ok',
      'server-url fail',
      'proxies ok',
      'database ok',
      'mailer warn',
      'migrations ok',
      'users ok',
      'secret ok',
      'worker warn',
      'due ok',
      'retention warn',
      'site fail',
      'pictures ok',
      'webhook ok',
      'events ok',
    ]
    expect(await namesAt('/health')).toEqual(local)
    expect(await namesAt('/health?checks=all')).toEqual([...local, 'sender-domain ok', 'clock ok'])
  })

  it('is degraded when something has been due, and no worker seen, for two minutes', async () => {
    const { payload } = database
    const { store } = depsOf(payload)
    const article = await payload.create({
      collection: 'articles',
      depth: 0,
      data: { title: 'Rubrik', slug: 'rubrik', content: paragraph('Text.'), _status: 'draft' },
      draft: true,
    })
    await payload.create({
      collection: 'campaigns',
      depth: 0,
      data: {
        ...{ article: article.id, edition: 1, audience: 'everybody' },
        ...{ status: 'scheduled', dueAt: START.toISOString() },
      },
    })
    const due = { ...ok, oldestDueAt: START.toISOString() }
    const missing = { ...due, status: 'degraded', worker: { lastSeenAt: null, isMissing: true } }
    setNow(minutesLater(1))
    expect(await health(author)).toEqual([200, { ...due, now: minutesLater(1).toISOString() }])
    setNow(minutesLater(2))
    expect(await health(author)).toEqual([200, { ...missing, now: minutesLater(2).toISOString() }])

    await store.beat({ worker: 'w', mailer: 'outbox', startedAt: START, now: minutesLater(2) })
    const lastSeenAt = minutesLater(2).toISOString()
    expect(await health(author)).toEqual([
      200,
      { ...due, worker: { lastSeenAt, isMissing: false }, now: lastSeenAt },
    ])
    setNow(minutesLater(4))
    expect(await health(author)).toEqual([
      200,
      { ...missing, worker: { lastSeenAt, isMissing: true }, now: minutesLater(4).toISOString() },
    ])
  })

  it('is 503 for staff when the database fails, without what the error says', async () => {
    failDatabase()
    setNow(START)
    const failed = { ...ok, status: 'degraded', database: { kind, ok: false }, worker: null, events: null }
    expect(await health(author)).toEqual([503, failed])
  })

  it('is 503 for a login that the database cannot look up either', async () => {
    const { rest, token } = await logInAs({ ...database, role: 'editor' })
    await rest('POST', '/users/logout')
    setNow(START)
    expect(await health(rest)).toEqual([200, { status: 'ok' }])
    failDatabase()
    expect((await health(restAs({ ...database, token })))[0]).toBe(503)
    const [head, body] = token.split('.')
    expect(await health(restAs({ ...database, token: `${head}.${body}.AAAA` }))).toEqual([
      200,
      { status: 'ok' },
    ])
  })
})
