import type { Client, Row } from '@libsql/client'
import type { Store } from '../../../newsletter/ports.ts'
import { nextKey } from '../../../newsletter/rules/nextKey.ts'
import { UNSEALED } from './batches.ts'
import { rests } from './rests.ts'
import { HAS_LATER_EDITION, iso, NO_LEASE, text } from './values.ts'

/** Batches per statement: some ten milliseconds. */
const CHUNK = 500

type Campaign = { id: number; snapshot: string; round: number; remailing: string }

/** By the batch: as each is written only while its round is still to come, any number of workers may do this at once. */
export async function reopenBatches(
  client: Client,
  { id, now }: Parameters<Store['reopenBatches']>[0],
): Promise<void> {
  await client.execute({
    sql: `UPDATE campaigns SET remailing = NULL WHERE id = ? AND remailing IS NOT NULL AND ${HAS_LATER_EDITION}`,
    args: [Number(id)],
  })
  const campaign = await readCampaign(client, Number(id))
  if (!campaign) return
  const rest = rests()
  let after = -1
  for (;;) {
    const found = await findBatches({ client, campaign, after })
    if (found.length > 0) await reopen({ client, campaign, found, now })
    if (found.length < CHUNK) break
    after = Number(found.at(-1)?.number)
    await rest()
  }
  await client.execute({
    sql: 'UPDATE campaigns SET remailing = NULL WHERE id = ? AND round = ?',
    args: [campaign.id, campaign.round],
  })
}

async function readCampaign(client: Client, id: number): Promise<Campaign | null> {
  const { rows } = await client.execute({
    sql: 'SELECT snapshot, round, remailing FROM campaigns WHERE id = ? AND remailing IS NOT NULL',
    args: [id],
  })
  const row = rows[0]
  if (!row) return null
  return { id, snapshot: text(row.snapshot), round: Number(row.round), remailing: text(row.remailing) }
}

/** From the deliveries to their batches: a few refused mails of a million cost little. */
async function findBatches({
  client,
  campaign,
  after,
}: {
  client: Client
  campaign: Campaign
  after: number
}): Promise<Row[]> {
  const { id, snapshot, remailing } = campaign
  const { rows } = await client.execute({
    sql: `SELECT b.id, b.number, b.idempotency_key, b.attempts
          FROM (SELECT DISTINCT batch_number FROM deliveries
                WHERE campaign_id = ?1 AND snapshot = ?2 AND status = ?3 AND batch_number > ?4
                ORDER BY batch_number LIMIT ${CHUNK}) found
          CROSS JOIN batches b ON b.campaign_id = ?1 AND b.snapshot = ?2 AND b.number = found.batch_number`,
    args: [id, snapshot, remailing, after],
  })
  return rows
}

async function reopen({
  client,
  campaign,
  found,
  now,
}: {
  client: Client
  campaign: Campaign
  found: Row[]
  now: Date
}): Promise<void> {
  const { id, round, remailing } = campaign
  const next = found.map((row) => ({
    id: Number(row.id),
    key: nextKey({ key: text(row.idempotency_key), attempts: Number(row.attempts) }),
  }))
  const batches = JSON.stringify(next)
  await client.batch(
    [
      ...(remailing === 'rejected' ? [{ sql: READDRESS, args: [batches, round, id] }] : []),
      { sql: REOPEN, args: [batches, round, id, remailing, iso(now)] },
    ],
    'write',
  )
}

/** A batch of those named that is still to be reopened, and the request is still that one. */
const IS_TO_REOPEN = `b.id = j.value ->> 'id' AND b.status = 'settled' AND b.round < ?2
  AND EXISTS (SELECT 1 FROM campaigns c WHERE c.id = ?3 AND c.round = ?2 AND c.remailing IS NOT NULL)`

/** An address that was refused may have been corrected since. */
const READDRESS = `UPDATE deliveries SET email = (SELECT email FROM subscribers WHERE id = subscriber_id)
  WHERE id IN (
    SELECT d.id FROM json_each(?1) j CROSS JOIN batches b CROSS JOIN deliveries d CROSS JOIN subscribers s
    WHERE ${IS_TO_REOPEN}
      AND d.campaign_id = b.campaign_id AND d.snapshot = b.snapshot AND d.status = 'rejected' AND d.batch_number = b.number
      AND s.id = d.subscriber_id AND s.email <> d.email)`

const REOPEN = `UPDATE batches AS b SET status = 'pending', settled_at = NULL, round = ?2, remails = ?4, due_at = ?5,
    idempotency_key = j.value ->> 'key', attempts = attempts + 1, postponed_since = NULL, ${UNSEALED}, ${NO_LEASE}
  FROM json_each(?1) j WHERE ${IS_TO_REOPEN}`
