import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { seededRandom } from '../../emulator/seededRandom.ts'
import type { Subscriber } from '../../src/payload-types.ts'
import type { TestDatabase } from '../support/databases.ts'
import { removeAllRows } from '../support/flow/rawRows.ts'
import { isLong, oneDatabase, seeds } from '../support/longRun.ts'
import { createSubscriber } from '../support/siteContent.ts'
import { mailedCampaign, toldState } from '../support/webhooks/mailed.ts'
import { bounce, RESEND, tell, type Told } from '../support/webhooks/webhook.ts'

/** As many events for each reader in a short run as in a long one. */
const READERS = isLong ? 60 : 30
const CAMPAIGNS = 5
const EVENTS = isLong ? 1_000 : 250
const AT_ONCE = 8
const DAY_MS = 86_400_000
const FROM = Date.parse('2026-11-02T08:00:00.000Z')
const emailOf = (reader: number) => `reader-${String(reader).padStart(2, '0')}@example.com`

interface Drawn {
  reader: number
  campaign: number
  type: string
  at: string
  data: object
}

/** Many bounces that may pass, with deliveries between, so that suppressions are made and taken back. */
const KINDS: [share: number, type: string, data: object][] = [
  [0.3, 'email.delivered', {}],
  [0.63, 'email.bounced', bounce('Transient')],
  [0.7, 'email.bounced', bounce('Undetermined')],
  [0.72, 'email.bounced', bounce('Permanent')],
  [0.74, 'email.complained', {}],
  [0.84, 'email.delivery_delayed', {}],
  [0.86, 'email.failed', { failed: { reason: 'reached_daily_quota' } }],
  [0.88, 'email.suppressed', { suppressed: { message: 'On the list.', type: 'OnAccountSuppressionList' } }],
  [0.92, 'email.sent', {}],
  [1, 'email.of_tomorrow', { what: 'is new' }],
]

function drawEvents(seed: number): Drawn[] {
  const random = seededRandom(seed)
  const below = (limit: number) => Math.floor(random() * limit)
  return Array.from({ length: EVENTS }, () => {
    const drawn = random()
    const [, type, data] = KINDS.find(([share]) => drawn < share) ?? [1, 'email.sent', {}]
    const at = new Date(FROM + below(90 * 24) * (DAY_MS / 24)).toISOString()
    return { reader: below(READERS), campaign: below(CAMPAIGNS), type, at, data }
  })
}

function shuffled<Item>(items: readonly Item[], seed: number): Item[] {
  const random = seededRandom(seed)
  return items
    .map((item) => ({ item, place: random() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ item }) => item)
}

describe.each(oneDatabase())('on $name, many events', ({ name, open }) => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await open(RESEND)
  })
  afterAll(() => database.close())

  /** Everything that there is after the events came in this order, so many at once, to rows that are new. */
  const stateAfter = async (events: readonly (Drawn & { id: string })[], atOnce: number) => {
    const { payload } = database
    await removeAllRows(database)
    for (const collection of ['provider-events', 'suppressions'] as const)
      await payload.db.deleteMany({ collection, where: {} })
    const readers: Subscriber[] = []
    for (let reader = 0; reader < READERS; reader++)
      readers.push(await createSubscriber(payload, { email: emailOf(reader) }))
    const campaigns: Awaited<ReturnType<typeof mailedCampaign>>[] = []
    for (let number = 0; number < CAMPAIGNS; number++)
      campaigns.push(await mailedCampaign(payload, { title: `Rubrik ${number}`, readers }))
    const toTold = ({ reader, campaign, ...event }: Drawn & { id: string }): Told => ({
      ...event,
      to: [emailOf(reader)],
      tags: { delivery: String(campaigns[campaign]?.deliveries.get(emailOf(reader))) },
    })
    const waiting = events.map(toTold)
    const statuses = new Set<number>()
    const work = async () => {
      for (let told = waiting.shift(); told; told = waiting.shift())
        statuses.add((await tell(database, told)).status)
    }
    await Promise.all(Array.from({ length: atOnce }, work))
    expect(statuses).toEqual(new Set([200]))
    const { totalDocs } = await payload.count({ collection: 'provider-events' })
    expect(totalDocs).toBe(EVENTS)
    return toldState(payload)
  }

  // The test server for MongoDB takes many times as long.
  it.each(seeds({ short: 1, long: name === 'MongoDB' ? 1 : 3 }))(
    'end in the same state shuffled, tripled and several at once (seed %s)',
    async (seed) => {
      const events = drawEvents(seed).map((event, index) => ({ ...event, id: `msg_${index}` }))
      const inTime = events.toSorted((a, b) => (a.at < b.at ? -1 : 1))
      const expected = await stateAfter(inTime, 1)
      const reasons = new Set(expected.suppressions.map(({ madeBy, reason }) => `${reason} ${madeBy}`))
      expect(reasons).toContain('bounced transient-bounces')
      expect(reasons.size).toBeGreaterThan(3)
      expect(await stateAfter(shuffled([...events, ...events, ...events], seed), AT_ONCE)).toEqual(expected)
    },
  )
})
