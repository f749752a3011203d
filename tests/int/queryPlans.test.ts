import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { createClient, type Client } from '@libsql/client'
import { sqliteImportedPeople } from '../../src/adapters/imports/sqlite.ts'
import { sqliteNewsletters } from '../../src/adapters/people/sqlite.ts'
import { sqliteStore } from '../../src/adapters/store/sqlite/index.ts'
import type { ClaimedBatch, ClaimedMail, Edition } from '../../src/newsletter/model.ts'
import type { Store } from '../../src/newsletter/ports.ts'
import { UNDECIDED } from '../../src/newsletter/rules/problems.ts'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import { FIRST_EDITION, mailing } from '../support/flow/builders.ts'
import { at, lease } from '../support/flow/time.ts'
import { recordStatements } from '../support/recordStatements.ts'
import { createArticle } from '../support/siteContent.ts'

const now = at('08:00')
const id = '1'
const held = { id, token: 'holder', now }

const snapshotOf =
  (topicIds: string[], edition: Edition = FIRST_EDITION) =>
  (store: Store) =>
    store.snapshotAudience({
      campaignId: '2',
      token: 'holder',
      leaseMs: 60_000,
      edition,
      topicIds,
      batchSize: 100,
      part: null,
      firstBatch: 0,
      clock: { now: () => now },
    })

const BATCH: ClaimedBatch = {
  id,
  campaignId: id,
  number: 0,
  idempotencyKey: 'key',
  attempts: 0,
  round: 0,
  calledWith: null,
  sealedAt: null,
  inDoubtSince: null,
  problemSince: null,
  postponedSince: null,
  isCancelled: false,
}

const MAIL: ClaimedMail = {
  id,
  kind: 'welcome',
  mail: null,
  validUntil: null,
  idempotencyKey: 'key',
  attempts: 0,
  calledWith: null,
  inDoubtSince: null,
  problemSince: null,
}

/** Every operation, so that it comes to each of its statements. */
const OPERATIONS: Record<keyof Store, (store: Store) => Promise<unknown>> = {
  renewLeases: (store) => store.renewLeases({ tokens: ['a', 'b'], now, leaseMs: 60_000 }),
  giveBack: (store) => store.giveBack({ tokens: ['a', 'b'] }),
  endHolds: (store) => store.endHolds({ now }),
  undoCampaign: (store) => store.undoCampaign({ id, by: '1', now }),
  findUndone: (store) => store.findUndone(),
  claimCampaign: (store) => store.claimCampaign({ now, lease: lease('a') }),
  startCampaign: (store) => store.startCampaign({ ...held, topicIds: [] }),
  fixMailing: (store) => store.fixMailing({ ...held, mailing: mailing() }),
  snapshotAudience: snapshotOf(['1', '2']),
  countAudience: (store) =>
    store.countAudience({
      ...{ topicIds: [], now },
      edition: { articleId: '1', number: 3, audience: 'joined_since', corrects: null },
    }),
  openCampaign: (store) => store.openCampaign({ ...held, canary: { batches: 1, mails: 20, minutes: 30 } }),
  findDueCanaries: (store) => store.findDueCanaries({ now }),
  awaitCanary: (store) => store.awaitCanary({ id, until: now, now }),
  endCanary: (store) => store.endCanary({ id, problem: UNDECIDED, now }),
  stopPreparing: (store) => store.stopPreparing({ ...held, to: 'failed', problem: UNDECIDED }),
  moveCampaign: (store) => store.moveCampaign({ id, from: ['submitting'], to: 'paused', now }),
  stopCampaign: (store) => store.stopCampaign({ id, problem: UNDECIDED, now }),
  requestRemailing: (store) => store.requestRemailing({ id, of: 'rejected', by: '1', now }),
  leaveUncertain: (store) => store.leaveUncertain({ id, by: '1', now }),
  findRemailingRequests: (store) => store.findRemailingRequests(),
  reopenBatches: (store) => store.reopenBatches({ id: '3', now }),
  claimBatch: (store) => store.claimBatch({ now, lease: lease('a') }),
  readMailing: (store) => store.readMailing('2'),
  splitBatch: (store) => store.splitBatch({ batch: BATCH, token: 'holder', size: 1, now }),
  sealBatch: (store) => store.sealBatch({ batch: BATCH, token: 'holder', callWith: 'memory', now }),
  settleBatch: (store) => store.settleBatch({ ...held, results: [] }),
  releaseBatch: (store) => store.releaseBatch({ ...held, dueAt: now, newKey: 'key', postponedSince: now }),
  holdCampaign: (store) => store.holdCampaign({ id, until: now, problem: UNDECIDED, now }),
  clearProblem: (store) => store.clearProblem({ id, now }),
  findForgottenArticles: (store) => store.findForgottenArticles({ limit: 100 }),
  removeLeftovers: (store) => store.removeLeftovers(id),
  findDrainedCampaigns: (store) => store.findDrainedCampaigns(),
  finishCampaign: (store) => store.finishCampaign({ id, undecided: UNDECIDED, now }),
  countDeliveries: (store) => store.countDeliveries(id),
  countRefusals: (store) => store.countRefusals({ campaignId: id, reason: 'smtp_554' }),
  lastSettledAt: (store) => store.lastSettledAt(id),
  readNextBatch: (store) => store.readNextBatch(id),
  readPostponed: (store) => store.readPostponed({ campaignId: id, now }),
  readReceipt: (store) => store.readReceipt({ campaignId: id, after: null, limit: 100 }),
  readRecipients: (store) => store.readRecipients({ campaignId: id, subscriberIds: ['1', '2'] }),
  findAddresses: (store) => store.findAddresses({ prefix: 'anna', after: 'anna@example.com', limit: 100 }),
  claimTransactionalMail: (store) => store.claimTransactionalMail({ now, lease: lease('a') }),
  callTransactionalMail: (store) =>
    store.callTransactionalMail({ claimed: MAIL, token: 'holder', callWith: 'memory', now }),
  settleTransactionalMail: (store) =>
    store.settleTransactionalMail({ ...held, result: { status: 'submitted', providerId: null } }),
  releaseTransactionalMail: (store) =>
    store.releaseTransactionalMail({
      ...{ claimed: MAIL, token: 'holder', dueAt: now, newKey: 'key' },
      ...{ problem: UNDECIDED, now },
    }),
  readAddressee: (store) => store.readAddressee({ email: 'anna@example.com', addressHash: 'h' }),
  holdTransactionalMails: (store) => store.holdTransactionalMails({ until: now, unlessTakenSince: now, now }),
  requeueTransactionalMail: (store) => store.requeueTransactionalMail({ id, newKey: 'key', now }),
  beat: (store) => store.beat({ worker: 'a', mailer: 'memory', startedAt: now, now }),
  readPulse: (store) => store.readPulse({ now }),
  reserveCall: (store) => store.reserveCall({ mailer: 'memory', firstPerSecond: 2, now }),
  setCallRate: (store) => store.setCallRate({ mailer: 'memory', perSecond: 10 }),
}

/** Beside what is found by its id. */
const PLANS = {
  claimBatch: [
    'SEARCH c USING INDEX status_dueAt_idx (status=? AND due_at<?)',
    'SEARCH batches USING INDEX campaign_snapshot_status_dueAt_number_idx (campaign_id=? AND snapshot=? AND status=? AND due_at<?)',
    'USE TEMP B-TREE FOR ORDER BY',
  ],
  sealBatch: [
    'SEARCH d USING INDEX campaign_snapshot_batchNumber_position_idx (campaign_id=? AND snapshot=? AND batch_number=?)',
    'SEARCH d USING INDEX campaign_snapshot_status_batchNumber_idx (campaign_id=? AND snapshot=? AND status=? AND batch_number=?)',
    // The mails of one batch.
    'USE TEMP B-TREE FOR json_group_array(ORDER BY)',
    'SEARCH deliveries USING INDEX campaign_snapshot_batchNumber_position_idx (campaign_id=? AND snapshot=? AND batch_number=?)',
  ],
  settleBatch: ['SCAN j VIRTUAL TABLE INDEX 1:'],
  snapshotAudience: [
    'SEARCH r USING INDEX subscribers_rels_parent_idx (parent_id=?)',
    'SCAN (subquery-4)',
    'SCAN (subquery-2)',
  ],
  countAudience: [
    'SEARCH campaigns USING INDEX article_edition_idx (article_id=? AND edition=?)',
    'SEARCH c USING INDEX article_edition_idx (article_id=? AND edition<?)',
    'SEARCH d USING INDEX campaign_snapshot_subscriberRef_idx (campaign_id=? AND snapshot=? AND subscriber_ref=?)',
    'USE TEMP B-TREE FOR GROUP BY',
  ],
  removeLeftovers: [
    'SEARCH deliveries USING COVERING INDEX campaign_snapshot_status_batchNumber_idx (campaign_id=? AND snapshot<?)',
    'SEARCH deliveries USING COVERING INDEX campaign_snapshot_status_batchNumber_idx (campaign_id=? AND snapshot>?)',
    'SEARCH batches USING COVERING INDEX campaign_snapshot_settledAt_idx (campaign_id=? AND snapshot<?)',
    'SEARCH batches USING COVERING INDEX campaign_snapshot_settledAt_idx (campaign_id=? AND snapshot>?)',
  ],
  findDueCanaries: [
    'SEARCH campaigns USING INDEX status_dueAt_idx (status=?)',
    'SEARCH b USING INDEX campaign_snapshot_number_idx (campaign_id=? AND snapshot=? AND number<?)',
  ],
  countDeliveries: [
    'SEARCH d USING COVERING INDEX campaign_snapshot_status_batchNumber_idx (campaign_id=? AND snapshot=?)',
  ],
  findDrainedCampaigns: [
    'SEARCH campaigns USING INDEX status_dueAt_idx (status=?)',
    'SEARCH b USING COVERING INDEX campaign_snapshot_status_dueAt_number_idx (campaign_id=? AND snapshot=? AND status=?)',
    'SEARCH d USING COVERING INDEX campaign_snapshot_status_batchNumber_idx (campaign_id=? AND snapshot=? AND status=?)',
  ],
  finishCampaign: [
    'SEARCH b USING COVERING INDEX campaign_snapshot_status_dueAt_number_idx (campaign_id=? AND snapshot=? AND status=?)',
    'SEARCH d USING COVERING INDEX campaign_snapshot_status_batchNumber_idx (campaign_id=? AND snapshot=? AND status=?)',
    'SCAN n',
  ],
  findRemailingRequests: ['SEARCH campaigns USING COVERING INDEX remailing_idx (remailing>?)'],
  reopenBatches: [
    'SEARCH l USING INDEX article_edition_idx (article_id=? AND edition>?)',
    'SEARCH deliveries USING COVERING INDEX campaign_snapshot_status_batchNumber_idx (campaign_id=? AND snapshot=? AND status=? AND batch_number>?)',
    'SCAN found',
    'SEARCH b USING INDEX campaign_snapshot_number_idx (campaign_id=? AND snapshot=? AND number=?)',
    'SCAN j VIRTUAL TABLE INDEX 1:',
    'SEARCH d USING INDEX campaign_snapshot_status_batchNumber_idx (campaign_id=? AND snapshot=? AND status=? AND batch_number=?)',
  ],
  readReceipt: [
    'SEARCH deliveries USING INDEX campaign_snapshot_batchNumber_position_idx (campaign_id=? AND snapshot=? AND (batch_number,position)>(?,?))',
  ],
  readRecipients: [
    'SEARCH deliveries USING INDEX campaign_snapshot_subscriberRef_idx (campaign_id=? AND snapshot=? AND subscriber_ref=?)',
  ],
  findAddresses: ['SEARCH subscribers USING COVERING INDEX subscribers_email_idx (email>? AND email<?)'],
  lastSettledAt: [
    'SEARCH batches USING COVERING INDEX campaign_snapshot_settledAt_idx (campaign_id=? AND snapshot=?)',
  ],
  readPostponed: [
    'SEARCH b USING INDEX campaign_snapshot_status_dueAt_number_idx (campaign_id=? AND snapshot=? AND status=? AND due_at>?)',
    'SCAN (subquery-1)',
  ],
  claimTransactionalMail: [
    'SEARCH transactional_mails USING INDEX status_dueAt_1_idx (status=? AND due_at<?)',
  ],
  readAddressee: [
    'SCAN CONSTANT ROW',
    'SEARCH suppressions USING INDEX suppressions_address_hash_idx (address_hash=?)',
    'SEARCH subscribers USING INDEX subscribers_email_idx (email=?)',
  ],
  holdTransactionalMails: [
    'SEARCH transactional_mails USING INDEX status_dueAt_1_idx (status=? AND due_at<?)',
    'SEARCH transactional_mails USING COVERING INDEX status_dueAt_1_idx (status=? AND due_at>?)',
  ],
  readPulse: [
    'SCAN CONSTANT ROW',
    'SEARCH workers USING COVERING INDEX workers_seen_at_idx',
    'SEARCH waiting_events USING COVERING INDEX tries_dueAt_idx (tries=? AND due_at<?)',
    // The first of them.
    'SCAN (subquery-2)',
    'SEARCH transactional_mails USING INDEX status_dueAt_1_idx (status=? AND due_at<?)',
    'SEARCH campaigns USING INDEX status_dueAt_idx (status=? AND due_at<?)',
    'SEARCH c USING INDEX status_dueAt_idx (status=? AND due_at<?)',
    'SEARCH b USING INDEX campaign_snapshot_status_dueAt_number_idx (campaign_id=? AND snapshot=? AND status=? AND due_at<?)',
    'SEARCH campaigns USING INDEX status_dueAt_idx (status=?)',
    'SEARCH b USING INDEX campaign_snapshot_number_idx (campaign_id=? AND snapshot=? AND number<?)',
    'SEARCH b USING COVERING INDEX campaign_snapshot_status_dueAt_number_idx (campaign_id=? AND snapshot=? AND status=?)',
    'SEARCH (subquery-11)',
  ],
  renewLeases: [
    'SEARCH campaigns USING INDEX leaseToken_idx (lease_token=?)',
    'SEARCH batches USING INDEX leaseToken_1_idx (lease_token=?)',
    'SEARCH transactional_mails USING INDEX leaseToken_2_idx (lease_token=?)',
  ],
} satisfies Partial<Record<keyof Store, string[]>>

describe.each(testDatabases().filter(({ name }) => name === 'SQLite'))('the queries on $name', ({ open }) => {
  let database: TestDatabase
  let client: Client
  beforeAll(async () => {
    database = await open()
    client = database.payload.db.drizzle.$client
    for (const title of ['Ett', 'Två', 'Tre']) await createArticle(database.payload, { title })
    await client.executeMultiple(`INSERT INTO topics (id, slug) VALUES (1, 'a'), (2, 'b');
      INSERT INTO subscribers (id, email, locale, status) VALUES (1, 'anna@example.com', 'sv', 'active');`)
  })
  afterAll(() => database.close())

  /** One that is mailed, one that is prepared, one that is to be reopened. */
  beforeEach(() =>
    client.executeMultiple(`DELETE FROM deliveries; DELETE FROM batches; DELETE FROM campaigns;
      INSERT INTO campaigns (id, article_id, status, due_at, lease_token, snapshot, mailing, round, remailing) VALUES
        (1, 1, 'submitting', '2026', NULL, 's', NULL, 0, NULL),
        (2, 2, 'preparing', '2026', 'holder', NULL, '{}', 0, NULL),
        (3, 3, 'submitting', '2026', NULL, 's', NULL, 1, 'rejected');
      INSERT INTO batches (id, campaign_id, snapshot, number, status, idempotency_key, attempts, due_at, lease_token) VALUES
        (1, 1, 's', 0, 'pending', 'key', 0, '2026', 'holder'), (2, 3, 's', 0, 'settled', 'key', 0, '2026', NULL);
      INSERT INTO deliveries (campaign_id, snapshot, subscriber_ref, email, locale, status, batch_number, position)
        VALUES (3, 's', '1', 'anna@example.com', 'sv', 'rejected', 0, 0);`),
  )

  /** How the tables are read, line by line; on a connection of its own, as an explained write counts as one under way. */
  const planOf = async (operate: (store: Store) => Promise<unknown>): Promise<string[]> => {
    const { client: recording, take } = recordStatements(client)
    await operate(sqliteStore(recording))
    const explaining = createClient({ url: database.env.database.url })
    const lines = []
    for (const sql of take()) lines.push(...(await explaining.execute(`EXPLAIN QUERY PLAN ${sql}`)).rows)
    explaining.close()
    return lines.map(({ detail }) => String(detail)).filter((line) => /^(SEARCH|SCAN|USE TEMP)/.test(line))
  }

  it.each(Object.entries(OPERATIONS))('%s reads no table through', async (_, operate) => {
    const scans = (await planOf(operate)).filter((line) => line.startsWith('SCAN') && !IS_HARMLESS.test(line))
    expect(scans).toEqual([])
  })

  it.each(Object.entries(PLANS))('%s goes by the index that is made for it', async (name, expected) => {
    const plan = await planOf(OPERATIONS[name as keyof typeof PLANS])
    expect([...new Set(plan)].filter((line) => !line.includes('INTEGER PRIMARY KEY'))).toEqual(expected)
  })

  it.each([
    [
      'recipients of one status, a page at a time',
      (store: Store) => store.readReceipt({ campaignId: id, status: 'rejected', after: null, limit: 500 }),
      // Of the mails of one batch.
      [
        'SEARCH deliveries USING INDEX campaign_snapshot_status_batchNumber_idx (campaign_id=? AND snapshot=? AND status=? AND batch_number>?)',
        'USE TEMP B-TREE FOR RIGHT PART OF ORDER BY',
      ],
    ],
    [
      'addresses among some people',
      (store: Store) => store.findAddresses({ prefix: 'a', after: null, limit: 500, among: ['1', '2'] }),
      ['SEARCH subscribers USING INTEGER PRIMARY KEY (rowid=?)', 'USE TEMP B-TREE FOR ORDER BY'],
    ],
  ])('finds %s by an index', async (_, operation, expected) => {
    expect((await planOf(operation)).filter((line) => !line.includes('campaigns'))).toEqual(expected)
  })

  describe('a person', () => {
    const explain = async (sql: string) =>
      (await client.execute(`EXPLAIN QUERY PLAN ${sql}`)).rows
        .map(({ detail }) => String(detail))
        .filter((line) => /^(SEARCH|SCAN|USE TEMP)/.test(line))

    it('has their newsletters found by the campaigns, until the page is full', async () => {
      const { client: recording, take } = recordStatements(client)
      const person = {
        id: '1',
        email: 'anna@example.com',
        consentAt: null,
        consentSource: null,
        createdAt: now,
      }
      await sqliteNewsletters(recording)({ person, after: null, limit: 21 })
      expect(await explain(take()[0] ?? '')).toEqual([
        'SEARCH c USING INDEX campaigns_created_at_idx (created_at<?)',
        'SEARCH d USING INDEX campaign_snapshot_subscriberRef_idx (campaign_id=? AND snapshot=? AND subscriber_ref=?)',
      ])
    })

    it.each([
      ['consents', 'subscriber_id = 1', 'consents_subscriber_idx (subscriber_id=?)'],
      ['transactional_mails', 'subscriber_id = 1', 'transactional_mails_subscriber_idx (subscriber_id=?)'],
      ['transactional_mails', "email = 'a'", 'transactional_mails_email_idx (email=?)'],
      ['contact_messages', "email = 'a'", 'contact_messages_email_idx (email=?)'],
      ['provider_events', "subscriber_ref = '1'", 'subscriberRef_idx (subscriber_ref=?)'],
    ])('has their rows in %s found by an index, where %s', async (table, where, index) => {
      expect(await explain(`SELECT * FROM ${table} WHERE ${where}`)).toEqual([
        `SEARCH ${table} USING INDEX ${index}`,
      ])
    })

    it('is listed by when they joined without sorting everybody', async () => {
      const sql = 'SELECT id FROM subscribers ORDER BY created_at DESC LIMIT 10'
      expect(await explain(sql)).toEqual(['SCAN subscribers USING COVERING INDEX subscribers_created_at_idx'])
    })
  })

  it('of an import that is taken back go by indexes', async () => {
    await client.executeMultiple(`DELETE FROM subscribers WHERE import_ref = '9';
      INSERT INTO subscribers (email, locale, status, import_ref) VALUES ('bo@example.com', 'sv', 'active', '9');`)
    const { client: recording, take } = recordStatements(client)
    const people = sqliteImportedPeople(recording)
    const run = { id: '9', startedAt: now, undoAskedAt: now, undoneAt: null }
    await people.countAdded(run.id)
    await people.removeNext(run, null)
    await people.tidy(run)
    await people.countKept(run)
    const explaining = createClient({ url: database.env.database.url })
    const lines = []
    for (const sql of take()) lines.push(...(await explaining.execute(`EXPLAIN QUERY PLAN ${sql}`)).rows)
    explaining.close()
    const scans = lines.map(({ detail }) => String(detail)).filter((line) => line.startsWith('SCAN'))
    expect(scans.filter((line) => !/^SCAN json_each VIRTUAL TABLE/.test(line))).toEqual([])
  })

  describe('what is removed', () => {
    it('finds what refers to it by an index', async () => {
      const missing = []
      for (const table of ['campaigns', 'batches', 'deliveries', 'subscribers_rels'])
        for (const column of await referringColumns(table))
          if (!(await indexedColumns(table)).includes(column)) missing.push(`${table}.${column}`)
      expect(missing).toEqual([])
    })

    it('may be a user who has decided about a campaign', async () => {
      const { payload } = database
      const data = {
        email: 'editor@example.com',
        name: 'Redaktören',
        role: 'editor',
        password: 'a password of the tests',
      } as const
      const user = await payload.create({ collection: 'users', depth: 0, data })
      await client.execute("UPDATE campaigns SET status = 'paused', remailing = NULL WHERE id = 3")
      await sqliteStore(client).leaveUncertain({ id: '3', by: String(user.id), now })
      await payload.delete({ collection: 'users', id: user.id })
      const { decision } = await payload.findByID({ collection: 'campaigns', id: 3, depth: 0 })
      expect(decision).toMatchObject({ kind: 'leave', by: null })
    })
  })

  const referringColumns = async (table: string) =>
    (await client.execute(`SELECT "from" AS name FROM pragma_foreign_key_list('${table}')`)).rows.map(
      ({ name }) => name,
    )

  const indexedColumns = async (table: string) =>
    (
      await client.execute(
        `SELECT i.name FROM pragma_index_list('${table}') l, pragma_index_info(l.name) i WHERE i.seqno = 0`,
      )
    ).rows.map(({ name }) => name)
})

/** Values that were given, or rows that the statement has made itself. */
const IS_HARMLESS = /^SCAN (j VIRTUAL TABLE|CONSTANT ROW|\(subquery-\d+\)|found$|n$)/
