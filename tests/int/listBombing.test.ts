import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import { isLong } from '../support/longRun.ts'
import { joining, type Joining } from '../support/subscribing/joining.ts'

const CALLS = isLong ? 10_000 : 800
/** Each calls a hundred times. */
const NETWORKS = CALLS / 100
const VICTIMS = 50
const AT_ONCE = 100
const CALLS_PER_HOUR = 20

const victim = (call: number) => `victim${(call * 7) % VICTIMS}@example.com`
const network = (call: number) => `10.0.0.${call % NETWORKS}`

/** As if somebody used the form to fill other people's inboxes. */
describe.each(testDatabases())('a bombed list on $name', ({ open }) => {
  let database: TestDatabase
  let join: Joining
  beforeAll(async () => {
    database = await open({ TRUSTED_PROXIES: '1' })
    join = joining(database)
    await join.setSite({ name: 'Provet', callsPerHour: CALLS_PER_HOUR })
  })
  afterAll(() => database.close())

  it('mails each victim once, and lets others in', async () => {
    const statuses = new Map<number, number>()
    for (let first = 0; first < CALLS; first += AT_ONCE)
      await Promise.all(
        Array.from({ length: AT_ONCE }, async (_, index) => {
          const { status } = await join.subscribeFast(
            { email: victim(first + index) },
            network(first + index),
          )
          statuses.set(status, (statuses.get(status) ?? 0) + 1)
        }),
      )
    const others = await Promise.all(
      ['anna', 'kim', 'lo'].map((name, index) =>
        join.subscribe({ email: `${name}@example.com` }, `192.0.2.${index}`),
      ),
    )

    const taken = NETWORKS * CALLS_PER_HOUR
    expect(Object.fromEntries(statuses)).toEqual({ 200: taken, 429: CALLS - taken })
    expect(others.map(({ status }) => status)).toEqual([200, 200, 200])
    const mails = new Map<string, number>()
    for (const { email } of await join.mails()) mails.set(email, (mails.get(email) ?? 0) + 1)
    expect([mails.size, Math.max(...mails.values())]).toEqual([VICTIMS + 3, 1])
    expect((await join.subscribers()).length).toBe(VICTIMS + 3)
  })
})
