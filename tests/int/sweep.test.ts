import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Payload } from 'payload'
import { depsOf, oldDataOf } from '../../src/deps.ts'
import { sweep, type Sweep } from '../../src/retention/sweep.ts'
import { readRetentionDays } from '../../src/retention/sweepLane.ts'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import { addEvent, addMail, addMessage } from '../support/retention/oldRows.ts'
import { createSubscriber } from '../support/siteContent.ts'

const NOW = new Date('2026-11-25T04:00:00.000Z')
const DAY_MS = 86_400_000
const daysAgo = (days: number) => new Date(NOW.getTime() - days * DAY_MS)

describe.each(testDatabases())('on $name, the sweep', ({ open }) => {
  let database: TestDatabase
  let payload: Payload
  let logged: [event: string, what: unknown][]
  beforeAll(async () => {
    database = await open()
    payload = database.payload
    await payload.updateGlobal({ slug: 'site', data: { deliveryDays: 40, contactMessageDays: 90 } })
  })
  afterAll(() => database.close())
  beforeEach(async () => {
    logged = []
    for (const collection of [...SLUGS, 'sweeps'] as const)
      await payload.db.deleteMany({ collection, where: {} })
  })

  const SLUGS = ['provider-events', 'transactional-mails', 'contact-messages', 'subscribers'] as const
  const worker = ({ token = 'a', now = NOW, ...more }: Partial<Sweep> & { now?: Date } = {}): Sweep => ({
    ...oldDataOf(payload),
    readDays: () => readRetentionDays(payload),
    clock: { now: () => now },
    log: (event, facts) => void logged.push([event, facts?.what]),
    sleep: async () => undefined,
    token,
    ...more,
  })
  const sweepWhole = async (deps: Sweep) => {
    while (await sweep(deps));
  }
  const rows = async () =>
    Promise.all(
      SLUGS.map(async (collection) => {
        const { docs } = await payload.find({ collection, depth: 0, pagination: false, sort: 'id' })
        return docs.map(({ id }) => id)
      }),
    )
  const lastSweptAt = () => oldDataOf(payload).rows.lastSweptAt()

  it('lets no bounce be forgotten while it counts', async () => {
    const change = payload.updateGlobal({ slug: 'site', data: { deliveryDays: 30 } })
    await expect(change).rejects.toMatchObject({
      data: { errors: [expect.objectContaining({ path: 'deliveryDays' })] },
    })
  })

  /** One row on each side of every limit. @returns what is to stay. */
  const seed = async () => {
    const events = [41, 39].map((days) => addEvent(payload, { receivedAt: daysAgo(days) }))
    const messages = [91, 89].map((days) => addMessage(payload, { createdAt: daysAgo(days) }))
    const waiting = [8, 6].map((days) =>
      createSubscriber(payload, {
        email: `${days}@example.com`,
        status: 'pending',
        askedAt: daysAgo(days).toISOString(),
      }),
    )
    const [, event] = await Promise.all(events)
    const [, message] = await Promise.all(messages)
    const [, subscriber] = await Promise.all(waiting)
    await addMail(payload, { settledAt: daysAgo(41) })
    const emptied = await addMail(payload, { settledAt: daysAgo(8) })
    const whole = await addMail(payload, { settledAt: daysAgo(6) })
    return { left: [[event], [emptied, whole], [message], [subscriber?.id]], emptied, whole }
  }

  it('removes what is older than the site’s settings say, and nothing else; done twice it is the same', async () => {
    const { left, emptied, whole } = await seed()
    await sweepWhole(worker())
    expect([await rows(), await lastSweptAt()]).toEqual([left, NOW])
    const { docs } = await payload.find({ collection: 'transactional-mails', depth: 0, sort: 'id' })
    expect(docs.map(({ id, mail }) => [id, mail ?? null])).toEqual([
      [emptied, null],
      [whole, { subject: 'Tack' }],
    ])
    logged = []
    await payload.db.deleteMany({ collection: 'sweeps', where: {} })
    await sweepWhole(worker())
    expect([await rows(), logged]).toEqual([left, []])
  })

  it('is done once a night, by one worker', async () => {
    await sweepWhole(worker())
    const old = () => addEvent(payload, { receivedAt: daysAgo(40) })
    await old()
    await sweepWhole(worker({ token: 'b', now: new Date('2026-11-26T02:59:00.000Z') }))
    expect((await rows())[0]?.length).toBe(1)
    await sweepWhole(worker({ token: 'b', now: new Date('2026-11-26T03:00:00.000Z') }))
    expect((await rows())[0]).toEqual([])
  })

  it('is taken up by another worker when one was killed in the middle of it', async () => {
    const { left } = await seed()
    expect(await sweep(worker({ token: 'killed' }))).toBe(true)
    const soon = worker({ token: 'b', now: new Date(NOW.getTime() + 60_000) })
    expect([await sweep(soon), await lastSweptAt()]).toEqual([false, null])
    const later = new Date(NOW.getTime() + 6 * 60_000)
    await sweepWhole(worker({ token: 'b', now: later }))
    expect([await rows(), await lastSweptAt()]).toEqual([left, later])
  })

  it('does the rest when one part fails, and stays due', async () => {
    const { left } = await seed()
    const { rows: real } = oldDataOf(payload)
    const failing = { ...real, removeProviderEvents: () => Promise.reject(new Error('cut')) }
    await expect(sweepWhole(worker({ rows: failing }))).rejects.toThrow('cut')
    const [events, ...others] = await rows()
    expect([events?.length, others, await lastSweptAt()]).toEqual([2, left.slice(1), null])
    await sweepWhole(worker())
    expect(await rows()).toEqual(left)
  })

  it('removes files that an import left', async () => {
    const folder = join(depsOf(payload).env.dataDir, 'imports')
    mkdirSync(folder, { recursive: true })
    for (const [name, days] of [
      ['old.csv', 3],
      ['new.csv', 1],
    ] as const) {
      writeFileSync(join(folder, name), 'email\n')
      utimesSync(join(folder, name), daysAgo(days), daysAgo(days))
    }
    await sweepWhole(worker())
    expect(readdirSync(folder)).toEqual(['new.csv'])
  })
})
