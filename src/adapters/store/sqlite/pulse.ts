import type { Client } from '@libsql/client'
import type { Store } from '../../../newsletter/ports.ts'
import { dateOrNull, HAS_UNSETTLED_BATCH, HAS_UNSETTLED_CANARY, iso, later } from './values.ts'

const A_DAY_MS = 86_400_000

export const pulseOperations = (client: Client): Pick<Store, 'beat' | 'readPulse'> => ({
  async beat({ worker, mailer, startedAt, now }) {
    await client.batch(
      [
        {
          sql: `INSERT INTO workers (worker, mailer, started_at, seen_at) VALUES (?, ?, ?, ?)
                ON CONFLICT (worker) DO UPDATE SET mailer = excluded.mailer, seen_at = excluded.seen_at`,
          args: [worker, mailer, iso(startedAt), iso(now)],
        },
        { sql: 'DELETE FROM workers WHERE seen_at < ?', args: [later(now, -A_DAY_MS)] },
      ],
      'write',
    )
  },

  async readPulse({ now }) {
    const { rows } = await client.execute({
      sql: `SELECT (SELECT max(seen_at) FROM workers) AS worker_seen_at, (SELECT min(due_at) FROM (${DUE})) AS oldest_due_at`,
      args: [iso(now)],
    })
    return {
      workerSeenAt: dateOrNull(rows[0]?.worker_seen_at),
      oldestDueAt: dateOrNull(rows[0]?.oldest_due_at),
    }
  },
})

/** What waits for a worker; a batch cannot be due before its campaign is. */
const DUE = `SELECT due_at FROM (
    SELECT due_at FROM waiting_events WHERE tries = 0 AND due_at <= ?1 ORDER BY due_at LIMIT 1)
  UNION ALL
  SELECT due_at FROM transactional_mails
    WHERE status = 'pending' AND due_at <= ?1 AND (lease_until IS NULL OR lease_until <= ?1)
  UNION ALL
  SELECT due_at FROM campaigns
    WHERE status IN ('holding', 'scheduled', 'preparing') AND due_at <= ?1 AND (lease_until IS NULL OR lease_until <= ?1)
  UNION ALL
  SELECT max(c.due_at, (
    SELECT b.due_at FROM batches b
    WHERE b.campaign_id = c.id AND b.snapshot = c.snapshot AND b.status = 'pending' AND b.due_at <= ?1
      AND (b.lease_until IS NULL OR b.lease_until <= ?1) AND (c.status <> 'canary' OR b.number < c.canary_batches)
    ORDER BY b.due_at LIMIT 1))
  FROM campaigns c WHERE c.status IN ('canary', 'submitting') AND c.due_at <= ?1
    AND (c.status <> 'canary' OR c.canary_waits_until IS NULL)
  UNION ALL
  SELECT coalesce(canary_waits_until, moved_at, updated_at) FROM campaigns
  WHERE status = 'canary' AND (canary_waits_until <= ?1 OR canary_waits_until IS NULL AND NOT ${HAS_UNSETTLED_CANARY})
  UNION ALL
  SELECT coalesce(moved_at, updated_at) FROM campaigns
  WHERE (status = 'submitting' AND (remailing IS NOT NULL OR NOT ${HAS_UNSETTLED_BATCH}))
    OR (status = 'cancelled' AND finished_at IS NULL)`
