import type { Client } from '@libsql/client'
import type { AudiencePart, Edition, Locale } from '../../../newsletter/model.ts'
import type { Store } from '../../../newsletter/ports.ts'
import { DRAWN_LENGTH } from '../../../newsletter/rules/drawCanary.ts'
import { rests } from './rests.ts'
import { iso, later, placesFor } from './values.ts'

/** Rows per statement: short enough that an editor's save between two of them waits for some ten milliseconds. */
const CHUNK = 2_000

export const audienceOperations = (
  client: Client,
): Pick<Store, 'snapshotAudience' | 'countAudience' | 'removeLeftovers'> => ({
  async snapshotAudience({
    campaignId,
    token,
    leaseMs,
    edition,
    topicIds,
    batchSize,
    part,
    firstBatch,
    clock,
  }) {
    const campaign = Number(campaignId)
    const renewLease = async () => {
      const { rowsAffected } = await client.execute({
        sql: `UPDATE campaigns SET lease_until = ? WHERE id = ? AND lease_token = ? AND status = 'preparing'`,
        args: [later(clock.now(), leaseMs), campaign, token],
      })
      return rowsAffected === 1
    }
    const rest = rests()
    let recipients = 0
    let after = 0
    for (;;) {
      if (!(await renewLease())) return null
      const from = await firstSubscriber({ client, after })
      if (from === null) break
      const chunk = { from, upTo: from + CHUNK - 1 }
      recipients += await insertDeliveries({
        client,
        campaign,
        token,
        ...chunk,
        audience: audienceOf({ edition, topicIds, part, now: clock.now() }),
        batchSize,
        before: firstBatch * batchSize + recipients,
      })
      after = chunk.upTo
      await rest()
    }
    const end = firstBatch + Math.ceil(recipients / batchSize)
    await insertBatches({ client, campaign, token, firstBatch, end, now: clock.now() })
    return recipients
  },

  async countAudience(query) {
    const { condition, args } = audienceOf(query)
    const rest = rests()
    const counts = { sv: 0, en: 0 }
    let after = 0
    for (;;) {
      const from = await firstSubscriber({ client, after })
      if (from === null) return counts
      after = from + CHUNK - 1
      const { rows } = await client.execute({
        sql: `SELECT s.locale, count(*) AS count FROM subscribers s NOT INDEXED
              WHERE s.id BETWEEN ? AND ? AND ${condition} GROUP BY s.locale`,
        args: [from, after, ...args],
      })
      for (const { locale, count } of rows) counts[locale as Locale] += Number(count)
      await rest()
    }
  },

  async removeLeftovers(campaignId) {
    const rest = rests()
    for (const table of ['deliveries', 'batches']) {
      let removed = CHUNK
      while (removed === CHUNK) {
        const result = await client.execute({ sql: removalFrom(table), args: [Number(campaignId)] })
        removed = result.rowsAffected
        if (removed > 0) await rest()
      }
    }
  },
})

/**
 * Both sides of the snapshot that counts, as ranges of an index: one that has no leftovers is not read through. A
 * cancelled campaign that never opened has no snapshot, and all its rows are leftovers.
 */
const removalFrom = (table: string) => {
  const kept = `(SELECT iif(status = 'cancelled', coalesce(snapshot, ''), snapshot) FROM campaigns WHERE id = ?1)`
  return `DELETE FROM ${table} WHERE id IN (
    SELECT id FROM ${table} WHERE campaign_id = ?1 AND snapshot < ${kept}
    UNION ALL SELECT id FROM ${table} WHERE campaign_id = ?1 AND snapshot > ${kept} LIMIT ${CHUNK})`
}

/** Whoever pauses is there again by themselves when the time is over. */
const GETS_MAIL = `s.status = 'active' AND (s.paused_until IS NULL OR s.paused_until <= ?)`

interface Condition {
  /** On a subscriber `s`. */
  condition: string
  args: (string | number)[]
}

/** What makes a subscriber part of the audience. */
function audienceOf({
  edition,
  topicIds,
  part = null,
  now,
}: {
  edition: Edition
  topicIds: string[]
  part?: AudiencePart | null
  now: Date
}): Condition {
  const follows = `EXISTS (SELECT 1 FROM subscribers_rels r WHERE r.parent_id = s.id AND r.path = 'topics'
         AND r.topics_id IN (${placesFor(topicIds)}))`
  const parts: Condition[] = [
    { condition: GETS_MAIL, args: [iso(now)] },
    ...(topicIds.length > 0 ? [{ condition: follows, args: topicIds.map(Number) }] : []),
    ...editionConditions(edition),
    ...(part ? [partCondition(part)] : []),
  ]
  return {
    condition: parts.map(({ condition }) => condition).join(' AND '),
    args: parts.flatMap(({ args }) => args),
  }
}

/** As isDrawn has it; an offset counts from 1 here. Somebody without a key is in the rest. */
const partCondition = ({ of, draw }: AudiencePart): Condition => ({
  condition: `${of === 'canary' ? '' : 'NOT '}coalesce(s.link_key <> '' AND substr(s.link_key, ?, ${DRAWN_LENGTH}) < ?, 0)`,
  args: [draw.offset + 1, draw.threshold],
})

/** Looked up for each subscriber in the unique index of deliveries, once for each earlier edition. */
const REACHED = `SELECT 1 FROM campaigns c JOIN deliveries d
    ON d.campaign_id = c.id AND d.snapshot = c.snapshot AND d.subscriber_ref = CAST(s.id AS TEXT)
  WHERE c.article_id = ?`

const JOINED_SINCE = `max(s.created_at, coalesce(s.consent_at, s.created_at)) >
  (SELECT coalesce(started_at, created_at) FROM campaigns WHERE article_id = ? AND edition = 1)`

function editionConditions({ articleId, number, audience, corrects }: Edition): Condition[] {
  const article = Number(articleId)
  if (audience === 'everybody') return []
  if (audience === 'correction')
    return [
      {
        condition: `EXISTS (${REACHED} AND c.edition = ? AND d.status = 'submitted')`,
        args: [article, corrects ?? 1],
      },
    ]
  return [
    {
      condition: `NOT EXISTS (${REACHED} AND c.edition < ? AND d.status IN ('submitted', 'uncertain', 'pending'))`,
      args: [article, number],
    },
    ...(audience === 'topic'
      ? []
      : [
          {
            condition: audience === 'joined_since' ? JOINED_SINCE : `NOT (${JOINED_SINCE})`,
            args: [article],
          },
        ]),
  ]
}

/** Where the next chunk begins, or null when there is nobody left. Chunks are ranges of ids, however few are in them. */
async function firstSubscriber({ client, after }: { client: Client; after: number }): Promise<number | null> {
  const { rows } = await client.execute({
    sql: 'SELECT min(id) AS first FROM subscribers WHERE id > ?',
    args: [after],
  })
  const first = rows[0]?.first
  return first === null || first === undefined ? null : Number(first)
}

/**
 * Numbers go on from those already in (`before`); the position within the batch is the order of the mails in the call.
 * Not indexed: a range of ids is read as it lies on the disk, and nearly everybody is active.
 */
async function insertDeliveries({
  client,
  campaign,
  token,
  from,
  upTo,
  audience,
  batchSize,
  before,
}: {
  client: Client
  campaign: number
  token: string
  from: number
  upTo: number
  audience: Condition
  batchSize: number
  before: number
}): Promise<number> {
  const { rowsAffected } = await client.execute({
    sql: `INSERT INTO deliveries
            (campaign_id, snapshot, subscriber_id, subscriber_ref, link_key, email, name, locale, status,
             batch_number, position)
          SELECT ?, ?, id, id, link_key, email, name, locale, 'pending', CAST(n / ? AS INTEGER), n % ?
          FROM (SELECT s.id, s.link_key, s.email, s.name, s.locale, row_number() OVER (ORDER BY s.id) - 1 + ? AS n
                FROM subscribers s NOT INDEXED WHERE s.id BETWEEN ? AND ? AND ${audience.condition})`,
    args: [campaign, token, batchSize, batchSize, before, from, upTo, ...audience.args],
  })
  return rowsAffected
}

async function insertBatches({
  client,
  campaign,
  token,
  firstBatch,
  end,
  now,
}: {
  client: Client
  campaign: number
  token: string
  firstBatch: number
  /** The number after the last. */
  end: number
  now: Date
}): Promise<void> {
  const rest = rests()
  for (let first = firstBatch; first < end; first += CHUNK) {
    await client.execute({
      sql: `WITH RECURSIVE n(i) AS (SELECT CAST(?1 AS INTEGER) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?2)
            INSERT INTO batches (campaign_id, snapshot, number, status, idempotency_key, attempts, round, due_at)
            SELECT ?3, ?4, i, 'pending', 'campaign-' || CAST(?3 AS INTEGER) || '-' || ?4 || '-' || i, 0, 0, ?5 FROM n`,
      args: [first, Math.min(first + CHUNK, end), campaign, token, iso(now)],
    })
    await rest()
  }
}
