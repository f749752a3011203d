import type { Client } from '@libsql/client'
import {
  MOST_POSTPONED,
  type CampaignStatus,
  type DeliveryCounts,
  type DeliveryStatus,
} from '../../../newsletter/model.ts'
import type { Store } from '../../../newsletter/ports.ts'
import { dateOrNull, HAS_UNSETTLED_BATCH, IS_MAILED, iso, moveJson, movesWith, text } from './values.ts'

type FinishingOperations = Pick<
  Store,
  | 'findDrainedCampaigns'
  | 'finishCampaign'
  | 'countDeliveries'
  | 'countRefusals'
  | 'readNextBatch'
  | 'readPostponed'
>

export const finishingOperations = (client: Client): FinishingOperations => ({
  async findDrainedCampaigns() {
    const { rows } = await client.execute(`SELECT id FROM campaigns WHERE ${IS_DRAINED}`)
    return rows.map((row) => text(row.id))
  },

  async finishCampaign({ id, undecided, now }) {
    const { rows } = await client.execute({
      sql: FINISH,
      args: [
        ...[Number(id), iso(now), undecided.code, undecided.message],
        moveJson({ to: 'submitted', now }),
      ],
    })
    return rows[0] ? (text(rows[0].status) as CampaignStatus) : null
  },

  async countDeliveries(campaignId) {
    const { rows } = await client.execute({
      sql: `SELECT d.status, count(*) AS n FROM campaigns c
            JOIN deliveries d ON d.campaign_id = c.id AND d.snapshot = c.snapshot
            WHERE c.id = ? GROUP BY d.status`,
      args: [Number(campaignId)],
    })
    const byStatus = new Map(rows.map((row) => [text(row.status), Number(row.n)]))
    return toCounts(byStatus)
  },

  async countRefusals({ campaignId, reason }) {
    const { rows } = await client.execute({
      sql: `SELECT EXISTS (SELECT 1 ${deliveriesThatAre('submitted')}) AS has_submitted,
              (SELECT count(*) ${deliveriesThatAre('rejected')}
               AND d.reason = ?2 AND d.settled_at >= coalesce(campaigns.moved_at, '')) AS refused
            FROM campaigns WHERE id = ?1`,
      args: [Number(campaignId), reason],
    })
    return { refused: Number(rows[0]?.refused ?? 0), hasSubmitted: Number(rows[0]?.has_submitted ?? 0) === 1 }
  },

  async readNextBatch(campaignId) {
    const { rows } = await client.execute({
      sql: `SELECT b.due_at, b.postponed_since FROM campaigns c
            JOIN batches b ON b.campaign_id = c.id AND b.snapshot = c.snapshot AND b.status = 'pending'
            WHERE c.id = ? ORDER BY b.due_at LIMIT 1`,
      args: [Number(campaignId)],
    })
    const dueAt = dateOrNull(rows[0]?.due_at)
    return dueAt && { dueAt, isPostponed: (rows[0]?.postponed_since ?? null) !== null }
  },

  async readPostponed({ campaignId, now }) {
    const { rows } = await client.execute({
      sql: `SELECT count(*) AS n, min(due_at) AS due_at FROM (
              SELECT b.due_at FROM campaigns c
              JOIN batches b ON b.campaign_id = c.id AND b.snapshot = c.snapshot AND b.status = 'pending' AND b.due_at > ?
              WHERE c.id = ? AND c.${IS_MAILED} AND b.postponed_since IS NOT NULL
              ORDER BY b.due_at LIMIT ${MOST_POSTPONED})`,
      args: [iso(now), Number(campaignId)],
    })
    const nextTryAt = dateOrNull(rows[0]?.due_at)
    return nextTryAt && { count: Number(rows[0]?.n), nextTryAt }
  },
})

/** Of the campaign's deliveries, from an index alone. */
const deliveriesThatAre = (status: DeliveryStatus) => `FROM deliveries d
  WHERE d.campaign_id = campaigns.id AND d.snapshot = campaigns.snapshot AND d.status = '${status}'`

/** The plus keeps SQLite from the index of that column, where hardly any campaign has a value. */
const IS_DRAINED = `(campaigns.status = 'submitting' OR (campaigns.status = 'cancelled' AND campaigns.finished_at IS NULL))
  AND +campaigns.remailing IS NULL AND NOT ${HAS_UNSETTLED_BATCH} AND NOT EXISTS (SELECT 1 ${deliveriesThatAre('pending')})`

const count = (status: DeliveryStatus) => `(SELECT count(*) ${deliveriesThatAre(status)}) AS ${status}`

const END = `CASE WHEN status = 'cancelled' THEN status WHEN n.is_undecided THEN 'paused' ELSE 'submitted' END`

const FINISHED_MOVE = `json_set(?5, '$.to', ${END},
      '$.problem', json(iif(n.is_undecided, json_object('code', ?3, 'message', ?4), NULL)),
      '$.counts', json_object('recipients', n.submitted + n.rejected + n.excluded + n.uncertain,
        'submitted', n.submitted, 'rejected', n.rejected, 'excluded', n.excluded, 'uncertain', n.uncertain))`

/** Materialised, or each number would be counted wherever it stands. Whoever is drained has nobody pending. */
const FINISH = `
  WITH n AS MATERIALIZED (
    SELECT ${count('submitted')}, ${count('rejected')}, ${count('excluded')}, ${count('uncertain')},
      campaigns.status = 'submitting' AND campaigns.decision_kind IS NOT 'leave'
        AND EXISTS (SELECT 1 ${deliveriesThatAre('uncertain')}) AS is_undecided
    FROM campaigns WHERE campaigns.id = ?1 AND ${IS_DRAINED})
  UPDATE campaigns SET
    status = ${END}, moves = ${movesWith(FINISHED_MOVE)},
    moved_at = iif(status = 'cancelled', moved_at, ?2), updated_at = ?2,
    finished_at = iif(n.is_undecided, NULL, ?2),
    problem_code = iif(n.is_undecided, ?3, NULL), problem_message = iif(n.is_undecided, ?4, NULL),
    problem_at = iif(n.is_undecided, ?2, NULL),
    counts_recipients = n.submitted + n.rejected + n.excluded + n.uncertain,
    counts_submitted = n.submitted, counts_rejected = n.rejected, counts_excluded = n.excluded,
    counts_uncertain = n.uncertain
  FROM n WHERE campaigns.id = ?1
  RETURNING status`

const toCounts = (byStatus: Map<string, number>): DeliveryCounts => ({
  recipients: [...byStatus.values()].reduce((sum, n) => sum + n, 0),
  submitted: byStatus.get('submitted') ?? 0,
  rejected: byStatus.get('rejected') ?? 0,
  excluded: byStatus.get('excluded') ?? 0,
  uncertain: byStatus.get('uncertain') ?? 0,
  delivered: 0,
  bounced: 0,
  complained: 0,
})
