import type { Client, Row } from '@libsql/client'
import type { DeliveryStatus, Locale, ReceiptRow } from '../../../newsletter/model.ts'
import type { Store } from '../../../newsletter/ports.ts'
import { dateOrNull, placesFor, text, textOrNull } from './values.ts'

export const receiptOperations = (
  client: Client,
): Pick<Store, 'lastSettledAt' | 'readReceipt' | 'readRecipients' | 'findAddresses'> => ({
  async lastSettledAt(campaignId) {
    const { rows } = await client.execute({
      sql: `SELECT settled_at FROM batches WHERE campaign_id = ?1 AND snapshot = ${SNAPSHOT}
            ORDER BY settled_at DESC LIMIT 1`,
      args: [Number(campaignId)],
    })
    return dateOrNull(rows[0]?.settled_at)
  },

  async readReceipt({ campaignId, status = null, after, limit }) {
    const { rows } = await client.execute({
      sql: `SELECT ${COLUMNS} FROM deliveries
            WHERE campaign_id = ?1 AND snapshot = ${SNAPSHOT} AND ${status === null ? IN_ORDER : BY_STATUS} LIMIT ?4`,
      args: [
        ...[Number(campaignId), after?.batchNumber ?? -1, after?.position ?? -1, limit],
        ...(status === null ? [] : [status]),
      ],
    })
    return rows.map(toReceiptRow)
  },

  async readRecipients({ campaignId, subscriberIds }) {
    const { rows } = await client.execute({
      sql: `SELECT ${COLUMNS} FROM deliveries WHERE campaign_id = ?1 AND snapshot = ${SNAPSHOT}
              AND subscriber_ref IN (${placesFor(subscriberIds)})`,
      args: [Number(campaignId), ...subscriberIds],
    })
    return rows.map(toReceiptRow)
  },

  async findAddresses({ prefix, after, limit, among = null }) {
    // The plus keeps SQLite to the ids, where there are some.
    const email = among ? '+email' : 'email'
    const isFurther = after !== null && after >= prefix
    const { rows } = await client.execute({
      // One lower bound: of two, SQLite begins at the first and reads on to the second.
      sql: `SELECT id, email FROM subscribers WHERE ${email} ${isFurther ? '>' : '>='} ? AND ${email} < ?
              ${among ? `AND id IN (${placesFor(among)})` : ''} ORDER BY ${email} LIMIT ?`,
      args: [isFurther ? after : prefix, prefix + LAST_SIGN, ...(among ?? []).map(Number), limit],
    })
    return rows.map(({ id, email }) => ({ id: text(id), email: text(email) }))
  },
})

const IN_ORDER = '(batch_number, position) > (?2, ?3) ORDER BY batch_number, position'

/** The index of statuses knows the batch; only the mails of one batch are put in order. The plus keeps SQLite from the other. */
const BY_STATUS = `status = ?5 AND batch_number >= ?2 AND (batch_number > ?2 OR position > ?3)
  ORDER BY batch_number, +position`

const COLUMNS = `id, subscriber_id, email, name, locale, status, reason, detail, provider_id, settled_at, batch_number,
  position, delivered_at, delayed_at, bounced_at, complained_at, failed_at`

/** After every sign that an address has. */
const LAST_SIGN = '\u{10FFFF}'

const toReceiptRow = (row: Row): ReceiptRow => ({
  deliveryId: text(row.id),
  subscriberId: textOrNull(row.subscriber_id),
  email: text(row.email),
  name: textOrNull(row.name),
  locale: row.locale as Locale,
  status: row.status as DeliveryStatus,
  reason: textOrNull(row.reason),
  detail: textOrNull(row.detail),
  providerId: textOrNull(row.provider_id),
  settledAt: dateOrNull(row.settled_at),
  deliveredAt: dateOrNull(row.delivered_at),
  delayedAt: dateOrNull(row.delayed_at),
  bouncedAt: dateOrNull(row.bounced_at),
  complainedAt: dateOrNull(row.complained_at),
  failedAt: dateOrNull(row.failed_at),
  batchNumber: Number(row.batch_number),
  position: Number(row.position),
})

const SNAPSHOT = '(SELECT snapshot FROM campaigns WHERE id = ?1)'
