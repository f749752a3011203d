import type { Client } from '@libsql/client'
import type { CampaignToPrepare, DeliveryCounts, Mailing } from '../../../newsletter/model.ts'
import type { Store } from '../../../newsletter/ports.ts'
import { iso, json, later, text } from './values.ts'

type CampaignOperations = Pick<
  Store,
  | 'claimCampaign'
  | 'startCampaign'
  | 'fixMailing'
  | 'openCampaign'
  | 'stopPreparing'
  | 'moveCampaign'
  | 'readMailing'
  | 'holdCampaign'
  | 'clearProblem'
  | 'findArticlesWithoutCampaign'
  | 'findDrainedCampaigns'
  | 'finishCampaign'
  | 'countDeliveries'
>

const NO_PROBLEM = 'problem_code = NULL, problem_message = NULL, problem_at = NULL'

export const campaignOperations = (client: Client): CampaignOperations => ({
  async claimCampaign({ now, lease }) {
    const { rows } = await client.execute({
      sql: `UPDATE campaigns SET lease_token = ?, lease_until = ?
            WHERE id = (SELECT id FROM campaigns
                        WHERE status IN ('scheduled', 'preparing') AND due_at <= ?
                          AND (lease_until IS NULL OR lease_until <= ?)
                        ORDER BY due_at, id LIMIT 1)
            RETURNING id, article_id, status, mailing, topic_ids`,
      args: [lease.token, later(now, lease.ms), iso(now), iso(now)],
    })
    const row = rows[0]
    if (!row) return null
    return {
      id: text(row.id),
      articleId: text(row.article_id),
      status: row.status as CampaignToPrepare['status'],
      mailing: json<Mailing>(row.mailing),
      topicIds: json<string[]>(row.topic_ids) ?? [],
    }
  },

  async startCampaign({ id, token, topicIds, now }) {
    const { rowsAffected } = await client.execute({
      sql: `UPDATE campaigns SET status = 'preparing', topic_ids = ?, started_at = coalesce(started_at, ?), updated_at = ?
            WHERE id = ? AND lease_token = ? AND status IN ('scheduled', 'preparing')`,
      args: [JSON.stringify(topicIds), iso(now), iso(now), Number(id), token],
    })
    return rowsAffected === 1
  },

  async fixMailing({ id, token, mailing }) {
    const { rows } = await client.execute({
      sql: `UPDATE campaigns SET subject = coalesce(subject, ?), mailing = coalesce(mailing, ?)
            WHERE id = ? AND lease_token = ? AND status = 'preparing' RETURNING mailing`,
      args: [mailing.mails.sv.subject, JSON.stringify(mailing), Number(id), token],
    })
    return json<Mailing>(rows[0]?.mailing)
  },

  async openCampaign({ id, token, now }) {
    const { rowsAffected } = await client.execute({
      sql: `UPDATE campaigns SET status = 'submitting', snapshot = ?, lease_token = NULL, lease_until = NULL, due_at = ?,
              updated_at = ?, ${NO_PROBLEM}
            WHERE id = ? AND lease_token = ? AND status = 'preparing'`,
      args: [token, iso(now), iso(now), Number(id), token],
    })
    return rowsAffected === 1
  },

  async stopPreparing({ id, token, to, problem, now }) {
    const { rowsAffected } = await client.execute({
      sql: `UPDATE campaigns SET status = ?, problem_code = ?, problem_message = ?, problem_at = ?, updated_at = ?,
              lease_token = NULL, lease_until = NULL
            WHERE id = ? AND lease_token = ? AND status IN ('scheduled', 'preparing')`,
      args: [to, problem.code, problem.message, iso(now), iso(now), Number(id), token],
    })
    return rowsAffected === 1
  },

  async moveCampaign({ id, from, to, now }) {
    const { rowsAffected } = await client.execute({
      sql: `UPDATE campaigns SET
              status = CASE ? WHEN 'onward' THEN iif(snapshot IS NULL, 'scheduled', 'submitting') ELSE ? END,
              due_at = ?, updated_at = ?, lease_token = NULL, lease_until = NULL,
              finished_at = CASE WHEN ? = 'cancelled' THEN ? ELSE NULL END, ${NO_PROBLEM}
            WHERE id = ? AND status IN (${from.map(() => '?').join(', ')})`,
      args: [to, to, iso(now), iso(now), to, iso(now), Number(id), ...from],
    })
    return rowsAffected === 1
  },

  async readMailing(campaignId) {
    const { rows } = await client.execute({
      sql: 'SELECT mailing FROM campaigns WHERE id = ?',
      args: [Number(campaignId)],
    })
    const mailing = json<Mailing>(rows[0]?.mailing)
    if (!mailing) throw new Error(`Campaign ${campaignId} has no mailing.`)
    return mailing
  },

  async holdCampaign({ id, until, problem, now }) {
    await client.execute({
      sql: `UPDATE campaigns SET due_at = max(due_at, ?), updated_at = ?,
              problem_at = CASE WHEN problem_code IS ? THEN problem_at ELSE ? END,
              problem_code = ?, problem_message = ?
            WHERE id = ? AND status = 'submitting'`,
      args: [iso(until), iso(now), problem.code, iso(now), problem.code, problem.message, Number(id)],
    })
  },

  async clearProblem(campaignId) {
    await client.execute({
      sql: `UPDATE campaigns SET ${NO_PROBLEM} WHERE id = ? AND status = 'submitting' AND problem_code IS NOT NULL`,
      args: [Number(campaignId)],
    })
  },

  async findArticlesWithoutCampaign({ limit }) {
    const { rows } = await client.execute({
      sql: `SELECT a.id FROM articles a
            WHERE a._status = 'published' AND a.newsletter_send = 1 AND a.deleted_at IS NULL
              AND NOT EXISTS (SELECT 1 FROM campaigns c WHERE c.article_id = a.id)
            LIMIT ?`,
      args: [limit],
    })
    return rows.map((row) => text(row.id))
  },

  async findDrainedCampaigns() {
    const { rows } = await client.execute(`SELECT id FROM campaigns WHERE ${IS_DRAINED}`)
    return rows.map((row) => text(row.id))
  },

  async finishCampaign({ id, now }) {
    const { rowsAffected } = await client.execute({
      sql: `UPDATE campaigns SET status = 'submitted', finished_at = ?, updated_at = ?, ${NO_PROBLEM},
              counts_recipients = (${COUNT}),
              counts_submitted = (${COUNT} AND d.status = 'submitted'),
              counts_rejected = (${COUNT} AND d.status = 'rejected'),
              counts_excluded = (${COUNT} AND d.status = 'excluded'),
              counts_uncertain = (${COUNT} AND d.status = 'uncertain')
            WHERE id = ? AND ${IS_DRAINED}`,
      args: [iso(now), iso(now), Number(id)],
    })
    return rowsAffected === 1
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
})

const IS_DRAINED = `campaigns.status = 'submitting' AND campaigns.snapshot IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM batches b WHERE b.campaign_id = campaigns.id AND b.snapshot = campaigns.snapshot
                  AND b.status <> 'settled')`

const COUNT = `SELECT count(*) FROM deliveries d
  WHERE d.campaign_id = campaigns.id AND d.snapshot = campaigns.snapshot`

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
