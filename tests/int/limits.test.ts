import { randomUUID } from 'node:crypto'
import { channel } from 'node:diagnostics_channel'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { boot } from '../../src/boot.ts'
import { configFor } from '../../src/config.ts'
import { depsOf } from '../../src/deps.ts'
import { limitsOf } from '../../src/limits/limitsOf.ts'
import { networkAddressOf } from '../../src/limits/networkAddressOf.ts'
import { notePeers } from '../../src/limits/peerHeader.ts'
import { testDatabases, type TestDatabase } from '../support/databases.ts'

const HOUR = 3_600_000
const times = <Result>(count: number, act: () => Promise<Result>) =>
  Promise.all(Array.from({ length: count }, act))
const allowed = (answers: boolean[]) => answers.filter(Boolean).length

describe.each(testDatabases())('limits on $name', ({ open }) => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await open()
  })
  afterAll(() => database.close())
  beforeEach(() => database.payload.db.deleteMany({ collection: 'rate-limits', where: {} }))

  /** Another process on the same database, as far as the limits can tell. */
  const openAgain = () => boot(configFor(database.env), { key: randomUUID() })

  const rows = async () =>
    (await database.payload.find({ collection: 'rate-limits', overrideAccess: true })).docs

  /** As if the time of all limits had run out. */
  const endAll = async () => {
    const { db } = database.payload
    for (const { id } of await rows())
      if (database.env.database.kind === 'sqlite')
        await db.updateOne({ collection: 'rate-limits', id, data: { expire: Date.now() - 1 } })
      else
        await db.connection
          .collection('rate-limits')
          .updateMany({}, { $set: { expire: new Date(Date.now() - 1) } })
  }

  it('allows as many as it says, one after the other', async () => {
    const { take } = limitsOf(database.payload)
    const answers: boolean[] = []
    for (let call = 0; call < 5; call++) answers.push(await take({ key: 'a', points: 3, perMs: HOUR }))
    expect(answers).toEqual([true, true, true, false, false])
  })

  // MongoDB's test server may answer a count with one that came a moment later: then it allows fewer.
  it('allows never more when all come at once, and counts each', async () => {
    const { take } = limitsOf(database.payload)
    const answers = await times(20, () => take({ key: 'a', points: 3, perMs: HOUR }))
    expect([1, 2, 3]).toContain(allowed(answers))
    expect((await rows()).map(({ points }) => points)).toEqual([20])
  })

  it('gives back what was taken for nothing', async () => {
    const { take, giveBack } = limitsOf(database.payload)
    const limit = { key: 'a', points: 1, perMs: HOUR }
    const first = await take(limit)
    await giveBack(limit)
    expect([first, await take(limit), await take(limit)]).toEqual([true, true, false])
  })

  it('counts each key by itself', async () => {
    const { take } = limitsOf(database.payload)
    const limit = { points: 1, perMs: HOUR }
    const answers = []
    for (const key of ['a', 'b', 'a']) answers.push(await take({ key, ...limit }))
    expect(answers).toEqual([true, true, false])
  })

  it('allows again after the time, counted from the first', async () => {
    const { take, takeOrWait } = limitsOf(database.payload)
    const limit = { key: 'a', points: 1, perMs: HOUR }
    const [first, second] = [await takeOrWait(limit), await takeOrWait(limit)]
    await endAll()
    const [third, fourth] = [await take(limit), await take(limit)]
    expect([first, second > HOUR - 60_000 && second <= HOUR, third, fourth]).toEqual([0, true, true, false])
  })

  it('holds over two web processes and a restart', async () => {
    const limit = { key: 'a', points: 5, perMs: HOUR }
    const other = await openAgain()
    const answers: boolean[] = []
    for (let round = 0; round < 3; round++)
      for (const payload of [database.payload, other]) answers.push(await limitsOf(payload).take(limit))
    await other.destroy()
    const restarted = await openAgain()
    const later = await limitsOf(restarted).take(limit)
    await restarted.destroy()
    expect([answers, later]).toEqual([[true, true, true, true, true, false], false])
  })

  it('stores no address', async () => {
    await limitsOf(database.payload).take({ key: 'confirm anna.berg@example.com', points: 1, perMs: HOUR })
    expect((await rows()).map(({ key, points }) => [key, points])).toEqual([
      [expect.stringMatching(/^[\w-]{43}$/), 1],
    ])
  })

  it('removes what has ended', async () => {
    await limitsOf(database.payload).take({ key: 'old', points: 1, perMs: HOUR })
    await endAll()
    const restarted = await openAgain()
    await limitsOf(restarted).take({ key: 'new', points: 1, perMs: HOUR })
    await restarted.destroy()
    expect(await rows()).toHaveLength(1)
  })

  it('say once in the log that a proxy in front is not known', () => {
    const { payload } = database
    notePeers()
    const request = {
      headers: {} as Record<string, string>,
      rawHeaders: ['X-Forwarded-For', '203.0.113.7'],
      socket: { remoteAddress: '10.0.0.1' },
    }
    channel('http.server.request.start').publish({ request })
    const deps = depsOf(payload)
    const { log } = deps
    const events: unknown[] = []
    deps.log = (...line) => void events.push(line)
    const headers = new Headers({ ...request.headers, 'x-forwarded-for': '203.0.113.7' })
    const counted = [networkAddressOf({ payload, headers }), networkAddressOf({ payload, headers })]
    deps.log = log
    expect([counted, events]).toEqual([
      ['10.0.0.1', '10.0.0.1'],
      [
        [
          'limits.unknown_proxy',
          {
            remedy:
              'All readers behind a proxy share one limit for forms: set TRUSTED_PROXIES to how many proxies of yours stand in front. If there is none, ignore this.',
          },
        ],
      ],
    ])
  })
})
