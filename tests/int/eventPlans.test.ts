import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createClient, type Client } from '@libsql/client'
import { sqliteEventQueue } from '../../src/adapters/store/sqlite/eventQueue.ts'
import { sqliteEvents } from '../../src/adapters/store/sqlite/events.ts'
import type { EventStore, EventToKeep } from '../../src/newsletter/eventPorts.ts'
import type { Suppression } from '../../src/newsletter/model.ts'
import type { EventQueue } from '../../src/newsletter/queuePorts.ts'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import { at } from '../support/flow/time.ts'
import { recordStatements } from '../support/recordStatements.ts'

const now = at('08:00')
const id = '1'
const NUMBERS = { submitted: 1, bounced: 1, complained: 0 }
const SUPPRESSION: Suppression = {
  ...{ email: null, reason: 'bounced', detail: null, suppressedAt: now, madeBy: 'event' },
  ...{ liftedAt: null, liftedBy: null, liftedByName: null, liftedReason: null, forgivenAt: null },
  ...{ statusBefore: null, toTellProvider: null },
}
const EVENT: EventToKeep['event'] = {
  ...{ eventId: 'e', kind: 'bounced', type: 'email.bounced', occurredAt: now, providerId: null },
  ...{ bounceType: null, detail: null, payload: null },
}

/** Every operation, in each of its forms. */
const OPERATIONS: Record<keyof EventStore, (store: EventStore) => Promise<unknown>> = {
  findMailed: async (store) => {
    await store.findMailed([
      { deliveryId: id, mailId: null },
      { deliveryId: null, mailId: id },
    ])
  },
  findByProviderId: async (store) => {
    await store.findByProviderId({ providerId: 'p', emails: ['anna@example.com'] })
    await store.findByProviderId({ providerId: 'p', emails: [] })
  },
  keepEvents: async (store) => {
    const kept = { event: EVENT, mailed: null, email: null, addressHash: 'h', receivedAt: now }
    await store.keepEvents([kept])
    await store.keepEvents([kept])
  },
  forgetEvents: (store) => store.forgetEvents(['e']),
  markApplied: (store) => store.markApplied({ eventIds: ['e'], now }),
  recordFacts: (store) => store.recordFacts({ fact: 'bounced', times: [{ deliveryId: id, at: now }] }),
  recordFirstEvent: (store) => store.recordFirstEvent({ campaignId: id, at: now }),
  addToCounts: (store) =>
    store.addToCounts({
      campaignId: id,
      added: { delivered: 0, bounced: 1, complained: 0 },
      revision: 0,
    }),
  recountFacts: (store) => store.recountFacts(id),
  settleUncertainMail: (store) => store.settleUncertainMail({ id, providerId: null, now }),
  settleTaken: (store) =>
    store.settleTaken({
      ...{ deliveryId: id, campaignId: id, providerId: null, undecidedCode: 'x', now },
    }),
  readAddressEvents: (store) => store.readAddressEvents('h'),
  findBounced: (store) => store.findBounced(['h', 'i']),
  readGuard: (store) => store.readGuard(id),
  countSubmitted: (store) => store.countSubmitted(id),
  pauseByGuard: (store) =>
    store.pauseByGuard({
      id,
      from: 'submitting',
      problem: { code: 'x', message: 'x' },
      numbers: NUMBERS,
      now,
    }),
  forgiveGuard: (store) => store.forgiveGuard({ id, numbers: NUMBERS }),
  readSuppressions: (store) => store.readSuppressions(['h', 'i']),
  writeSuppression: async (store) => {
    await store.writeSuppression({ addressHash: 'h', was: null, next: SUPPRESSION })
    await store.writeSuppression({ addressHash: 'h', was: SUPPRESSION, next: SUPPRESSION })
    await store.writeSuppression({ addressHash: 'h', was: SUPPRESSION, next: null })
  },
  findUntoldSuppressions: (store) => store.findUntoldSuppressions({ limit: 10 }),
  findAddressed: (store) => store.findAddressed('anna@example.com'),
  moveAddressed: (store) =>
    store.moveAddressed({ email: 'anna@example.com', from: ['active'], to: 'suppressed', now }),
}

/** Beside what is found by its id. */
const PLANS = {
  keepEvents: ['SEARCH provider_events USING INDEX provider_events_event_id_idx (event_id=?)'],
  recountFacts: [
    'SEARCH d USING INDEX campaign_snapshot_status_batchNumber_idx (campaign_id=? AND snapshot=?)',
    'SCAN n',
  ],
  readAddressEvents: ['SEARCH provider_events USING INDEX addressHash_occurredAt_idx (address_hash=?)'],
  findBounced: ['SEARCH provider_events USING INDEX addressHash_occurredAt_idx (address_hash=?)'],
  forgetEvents: ['SEARCH provider_events USING COVERING INDEX provider_events_event_id_idx (event_id=?)'],
  settleTaken: [
    'SEARCH b USING INDEX campaign_snapshot_number_idx (campaign_id=? AND snapshot=? AND number=?)',
    'SEARCH d USING COVERING INDEX campaign_snapshot_status_batchNumber_idx (campaign_id=? AND snapshot=? AND status=?)',
  ],
  readGuard: [],
  countSubmitted: [
    'SEARCH d USING COVERING INDEX campaign_snapshot_status_batchNumber_idx (campaign_id=? AND snapshot=? AND status=?)',
  ],
  readSuppressions: ['SEARCH suppressions USING INDEX suppressions_address_hash_idx (address_hash=?)'],
  writeSuppression: [
    'SCAN CONSTANT ROW',
    'SEARCH suppressions USING INDEX suppressions_address_hash_idx (address_hash=?)',
  ],
  findUntoldSuppressions: [
    'SEARCH suppressions USING INDEX suppressions_to_tell_provider_idx (to_tell_provider=?)',
    'USE TEMP B-TREE FOR ORDER BY',
  ],
  moveAddressed: ['SEARCH subscribers USING INDEX subscribers_email_idx (email=?)'],
} satisfies Partial<Record<keyof EventStore, string[]>>

/** The webhook queue: a row of it is long, and there may be a hundred thousand. */
const QUEUE: Record<keyof EventQueue, (queue: EventQueue) => Promise<unknown>> = {
  keep: (queue) => queue.keep([{ eventId: 'e', body: '{}', receivedAt: now }]),
  count: (queue) => queue.count(10),
  claim: (queue) => queue.claim({ tried: [0], limit: 10, now, lease: { token: 't', ms: 1 } }),
  remove: (queue) => queue.remove([id]),
  postpone: (queue) => queue.postpone({ ids: [id], dueAt: now }),
  setAside: (queue) => queue.setAside({ id, reason: 'x', now }),
  trimSetAside: (queue) => queue.trimSetAside(10),
  retrySetAside: (queue) => queue.retrySetAside({ tries: 4, now }),
  readLength: (queue) => queue.readLength(),
}

const QUEUE_PLANS: Record<keyof EventQueue, string[]> = {
  keep: ['SEARCH provider_events USING INDEX provider_events_event_id_idx (event_id=?)'],
  count: ['SCAN waiting_events USING COVERING INDEX setAsideAt_idx', 'SCAN (subquery-1)'],
  claim: ['SEARCH waiting_events USING COVERING INDEX tries_dueAt_idx (tries=? AND due_at<?)'],
  remove: [],
  postpone: [],
  setAside: [],
  trimSetAside: ['SEARCH waiting_events USING COVERING INDEX setAsideAt_idx (set_aside_at>?)'],
  retrySetAside: ['SEARCH waiting_events USING INDEX setAsideAt_idx (set_aside_at>?)'],
  readLength: [
    'SCAN CONSTANT ROW',
    'SCAN waiting_events USING COVERING INDEX setAsideAt_idx',
    'SEARCH waiting_events USING COVERING INDEX setAsideAt_idx (set_aside_at>?)',
    // In the order of the ids: it ends at the first.
    'SCAN waiting_events',
  ],
}

const byIndexes = (plan: string[]): string[] =>
  [...new Set(plan)].filter((line) => !/INTEGER PRIMARY KEY|^SCAN (json_each|told)/.test(line))

describe.each(testDatabases().filter(({ name }) => name === 'SQLite'))(
  'the queries for events on $name',
  ({ open }) => {
    let database: TestDatabase
    let client: Client
    beforeAll(async () => {
      database = await open()
      client = database.payload.db.drizzle.$client
    })
    afterAll(() => database.close())

    /** How the tables are read, line by line. */
    const planOf = (operate: (store: EventStore) => Promise<unknown>): Promise<string[]> =>
      explain((recording) => operate(sqliteEvents(recording)))
    const explain = async (run: (recording: Client) => Promise<unknown>): Promise<string[]> => {
      const { client: recording, take } = recordStatements(client)
      await run(recording)
      const explaining = createClient({ url: database.env.database.url })
      const lines = []
      for (const sql of take()) lines.push(...(await explaining.execute(`EXPLAIN QUERY PLAN ${sql}`)).rows)
      explaining.close()
      return lines.map(({ detail }) => String(detail)).filter((line) => /^(SEARCH|SCAN|USE TEMP)/.test(line))
    }

    it.each(Object.entries(OPERATIONS))('%s reads no table through', async (_, operate) => {
      const scans = (await planOf(operate)).filter((line) =>
        /^SCAN (?!CONSTANT ROW|json_each|told$|n$)/.test(line),
      )
      expect(scans).toEqual([])
    })

    it.each(Object.entries(PLANS))('%s goes by the index that is made for it', async (name, expected) => {
      const plan = await planOf(OPERATIONS[name as keyof typeof PLANS])
      expect(byIndexes(plan)).toEqual(expected)
    })

    it.each(Object.entries(QUEUE_PLANS))('%s of the queue goes by its index', async (name, expected) => {
      const plan = await explain((recording) => QUEUE[name as keyof EventQueue](sqliteEventQueue(recording)))
      expect(byIndexes(plan)).toEqual(expected)
    })
  },
)
