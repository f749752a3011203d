import type { Client } from '@libsql/client'
import type { DeliveryStatus, Locale } from '../../../newsletter/model.ts'
import type { Store } from '../../../newsletter/ports.ts'
import { dateOrNull, text, textOrNull } from './values.ts'

export const receiptOperations = (client: Client): Pick<Store, 'lastSettledAt' | 'readReceipt'> => ({
  async lastSettledAt(campaignId) {
    const { rows } = await client.execute({
      sql: `SELECT settled_at FROM batches WHERE campaign_id = ?1 AND snapshot = ${SNAPSHOT}
            ORDER BY settled_at DESC LIMIT 1`,
      args: [Number(campaignId)],
    })
    return dateOrNull(rows[0]?.settled_at)
  },

  async readReceipt({ campaignId, after, limit }) {
    const { rows } = await client.execute({
      sql: `SELECT id, email, name, locale, status, reason, detail, provider_id, settled_at, batch_number, position,
              delivered_at, delayed_at, bounced_at, complained_at, failed_at
            FROM deliveries
            WHERE campaign_id = ?1 AND snapshot = ${SNAPSHOT} AND (batch_number, position) > (?2, ?3)
            ORDER BY batch_number, position LIMIT ?4`,
      args: [Number(campaignId), after?.batchNumber ?? -1, after?.position ?? -1, limit],
    })
    return rows.map((row) => ({
      deliveryId: text(row.id),
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
    }))
  },
})

const SNAPSHOT = '(SELECT snapshot FROM campaigns WHERE id = ?1)'
