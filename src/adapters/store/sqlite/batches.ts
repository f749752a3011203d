import type { Client } from '@libsql/client'
import type { Delivery, Exclusion, Locale } from '../../../newsletter/model.ts'
import type { Store } from '../../../newsletter/ports.ts'
import { dateOrNull, iso, json, later, text, textOrNull } from './values.ts'

type BatchOperations = Pick<Store, 'claimBatch' | 'sealBatch' | 'settleBatch' | 'releaseBatch'>

export const batchOperations = (client: Client): BatchOperations => ({
  async claimBatch({ now, lease }) {
    const { rows } = await client.execute({
      sql: `UPDATE batches SET lease_token = ?, lease_until = ?, attempts = attempts + 1
            WHERE id = (SELECT b.id FROM batches b
                        JOIN campaigns c ON c.id = b.campaign_id AND c.snapshot = b.snapshot
                        WHERE b.status = 'pending' AND b.due_at <= ?
                          AND (b.lease_until IS NULL OR b.lease_until <= ?)
                          AND c.status IN ('submitting', 'cancelled') AND c.due_at <= ?
                        ORDER BY b.due_at, b.id LIMIT 1)
            RETURNING id, campaign_id, number, idempotency_key, attempts, sealed_at, in_doubt_since,
              (SELECT status FROM campaigns WHERE id = campaign_id) AS campaign_status,
              (SELECT problem_at FROM campaigns WHERE id = campaign_id) AS problem_since`,
      args: [lease.token, later(now, lease.ms), iso(now), iso(now), iso(now)],
    })
    const row = rows[0]
    if (!row) return null
    return {
      id: text(row.id),
      campaignId: text(row.campaign_id),
      number: Number(row.number),
      idempotencyKey: text(row.idempotency_key),
      attempts: Number(row.attempts) - 1,
      sealedAt: dateOrNull(row.sealed_at),
      inDoubtSince: dateOrNull(row.in_doubt_since),
      problemSince: dateOrNull(row.problem_since),
      isCancelled: row.campaign_status === 'cancelled',
    }
  },

  async sealBatch({ batch, token, isCallNext, now }) {
    // One statement: who is excluded and when the bytes were fixed cannot come apart.
    const { rows } = await client.execute({
      sql: `UPDATE batches SET
              exclusions = CASE WHEN sealed_at IS NOT NULL THEN exclusions ELSE (
                SELECT json_group_array(json_object('deliveryId', CAST(d.id AS TEXT), 'reason', ${EXCLUSION_REASON}))
                FROM deliveries d LEFT JOIN subscribers s ON s.id = d.subscriber_id
                WHERE d.campaign_id = batches.campaign_id AND d.snapshot = batches.snapshot
                  AND d.batch_number = batches.number AND (s.id IS NULL OR s.status <> 'active')) END,
              sealed_at = coalesce(sealed_at, ?),
              in_doubt_since = CASE WHEN ? THEN coalesce(in_doubt_since, ?) ELSE in_doubt_since END
            WHERE id = ? AND lease_token = ? AND status = 'pending'
            RETURNING exclusions, snapshot`,
      args: [iso(now), isCallNext ? 1 : 0, iso(now), Number(batch.id), token],
    })
    const row = rows[0]
    if (!row) return null
    const exclusions = json<Exclusion[]>(row.exclusions) ?? []
    const excluded = new Set(exclusions.map(({ deliveryId }) => deliveryId))
    const deliveries = await readDeliveries({ client, batch, snapshot: text(row.snapshot) })
    return { exclusions, recipients: deliveries.filter(({ id }) => !excluded.has(id)) }
  },

  async settleBatch({ id, token, results, now }) {
    const isHolder = `EXISTS (SELECT 1 FROM batches WHERE id = ? AND lease_token = ? AND status = 'pending')`
    const rows = results.map((result) => ({ reason: null, detail: null, providerId: null, ...result }))
    const outcome = await client.batch(
      [
        {
          sql: `UPDATE deliveries SET status = j.value ->> 'status', reason = j.value ->> 'reason',
                  detail = j.value ->> 'detail', provider_id = j.value ->> 'providerId', settled_at = ?
                FROM json_each(?) j
                WHERE deliveries.id = CAST(j.value ->> 'deliveryId' AS INTEGER) AND deliveries.status = 'pending'
                  AND ${isHolder}`,
          args: [iso(now), JSON.stringify(rows), Number(id), token],
        },
        {
          sql: `UPDATE batches SET status = 'settled', lease_token = NULL, lease_until = NULL
                WHERE id = ? AND lease_token = ? AND status = 'pending'`,
          args: [Number(id), token],
        },
      ],
      'write',
    )
    return outcome[1]?.rowsAffected === 1
  },

  async releaseBatch({ id, token, dueAt, newKey }) {
    const { rowsAffected } = await client.execute({
      sql: `UPDATE batches SET due_at = ?2, lease_token = NULL, lease_until = NULL,
              idempotency_key = coalesce(?1, idempotency_key),
              sealed_at = iif(?1 IS NULL, sealed_at, NULL), exclusions = iif(?1 IS NULL, exclusions, NULL),
              in_doubt_since = iif(?1 IS NULL, in_doubt_since, NULL)
            WHERE id = ?3 AND lease_token = ?4 AND status = 'pending'`,
      args: [newKey, iso(dueAt), Number(id), token],
    })
    return rowsAffected === 1
  },
})

const EXCLUSION_REASON = `CASE WHEN s.id IS NULL THEN 'deleted' WHEN s.status = 'suppressed' THEN 'suppressed' ELSE 'unsubscribed' END`

async function readDeliveries({
  client,
  batch,
  snapshot,
}: {
  client: Client
  batch: { campaignId: string; number: number }
  snapshot: string
}): Promise<Delivery[]> {
  const { rows } = await client.execute({
    sql: `SELECT id, subscriber_ref, email, name, locale FROM deliveries
          WHERE campaign_id = ? AND snapshot = ? AND batch_number = ? ORDER BY position`,
    args: [Number(batch.campaignId), snapshot, batch.number],
  })
  return rows.map((row) => ({
    id: text(row.id),
    subscriberId: text(row.subscriber_ref),
    email: text(row.email),
    name: textOrNull(row.name),
    locale: row.locale as Locale,
  }))
}
