import type { Client, Row } from '@libsql/client'
import type { Locale, SubscriberStatus, SuppressionReason } from '../../newsletter/model.ts'
import {
  consentKindsOf,
  consentSourceOf,
  standingFor,
  type ImportedSuppression,
  type ListedSubscriber,
  type NewSubscriber,
  type Provenance,
  type Standing,
  type SubscriberList,
} from '../../subscribers/ports.ts'
import { dateOrNull, text, textOrNull } from '../store/sqlite/values.ts'
import {
  ALL,
  INSERT_CONSENTS,
  INSERT_PEOPLE,
  INSERT_SUPPRESSIONS,
  INSERT_TOPICS,
  STANDING,
  TOPICS,
} from './sqliteStatements.ts'

/** How many an export reads at once: SQLite, which blocks, takes some milliseconds for them. */
const PAGE_SIZE = 500

interface OnSqlite {
  client: Client
  /** See newsletter/rules/addressHash. */
  hashOf: (email: string) => string
}

/** The list of subscribers on SQLite: rows as Payload writes them, many per statement. */
export const sqliteSubscriberList = (on: OnSqlite): SubscriberList => ({
  async readTopics() {
    const { rows } = await on.client.execute(TOPICS)
    return rows.map(({ id, slug, names }) => ({
      id: text(id),
      slug: text(slug),
      names: JSON.parse(text(names)) as string[],
    }))
  },

  findStanding: (emails) => findStanding(on, emails),

  async addNew({ subscribers, now, from }) {
    const people = JSON.stringify(subscribers.map((subscriber) => toJson(on, { subscriber, from })))
    const createdAt = now.toISOString()
    const { rows } = await on.client.execute('SELECT coalesce(max(id), 0) AS last FROM subscribers')
    const lastBefore = Number(rows[0]?.last ?? 0)
    const run = from.run ?? null
    const by = { by: from.by && Number(from.by.id), byName: from.by?.name ?? null, run }
    // All of it or nothing, also when the process is killed.
    const [inserted] = await on.client.batch(
      [
        { sql: INSERT_PEOPLE, args: { people, createdAt, run } },
        { sql: INSERT_TOPICS, args: { people, createdAt, lastBefore } },
        { sql: INSERT_CONSENTS, args: { people, ...by } },
        { sql: INSERT_SUPPRESSIONS, args: { people, createdAt, run } },
      ],
      'write',
    )
    const isNew = new Set(inserted?.rows.map(({ email }) => String(email)))
    const others = subscribers.map(({ email }) => email).filter((email) => !isNew.has(email))
    return others.length > 0 ? findStanding(on, others) : []
  },

  readAll: (wanted) => readAll(on, wanted),
})

const toJson = (
  { hashOf }: OnSqlite,
  { subscriber, from }: { subscriber: NewSubscriber; from: Provenance },
): object => ({
  ...subscriber,
  hash: hashOf(subscriber.email),
  consentKinds: consentKindsOf(subscriber),
  recordSource: consentSourceOf({ file: from.file, consentSource: subscriber.consentSource }),
})

async function findStanding({ client, hashOf }: OnSqlite, emails: readonly string[]): Promise<Standing[]> {
  const people = JSON.stringify(emails.map((email) => ({ email, hash: hashOf(email) })))
  const { rows } = await client.execute({ sql: STANDING, args: { people } })
  return rows.map(({ email, created_at, reason }) =>
    created_at === null
      ? { email: text(email), kind: standingFor(text(reason) as SuppressionReason) }
      : { email: text(email), kind: 'known', createdAt: new Date(text(created_at)) },
  )
}

async function* readAll(
  on: OnSqlite,
  { status }: { status: 'active' | 'all' },
): AsyncGenerator<ListedSubscriber[]> {
  let after = ''
  while (true) {
    const { rows } = await on.client.execute({
      sql: ALL,
      args: { after, status: status === 'active' ? status : null, limit: PAGE_SIZE },
    })
    if (rows.length === 0) return
    const reasons = await reasonsOf(on, rows)
    yield rows.map((row) => toListed(row, reasons))
    after = text(rows.at(-1)?.email)
    if (rows.length < PAGE_SIZE) return
  }
}

type Reasons = ReadonlyMap<string, ImportedSuppression>

async function reasonsOf({ client, hashOf }: OnSqlite, rows: Row[]): Promise<Reasons> {
  const suppressed = rows.filter((row) => row.status === 'suppressed').map(({ email }) => text(email))
  if (suppressed.length === 0) return new Map()
  const byHash = new Map(suppressed.map((email) => [hashOf(email), email]))
  const found = await client.execute({
    sql: `SELECT address_hash, reason FROM suppressions
          WHERE lifted_at IS NULL AND reason NOT IN ('erased', 'moved') AND address_hash IN (SELECT value FROM json_each(?))`,
    args: [JSON.stringify([...byHash.keys()])],
  })
  return new Map(
    found.rows.map((row) => [
      byHash.get(text(row.address_hash)) ?? '',
      text(row.reason) as ImportedSuppression,
    ]),
  )
}

function toListed(row: Row, reasons: Reasons): ListedSubscriber {
  const email = text(row.email)
  const status = text(row.status) as SubscriberStatus
  return {
    email,
    name: textOrNull(row.name),
    locale: text(row.locale) as Locale,
    topics: JSON.parse(text(row.topics)) as string[],
    status,
    consentSource: textOrNull(row.consent_source),
    consentAt: dateOrNull(row.consent_at),
    unsubscribedAt: dateOrNull(row.unsubscribed_at),
    pausedUntil: dateOrNull(row.paused_until),
    askedAt: dateOrNull(row.asked_at),
    suppression: status === 'suppressed' ? (reasons.get(email) ?? 'manual') : null,
  }
}
