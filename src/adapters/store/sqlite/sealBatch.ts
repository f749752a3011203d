import type { Client } from '@libsql/client'
import type { Delivery, Exclusion, Id, SealedBatch } from '../../../newsletter/model.ts'
import type { Store } from '../../../newsletter/ports.ts'
import { durably } from '../../database/durably.ts'
import { iso, json, text } from './values.ts'

export async function sealBatch(
  client: Client,
  { batch, token, callWith, now }: Parameters<Store['sealBatch']>[0],
): Promise<SealedBatch | null> {
  const statement = { sql: SEAL, args: [iso(now), callWith, Number(batch.id), token] }
  const seal = () => client.execute(statement)
  const { rows } = callWith === null ? await seal() : await durably(client, seal)
  const row = rows[0]
  if (!row) return null
  const exclusions = json<Exclusion[]>(row.exclusions) ?? []
  const excluded = new Set(exclusions.map(({ deliveryId }) => deliveryId))
  const remailed = json<Id[]>(row.recipients)
  const deliveries = await readDeliveries({ client, batch, snapshot: text(row.snapshot) })
  const isRecipient = ({ id }: Delivery) => (remailed ? remailed.includes(id) : !excluded.has(id))
  return { exclusions, recipients: deliveries.filter(isRecipient) }
}

/** The deliveries of a batch, within a statement on it. */
const MEMBERS =
  'd.campaign_id = batches.campaign_id AND d.snapshot = batches.snapshot AND d.batch_number = batches.number'

const GETS_MAIL = `s.status = 'active' AND s.email = d.email AND (s.paused_until IS NULL OR s.paused_until <= ?1)`

const LEFT = `SELECT json_group_array(json_object('deliveryId', CAST(d.id AS TEXT), 'reason',
    CASE WHEN s.id IS NULL THEN 'deleted' WHEN s.status = 'suppressed' THEN 'suppressed'
      WHEN s.status <> 'active' THEN 'unsubscribed' WHEN s.email <> d.email THEN 'moved' ELSE 'paused' END))
  FROM deliveries d LEFT JOIN subscribers s ON s.id = d.subscriber_id
  WHERE ${MEMBERS} AND (s.id IS NULL OR NOT (${GETS_MAIL}))`

const REMAILED = `SELECT json_group_array(CAST(d.id AS TEXT))
  FROM deliveries d JOIN subscribers s ON s.id = d.subscriber_id
  WHERE ${MEMBERS} AND d.status = batches.remails AND ${GETS_MAIL}`

/** One statement: who is in it, when its bytes were fixed and that it is in doubt cannot come apart. */
const SEAL = `UPDATE batches SET
    exclusions = CASE WHEN sealed_at IS NOT NULL THEN exclusions WHEN round > 0 THEN '[]' ELSE (${LEFT}) END,
    recipients = CASE WHEN sealed_at IS NOT NULL THEN recipients WHEN round = 0 THEN NULL ELSE (${REMAILED}) END,
    sealed_at = coalesce(sealed_at, ?1),
    called_with = iif(in_doubt_since IS NULL, ?2, called_with),
    in_doubt_since = iif(?2 IS NULL, in_doubt_since, coalesce(in_doubt_since, ?1))
  WHERE id = ?3 AND lease_token = ?4 AND status = 'pending' AND (?2 IS NULL OR EXISTS
    (SELECT 1 FROM campaigns c WHERE c.id = batches.campaign_id AND c.due_at <= ?1
      AND (c.status = 'submitting' OR c.status = 'canary' AND batches.number < c.canary_batches)))
  RETURNING exclusions, recipients, snapshot`

async function readDeliveries({
  client,
  batch,
  snapshot,
}: {
  client: Client
  batch: { campaignId: string; number: number }
  snapshot: string
}): Promise<Delivery[]> {
  // As one text: what the driver does for each value of a row takes longer than to parse it.
  const { rows } = await client.execute({
    sql: `SELECT json_group_array(json_object('id', CAST(id AS TEXT), 'subscriberId', subscriber_ref,
            'linkKey', link_key, 'email', email, 'name', name, 'locale', locale) ORDER BY position) AS deliveries
          FROM deliveries WHERE campaign_id = ? AND snapshot = ? AND batch_number = ?`,
    args: [Number(batch.campaignId), snapshot, batch.number],
  })
  return json<Delivery[]>(rows[0]?.deliveries) ?? []
}
