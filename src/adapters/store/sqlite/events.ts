import { CAMPAIGNS_BACK } from '../../../newsletter/eventPorts.ts'
import type { Client, InValue } from '@libsql/client'
import type { DeliveryFact, EventStore, GuardedNumbers, MailedRow } from '../../../newsletter/eventPorts.ts'
import type {
  AddressEvent,
  BounceType,
  CampaignStatus,
  ProviderEventKind,
} from '../../../newsletter/model.ts'
import { normaliseEmail } from '../../../subscribers/emailAddress.ts'
import { settleTaken } from './settleTaken.ts'
import { suppressionOperations } from './suppressions.ts'
import { dateOrNull, iso, json, NO_LEASE, text, textOrNull } from './values.ts'

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

  async hasBounces(addressHash) {
    const { rows } = await client.execute({
      sql: `SELECT 1 FROM provider_events WHERE address_hash = ? AND kind = 'bounced' LIMIT 1`,
      args: [addressHash],
    })
    return rows.length > 0
  },
})

const keepingOperations = (
  client: Client,
): Pick<
  EventStore,
  | 'findMailed'
  | 'findByProviderId'
  | 'keepEvent'
  | 'forgetEvent'
  | 'markApplied'
  | 'settleUncertainMail'
  | 'settleTaken'
> => ({
  async findMailed({ deliveryId, mailId }) {
    if (isId(deliveryId)) return first(client, { sql: DELIVERY, args: [Number(deliveryId)] })
    if (isId(mailId)) return first(client, { sql: TRANSACTIONAL_MAIL, args: [Number(mailId)] })
    return null
  },

  findByProviderId({ providerId, emails }) {
    const places = emails.map(() => '?').join(', ')
    const isTheirs = `AND d.subscriber_ref IN (SELECT CAST(id AS TEXT) FROM subscribers WHERE email IN (${places}))`
    return first(client, {
      sql: `${DELIVERY_OF} FROM campaigns c
              JOIN deliveries d ON d.campaign_id = c.id AND d.snapshot = c.snapshot ${emails.length > 0 ? isTheirs : ''}
            WHERE c.id > (SELECT max(id) FROM campaigns) - ${CAMPAIGNS_BACK} AND d.provider_id = ? LIMIT 1`,
      args: [...emails, providerId],
    })
  },

  async keepEvent({ event, mailed, email, addressHash, receivedAt }) {
    const { rowsAffected } = await client.execute({
      sql: `INSERT INTO provider_events (event_id, type, kind, occurred_at, received_at, email, provider_id,
              campaign_id, delivery_ref, transactional_mail_ref, subscriber_ref, address_hash, bounce_type, detail, payload)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (event_id) DO NOTHING`,
      args: [
        ...[event.eventId, event.type, event.kind, iso(event.occurredAt), iso(receivedAt)],
        ...[email, event.providerId, mailed?.campaignId ? Number(mailed.campaignId) : null],
        mailed?.kind === 'delivery' ? mailed.id : null,
        mailed?.kind === 'transactional' ? mailed.id : null,
        ...[mailed?.subscriberId ?? null, addressHash, event.bounceType, event.detail],
        event.payload && JSON.stringify(event.payload),
      ],
    })
    if (rowsAffected === 1) return 'new'
    const { rows } = await client.execute({
      sql: 'SELECT applied_at FROM provider_events WHERE event_id = ?',
      args: [event.eventId],
    })
    return rows[0] && rows[0].applied_at === null ? 'unapplied' : 'applied'
  },

  async forgetEvent(eventId) {
    await client.execute({
      sql: `UPDATE provider_events SET email = NULL, detail = NULL, payload = NULL, subscriber_ref = NULL,
              address_hash = NULL WHERE event_id = ?`,
      args: [eventId],
    })
  },

  async markApplied({ eventId, now }) {
    await client.execute({
      sql: 'UPDATE provider_events SET applied_at = ? WHERE event_id = ?',
      args: [iso(now), eventId],
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
): Pick<EventStore, 'recordFact' | 'recordFirstEvent' | 'addToCount' | 'recountFacts'> => ({
  async recordFact({ deliveryId, fact, at }) {
    const column = FACTS[fact]
    const args = [iso(at), Number(deliveryId)]
    const { rowsAffected } = await client.execute({
      sql: `UPDATE deliveries SET ${column} = ? WHERE id = ? AND ${column} IS NULL`,
      args,
    })
    if (rowsAffected === 1) return true
    await client.execute({
      sql: `UPDATE deliveries SET ${column} = ?1 WHERE id = ?2 AND ${column} > ?1`,
      args,
    })
    return false
  },

  async recordFirstEvent({ campaignId, at }) {
    await client.execute({
      sql: `UPDATE campaigns SET first_event_at = ?1
            WHERE id = ?2 AND (first_event_at IS NULL OR first_event_at > ?1)`,
      args: [iso(at), Number(campaignId)],
    })
  },

  async addToCount({ campaignId, fact, revision }) {
    const { rowsAffected } = await client.execute({
      sql: `UPDATE campaigns SET counts_${fact} = coalesce(counts_${fact}, 0) + 1
            WHERE id = ? AND coalesce(counts_revision, 0) = ?`,
      args: [Number(campaignId), revision],
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

const guardOperations = (
  client: Client,
): Pick<EventStore, 'readGuard' | 'countSubmitted' | 'pauseByGuard' | 'forgiveGuard'> => ({
  async readGuard(campaignId) {
    const { rows } = await client.execute({
      sql: 'SELECT status, guarded, counts_submitted, counts_bounced, counts_complained FROM campaigns WHERE id = ?',
      args: [Number(campaignId)],
    })
    const row = rows[0]
    if (!row) return null
    return {
      status: text(row.status) as CampaignStatus,
      guarded: json<GuardedNumbers>(row.guarded),
      numbers: {
        submitted: Number(row.counts_submitted ?? 0),
        bounced: Number(row.counts_bounced ?? 0),
        complained: Number(row.counts_complained ?? 0),
      },
    }
  },

  /** Counts are kept for good when the campaign is finished; until then the number is only ever too low. */
  async countSubmitted(campaignId) {
    const { rows } = await client.execute({
      sql: `SELECT count(*) AS submitted FROM campaigns c JOIN deliveries d
              ON d.campaign_id = c.id AND d.snapshot = c.snapshot AND d.status = 'submitted' WHERE c.id = ?`,
      args: [Number(campaignId)],
    })
    const submitted = Number(rows[0]?.submitted)
    await client.execute({
      sql: `UPDATE campaigns SET counts_submitted = max(coalesce(counts_submitted, 0), ?)
            WHERE id = ? AND finished_at IS NULL`,
      args: [submitted, Number(campaignId)],
    })
    return submitted
  },

  async pauseByGuard({ id, problem, numbers, now }) {
    const { rowsAffected } = await client.execute({
      sql: `UPDATE campaigns SET status = 'paused', moved_at = ?1, updated_at = ?1, problem_at = ?1,
              problem_code = ?2, problem_message = ?3, guarded = ?4 WHERE id = ?5 AND status = 'submitting'`,
      args: [iso(now), problem.code, problem.message, JSON.stringify(numbers), Number(id)],
    })
    return rowsAffected === 1
  },

  async forgiveGuard({ id, numbers }) {
    await client.execute({
      sql: 'UPDATE campaigns SET guarded = ? WHERE id = ? AND guarded IS NOT NULL',
      args: [JSON.stringify(numbers), Number(id)],
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

const DELIVERY = `${DELIVERY_OF}
  FROM deliveries d JOIN campaigns c ON c.id = d.campaign_id WHERE d.id = ?`

const TRANSACTIONAL_MAIL = `SELECT 'transactional' AS kind, id, NULL AS campaign_id, subscriber_id AS subscriber_ref, email,
    provider_id, status
  FROM transactional_mails WHERE id = ?`

async function first(client: Client, statement: { sql: string; args: InValue[] }): Promise<MailedRow | null> {
  const row = (await client.execute(statement)).rows[0]
  if (!row) return null
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
