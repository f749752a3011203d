import type { Client } from '@libsql/client'
import type { Store } from '../../../newsletter/ports.ts'
import { iso, later } from './values.ts'

/** Rows per statement: short enough that an editor's save between two of them waits for some ten milliseconds. */
const CHUNK = 5_000

export const audienceOperations = (client: Client): Pick<Store, 'snapshotAudience' | 'removeLeftovers'> => ({
  async snapshotAudience({ campaignId, token, leaseMs, topicIds, batchSize, clock }) {
    const campaign = Number(campaignId)
    const renewLease = async () => {
      const { rowsAffected } = await client.execute({
        sql: `UPDATE campaigns SET lease_until = ? WHERE id = ? AND lease_token = ? AND status = 'preparing'`,
        args: [later(clock.now(), leaseMs), campaign, token],
      })
      return rowsAffected === 1
    }
    let recipients = 0
    let after = 0
    for (;;) {
      if (!(await renewLease())) return null
      const upTo = await lastOfChunk({ client, after, topicIds })
      if (upTo === null) break
      recipients += await insertDeliveries({
        client,
        campaign,
        token,
        after,
        upTo,
        topicIds,
        batchSize,
        recipients,
      })
      after = upTo
    }
    await insertBatches({
      client,
      campaign,
      token,
      count: Math.ceil(recipients / batchSize),
      now: clock.now(),
    })
    return recipients
  },

  async removeLeftovers(campaignId) {
    // A cancelled campaign that never opened has no snapshot, and all its rows are leftovers.
    const isLeftover = `snapshot <> (SELECT iif(status = 'cancelled', coalesce(snapshot, ''), snapshot) FROM campaigns WHERE id = ?)`
    for (const table of ['deliveries', 'batches']) {
      let removed = CHUNK
      while (removed === CHUNK) {
        const result = await client.execute({
          sql: `DELETE FROM ${table} WHERE id IN (SELECT id FROM ${table} WHERE campaign_id = ? AND ${isLeftover} LIMIT ${CHUNK})`,
          args: [Number(campaignId), Number(campaignId)],
        })
        removed = result.rowsAffected
      }
    }
  },
})

/** The condition that makes a subscriber part of the audience; its arguments are the topics. */
const isInAudience = (topicIds: string[]) =>
  topicIds.length === 0
    ? `s.status = 'active'`
    : `s.status = 'active' AND EXISTS (SELECT 1 FROM subscribers_rels r WHERE r.parent_id = s.id AND r.path = 'topics'
         AND r.topics_id IN (${topicIds.map(() => '?').join(', ')}))`

type Range = { client: Client; after: number; topicIds: string[] }

/** The id up to which the next chunk goes, or null when nobody is left. */
async function lastOfChunk({ client, after, topicIds }: Range): Promise<number | null> {
  const { rows } = await client.execute({
    sql: `SELECT max(id) AS last FROM
            (SELECT s.id FROM subscribers s WHERE s.id > ? AND ${isInAudience(topicIds)} ORDER BY s.id LIMIT ${CHUNK})`,
    args: [after, ...topicIds.map(Number)],
  })
  const last = rows[0]?.last
  return last === null || last === undefined ? null : Number(last)
}

/** Numbers go on from those already in; the position within the batch is the order of the mails in the call. */
async function insertDeliveries({
  client,
  campaign,
  token,
  after,
  upTo,
  topicIds,
  batchSize,
  recipients,
}: Range & {
  campaign: number
  token: string
  upTo: number
  batchSize: number
  recipients: number
}): Promise<number> {
  const { rowsAffected } = await client.execute({
    sql: `INSERT INTO deliveries
            (campaign_id, snapshot, subscriber_id, subscriber_ref, email, name, locale, status, batch_number, position)
          SELECT ?, ?, id, id, email, name, locale, 'pending', CAST(n / ? AS INTEGER), n % ?
          FROM (SELECT s.id, s.email, s.name, s.locale, row_number() OVER (ORDER BY s.id) - 1 + ? AS n
                FROM subscribers s WHERE s.id > ? AND s.id <= ? AND ${isInAudience(topicIds)})`,
    args: [campaign, token, batchSize, batchSize, recipients, after, upTo, ...topicIds.map(Number)],
  })
  return rowsAffected
}

async function insertBatches({
  client,
  campaign,
  token,
  count,
  now,
}: {
  client: Client
  campaign: number
  token: string
  count: number
  now: Date
}): Promise<void> {
  if (count === 0) return
  await client.execute({
    sql: `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?)
          INSERT INTO batches (campaign_id, snapshot, number, status, idempotency_key, attempts, due_at)
          SELECT ?, ?, i, 'pending', 'campaign-' || CAST(? AS INTEGER) || '-' || ? || '-' || i, 0, ? FROM n`,
    args: [count, campaign, token, campaign, token, iso(now)],
  })
}
