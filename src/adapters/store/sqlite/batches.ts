import type { Client } from '@libsql/client'
import type { Store } from '../../../newsletter/ports.ts'
import { REMAILED } from '../../../newsletter/rules/transitions.ts'
import { sealBatch } from './sealBatch.ts'
import { splitBatch } from './splitBatch.ts'
import { dateOrNull, iso, later, NO_LEASE, text, textOrNull } from './values.ts'

type BatchOperations = Pick<Store, 'claimBatch' | 'splitBatch' | 'sealBatch' | 'settleBatch' | 'releaseBatch'>

export const batchOperations = (client: Client): BatchOperations => ({
  async claimBatch({ now, lease }) {
    const { rows } = await client.execute({
      sql: `UPDATE batches SET lease_token = ?1, lease_until = ?2, attempts = attempts + 1
            WHERE id = (${FIRST_DUE})
            RETURNING id, campaign_id, number, idempotency_key, attempts, round, called_with, sealed_at, in_doubt_since, postponed_since,
              (SELECT status FROM campaigns WHERE id = campaign_id) AS campaign_status,
              (SELECT problem_at FROM campaigns WHERE id = campaign_id) AS problem_since`,
      args: [lease.token, later(now, lease.ms), iso(now)],
    })
    const row = rows[0]
    if (!row) return null
    return {
      id: text(row.id),
      campaignId: text(row.campaign_id),
      number: Number(row.number),
      idempotencyKey: text(row.idempotency_key),
      attempts: Number(row.attempts) - 1,
      round: Number(row.round),
      calledWith: textOrNull(row.called_with),
      sealedAt: dateOrNull(row.sealed_at),
      inDoubtSince: dateOrNull(row.in_doubt_since),
      postponedSince: dateOrNull(row.postponed_since),
      problemSince: dateOrNull(row.problem_since),
      isCancelled: row.campaign_status === 'cancelled',
    }
  },

  splitBatch: (move) => splitBatch(client, move),

  sealBatch: (move) => sealBatch(client, move),

  async settleBatch({ id, token, results, now }) {
    const rows = results.map((result) => ({ reason: null, detail: null, providerId: null, ...result }))
    const outcome = await client.batch(
      [
        {
          sql: `UPDATE deliveries SET status = j.value ->> 'status', reason = j.value ->> 'reason',
                  detail = j.value ->> 'detail', provider_id = j.value ->> 'providerId', settled_at = ?
                FROM json_each(?) j, (SELECT round FROM batches WHERE ${IS_HELD}) b
                WHERE deliveries.id = CAST(j.value ->> 'deliveryId' AS INTEGER)
                  AND iif(b.round = 0, deliveries.status = 'pending',
                          deliveries.status IN (${IS_REMAILED}) AND j.value ->> 'status' <> 'excluded')`,
          args: [iso(now), JSON.stringify(rows), Number(id), token],
        },
        {
          sql: `UPDATE batches SET status = 'settled', settled_at = ?, ${NO_LEASE} WHERE ${IS_HELD}`,
          args: [iso(now), Number(id), token],
        },
      ],
      'write',
    )
    return outcome[1]?.rowsAffected === 1
  },

  async releaseBatch({ id, token, dueAt, newKey, postponedSince }) {
    const { rowsAffected } = await client.execute({
      sql: `UPDATE batches SET due_at = coalesce(?, due_at), postponed_since = ?, ${NO_LEASE}
              ${newKey === null ? '' : `, idempotency_key = ?, ${UNSEALED}`}
            WHERE ${IS_HELD}`,
      args: [
        dueAt && iso(dueAt),
        postponedSince && iso(postponedSince),
        ...(newKey === null ? [] : [newKey]),
        Number(id),
        token,
      ],
    })
    return rowsAffected === 1
  },
})

/** What makes a batch one whose bytes are not fixed, and of which no call can have been taken, within SET. */
export const UNSEALED =
  'sealed_at = NULL, exclusions = NULL, recipients = NULL, in_doubt_since = NULL, called_with = NULL'

/** The batch named is still the caller's: its id, the token. */
const IS_HELD = `id = ? AND lease_token = ? AND status = 'pending'`

const IS_REMAILED = REMAILED.map((status) => `'${status}'`).join(', ')

/**
 * From the few campaigns that are mailed now to the first batch of each: so that neither the batches of those that are
 * paused nor the settled ones cost anything. In its canary those of that alone, and none once they are all settled.
 */
const FIRST_DUE = `SELECT b.id FROM campaigns c JOIN batches b ON b.id = (
    SELECT id FROM batches
    WHERE campaign_id = c.id AND snapshot = c.snapshot AND status = 'pending' AND due_at <= ?3
      AND (lease_until IS NULL OR lease_until <= ?3) AND (c.status <> 'canary' OR number < c.canary_batches)
    ORDER BY due_at, number LIMIT 1)
  WHERE c.status IN ('canary', 'submitting', 'cancelled') AND c.due_at <= ?3
    AND (c.status <> 'canary' OR c.canary_waits_until IS NULL)
  ORDER BY b.due_at, b.id LIMIT 1`
