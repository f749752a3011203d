import type { Client, Row } from '@libsql/client'
import {
  CAMPAIGNS_BACK,
  COUNTED_FACTS,
  type DeliveryFact,
  type EventStore,
  type EventToKeep,
  type MailedRow,
} from '../../../newsletter/eventPorts.ts'
import type { AddressEvent, BounceType, ProviderEventKind } from '../../../newsletter/model.ts'
import { normaliseEmail } from '../../../subscribers/emailAddress.ts'
import { guardOperations } from './guard.ts'
import { settleTaken } from './settleTaken.ts'
import { suppressionOperations } from './suppressions.ts'
import { dateOrNull, iso, NO_LEASE, text, textOrNull } from './values.ts'

/** What a provider told, on SQLite. */
export const sqliteEvents = (client: Client): EventStore => ({
  ...suppressionOperations(client),
  ...keepingOperations(client),
  ...countingOperations(client),
  ...guardOperations(client),

  async readAddressEvents(addressHash) {
    const { rows } = await client.execute({
      sql: `SELECT event_id, kind, bounce_type, occurred_at, received_at, detail FROM provider_events
            WHERE address_hash = ? AND kind IN ('delivered', 'bounced', 'complained', 'suppressed')`,
      args: [addressHash],
    })
    return rows.map((row): AddressEvent => ({
      eventId: text(row.event_id),
      kind: text(row.kind) as ProviderEventKind,
      bounceType: textOrNull(row.bounce_type) as BounceType | null,
      occurredAt: new Date(text(row.occurred_at)),
      receivedAt: new Date(text(row.received_at)),
      detail: textOrNull(row.detail),
    }))
  },

  async findBounced(addressHashes) {
    const { rows } = await client.execute({
      sql: `SELECT DISTINCT address_hash FROM provider_events
            WHERE address_hash IN (SELECT value FROM json_each(?)) AND kind = 'bounced'`,
      args: [JSON.stringify(addressHashes)],
    })
    return new Set(rows.map(({ address_hash: hash }) => text(hash)))
  },
})

const keepingOperations = (
  client: Client,
): Pick<
  EventStore,
  | 'findMailed'
  | 'findByProviderId'
  | 'keepEvents'
  | 'forgetEvents'
  | 'markApplied'
  | 'settleUncertainMail'
  | 'settleTaken'
> => ({
  async findMailed(tags) {
    const [deliveries, mails] = await Promise.all([
      rowsById(client, { sql: DELIVERIES, ids: tags.map(({ deliveryId }) => deliveryId) }),
      rowsById(client, {
        sql: TRANSACTIONAL_MAILS,
        ids: tags.map(({ deliveryId, mailId }) => (isId(deliveryId) ? null : mailId)),
      }),
    ])
    return tags.map(({ deliveryId, mailId }) =>
      isId(deliveryId) ? (deliveries.get(Number(deliveryId)) ?? null) : (mails.get(Number(mailId)) ?? null),
    )
  },

  async findByProviderId({ providerId, emails }) {
    const places = emails.map(() => '?').join(', ')
    const isTheirs = `AND d.subscriber_ref IN (SELECT CAST(id AS TEXT) FROM subscribers WHERE email IN (${places}))`
    const { rows } = await client.execute({
      sql: `${DELIVERY_OF} FROM campaigns c
              JOIN deliveries d ON d.campaign_id = c.id AND d.snapshot = c.snapshot ${emails.length > 0 ? isTheirs : ''}
            WHERE c.id > (SELECT max(id) FROM campaigns) - ${CAMPAIGNS_BACK} AND d.provider_id = ? LIMIT 1`,
      args: [...emails, providerId],
    })
    return rows[0] ? toMailedRow(rows[0]) : null
  },

  async keepEvents(kept) {
    const inserted = await client.execute({ sql: KEEP, args: [JSON.stringify(kept.map(toValues))] })
    const isNew = new Set(inserted.rows.map(({ event_id: eventId }) => text(eventId)))
    if (isNew.size === kept.length) return kept.map(() => 'new')
    const { rows } = await client.execute({
      sql: `SELECT event_id FROM provider_events WHERE event_id IN ${THESE} AND applied_at IS NULL`,
      args: [JSON.stringify(kept.map(({ event }) => event.eventId))],
    })
    const isUnapplied = new Set(rows.map(({ event_id: eventId }) => text(eventId)))
    return kept.map(({ event: { eventId } }) =>
      isNew.has(eventId) ? 'new' : isUnapplied.has(eventId) ? 'unapplied' : 'applied',
    )
  },

  async forgetEvents(eventIds) {
    await client.execute({
      sql: `UPDATE provider_events SET email = NULL, detail = NULL, payload = NULL, subscriber_ref = NULL,
              address_hash = NULL WHERE event_id IN ${THESE}`,
      args: [JSON.stringify(eventIds)],
    })
  },

  async markApplied({ eventIds, now }) {
    await client.execute({
      sql: `UPDATE provider_events SET applied_at = ? WHERE event_id IN ${THESE}`,
      args: [iso(now), JSON.stringify(eventIds)],
    })
  },

  async settleUncertainMail({ id, providerId, now }) {
    await client.execute({
      sql: `UPDATE transactional_mails SET status = 'submitted', provider_id = ?, settled_at = ?, updated_at = ?,
              reason = NULL, detail = NULL, problem_since = NULL, ${NO_LEASE}
            WHERE id = ? AND (status = 'uncertain' OR status = 'pending' AND in_doubt_since IS NOT NULL)`,
      args: [providerId, iso(now), iso(now), Number(id)],
    })
  },

  settleTaken: (fact) => settleTaken(client, fact),
})

const countingOperations = (
  client: Client,
): Pick<EventStore, 'recordFacts' | 'recordFirstEvent' | 'addToCounts' | 'recountFacts'> => ({
  async recordFacts({ fact, times }) {
    const column = FACTS[fact]
    const args = [JSON.stringify(times.map(({ deliveryId, at }) => [Number(deliveryId), iso(at)]))]
    const change = (condition: string) => ({
      sql: `WITH told AS MATERIALIZED (SELECT value ->> 0 AS id, value ->> 1 AS at FROM json_each(?))
            UPDATE deliveries SET ${column} = told.at FROM told
            WHERE deliveries.id = told.id AND ${condition}`,
      args,
    })
    const { rowsAffected } = await client.execute(change(`${column} IS NULL`))
    if (rowsAffected < times.length) await client.execute(change(`${column} > told.at`))
    return rowsAffected
  },

  async recordFirstEvent({ campaignId, at }) {
    await client.execute({
      sql: `UPDATE campaigns SET first_event_at = ?1
            WHERE id = ?2 AND (first_event_at IS NULL OR first_event_at > ?1)`,
      args: [iso(at), Number(campaignId)],
    })
  },

  async addToCounts({ campaignId, added, revision }) {
    const sums = COUNTED_FACTS.map((fact) => `counts_${fact} = coalesce(counts_${fact}, 0) + ?`)
    const { rowsAffected } = await client.execute({
      sql: `UPDATE campaigns SET ${sums.join(', ')} WHERE id = ? AND coalesce(counts_revision, 0) = ?`,
      args: [...COUNTED_FACTS.map((fact) => added[fact]), Number(campaignId), revision],
    })
    return rowsAffected === 1
  },

  /** One statement: nobody adds between the counting and the writing. */
  async recountFacts(campaignId) {
    await client.execute({
      sql: `WITH n AS MATERIALIZED (
              SELECT count(d.delivered_at) AS delivered, count(d.bounced_at) AS bounced,
                count(d.complained_at) AS complained
              FROM campaigns c JOIN deliveries d ON d.campaign_id = c.id AND d.snapshot = c.snapshot WHERE c.id = ?1)
            UPDATE campaigns SET counts_delivered = n.delivered, counts_bounced = n.bounced,
              counts_complained = n.complained, counts_revision = coalesce(counts_revision, 0) + 1
            FROM n WHERE campaigns.id = ?1`,
      args: [Number(campaignId)],
    })
  },
})

const FACTS: Record<DeliveryFact, string> = {
  delivered: 'delivered_at',
  delayed: 'delayed_at',
  bounced: 'bounced_at',
  complained: 'complained_at',
  failed: 'failed_at',
}

const isId = (tag: string | null): tag is string => tag !== null && /^\d{1,15}$/.test(tag)

const DELIVERY_OF = `SELECT 'delivery' AS kind, d.id, d.campaign_id, d.subscriber_id, d.subscriber_ref, d.email,
    d.provider_id, d.status, c.counts_revision, c.first_event_at`

/** What is named as a list of JSON. */
const THESE = '(SELECT value FROM json_each(?))'

const DELIVERIES = `${DELIVERY_OF}
  FROM deliveries d JOIN campaigns c ON c.id = d.campaign_id WHERE d.id IN ${THESE}`

const TRANSACTIONAL_MAILS = `SELECT 'transactional' AS kind, id, NULL AS campaign_id, subscriber_id AS subscriber_ref, email,
    provider_id, status
  FROM transactional_mails WHERE id IN ${THESE}`

async function rowsById(
  client: Client,
  { sql, ids }: { sql: string; ids: (string | null)[] },
): Promise<Map<number, MailedRow>> {
  const known = ids.filter(isId).map(Number)
  if (known.length === 0) return new Map()
  const { rows } = await client.execute({ sql, args: [JSON.stringify(known)] })
  return new Map(rows.map((row) => [Number(row.id), toMailedRow(row)]))
}

function toMailedRow(row: Row): MailedRow {
  const email = normaliseEmail(textOrNull(row.email) ?? '') || null
  return {
    id: text(row.id),
    kind: row.kind as MailedRow['kind'],
    campaignId: textOrNull(row.campaign_id),
    subscriberId: email ? textOrNull(row.subscriber_ref) : null,
    email,
    providerId: textOrNull(row.provider_id),
    isTaken: row.status === 'submitted',
    countsRevision: Number(row.counts_revision ?? 0),
    firstEventAt: dateOrNull(row.first_event_at),
  }
}

/** What is kept of an event, in the order of the columns below. */
const toValues = ({ event, mailed, email, addressHash, receivedAt }: EventToKeep) => [
  ...[event.eventId, event.type, event.kind, iso(event.occurredAt), iso(receivedAt)],
  ...[email, event.providerId, mailed?.campaignId ? Number(mailed.campaignId) : null],
  mailed?.kind === 'delivery' ? mailed.id : null,
  mailed?.kind === 'transactional' ? mailed.id : null,
  ...[mailed?.subscriberId ?? null, addressHash, event.bounceType, event.detail],
  event.payload && JSON.stringify(event.payload),
]

const KEEP = `INSERT INTO provider_events (event_id, type, kind, occurred_at, received_at, email, provider_id,
    campaign_id, delivery_ref, transactional_mail_ref, subscriber_ref, address_hash, bounce_type, detail, payload)
  SELECT ${Array.from({ length: 15 }, (_, column) => `value ->> ${column}`).join(', ')} FROM json_each(?) WHERE true
  ON CONFLICT (event_id) DO NOTHING RETURNING event_id`
