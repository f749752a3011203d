import type { Client } from '@libsql/client'
import type { PersonalDeliveries } from '../../readers/ports.ts'
import { ERASED_DELIVERY } from '../store/sqlite/erasedDelivery.ts'

/** One statement: a batch's bytes are either fixed before it, with the person, or after it, without. */
export const sqlitePersonalDeliveries = (client: Client): PersonalDeliveries => ({
  async erase(subscriberId) {
    await client.execute({ sql: ERASE, args: [subscriberId] })
    const { rows } = await client.execute({ sql: `${DELIVERIES} LIMIT 1`, args: [subscriberId] })
    return rows.length === 0
  },
})

/**
 * By the campaigns, since only their index leads to one person. One that never opened has no snapshot yet; what tries to
 * prepare it have left is theirs too.
 */
const DELIVERIES = `SELECT d.id, d.campaign_id, d.snapshot, d.batch_number FROM campaigns c CROSS JOIN deliveries d
    ON d.campaign_id = c.id AND d.snapshot = c.snapshot AND d.subscriber_ref = ?1 WHERE c.snapshot IS NOT NULL
  UNION ALL SELECT d.id, d.campaign_id, d.snapshot, d.batch_number FROM campaigns c CROSS JOIN deliveries d
    ON d.campaign_id = c.id AND d.subscriber_ref = ?1 WHERE c.snapshot IS NULL`

const ERASE = `UPDATE deliveries SET ${ERASED_DELIVERY}
  WHERE id IN (SELECT f.id FROM (${DELIVERIES}) f WHERE NOT EXISTS (
    SELECT 1 FROM batches b WHERE b.campaign_id = f.campaign_id AND b.snapshot = f.snapshot
      AND b.number = f.batch_number AND b.status = 'pending' AND b.sealed_at IS NOT NULL))`
