import { LibsqlError, type Client } from '@libsql/client'
import type { Store } from '../../../newsletter/ports.ts'
import { iso, text } from './values.ts'

type Split = Parameters<Store['splitBatch']>[0]

const TRIES = 20

/** The numbers of the parts may be taken by another worker that parts one of this campaign: then with the next ones. */
export async function splitBatch(client: Client, split: Split): Promise<boolean> {
  for (let attempt = 1; ; attempt++)
    try {
      return await trySplit(client, split)
    } catch (error) {
      if (attempt === TRIES || !isNumberTaken(error)) throw error
    }
}

const isNumberTaken = (error: unknown) =>
  error instanceof LibsqlError && /UNIQUE constraint failed: batches/.test(error.message)

/** In one transaction: all of it, or nothing. */
async function trySplit(client: Client, { batch, token, size, now }: Split): Promise<boolean> {
  const { rows } = await client.execute({ sql: READ, args: [Number(batch.id), token] })
  const row = rows[0]
  if (!row) return true
  const parts = Math.ceil(Number(row.mails) / size)
  if (row.sealed_at !== null || parts <= 1) return false
  const { campaign_id: campaign, number } = row
  const snapshot = text(row.snapshot)
  const last = Number(row.last)
  await client.batch(
    [
      {
        sql: ADD,
        args: [Number(batch.id), token, last + 1, last + parts - 1, iso(now)],
      },
      {
        sql: MOVE,
        args: [Number(campaign), snapshot, Number(number), size, last, Number(batch.id), token],
      },
    ],
    'write',
  )
  return true
}

const READ = `SELECT campaign_id, snapshot, number, sealed_at,
    (SELECT count(*) FROM deliveries d WHERE d.campaign_id = b.campaign_id AND d.snapshot = b.snapshot
       AND d.batch_number = b.number) AS mails,
    (SELECT max(number) FROM batches o WHERE o.campaign_id = b.campaign_id AND o.snapshot = b.snapshot) AS last
  FROM batches b WHERE id = ? AND lease_token = ? AND status = 'pending'`

const ADD = `WITH RECURSIVE n(i) AS (SELECT CAST(?3 AS INTEGER) UNION ALL SELECT i + 1 FROM n WHERE i + 1 <= ?4)
  INSERT INTO batches (campaign_id, snapshot, number, status, idempotency_key, attempts, round, remails, due_at)
  SELECT campaign_id, snapshot, i, 'pending', 'campaign-' || CAST(campaign_id AS INTEGER) || '-' || snapshot || '-' || i,
    0, round, remails, ?5
  FROM batches, n WHERE id = ?1 AND lease_token = ?2 AND status = 'pending' AND sealed_at IS NULL`

const MOVE = `UPDATE deliveries SET
    batch_number = CAST(?5 AS INTEGER) + position / CAST(?4 AS INTEGER), position = position % CAST(?4 AS INTEGER)
  WHERE campaign_id = ?1 AND snapshot = ?2 AND batch_number = ?3 AND position >= ?4
    AND EXISTS (SELECT 1 FROM batches
                WHERE id = ?6 AND lease_token = ?7 AND status = 'pending' AND sealed_at IS NULL)`
