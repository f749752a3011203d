import type { Client } from '@libsql/client'
import type { Mailing } from '../../../newsletter/model.ts'
import type { Store } from '../../../newsletter/ports.ts'
import { IS_MAILED, iso, json, NO_LEASE, NO_PROBLEM, placesFor, text, textOrNull } from './values.ts'

type CampaignOperations = Pick<
  Store,
  | 'endHolds'
  | 'undoCampaign'
  | 'findUndone'
  | 'moveCampaign'
  | 'stopCampaign'
  | 'readMailing'
  | 'holdCampaign'
  | 'clearProblem'
>

export const campaignOperations = (client: Client): CampaignOperations => ({
  async endHolds({ now }) {
    const { rowsAffected } = await client.execute({
      sql: `UPDATE campaigns SET status = 'scheduled', moved_at = ?1, updated_at = ?1
            WHERE status = 'holding' AND due_at <= ?1`,
      args: [iso(now)],
    })
    return rowsAffected
  },

  async undoCampaign({ id, by, now }) {
    const { rowsAffected } = await client.execute({
      sql: `UPDATE campaigns SET status = 'cancelled', undone_at = ?1, undone_by_id = ?2, returned_at = iif(edition > 1, ?1, NULL),
              finished_at = ?1, moved_at = ?1, updated_at = ?1
            WHERE id = ?3 AND status = 'holding'`,
      args: [iso(now), Number(by), Number(id)],
    })
    return rowsAffected === 1
  },

  async findUndone() {
    const { rows } = await client.execute(
      `SELECT id, article_id, undone_at, undone_by_id, former_version FROM campaigns
       WHERE status = 'cancelled' AND undone_at IS NOT NULL AND returned_at IS NULL`,
    )
    return rows.map((row) => ({
      id: text(row.id),
      articleId: text(row.article_id),
      undoneAt: new Date(text(row.undone_at)),
      by: textOrNull(row.undone_by_id),
      formerVersion: textOrNull(row.former_version),
    }))
  },

  async moveCampaign({ id, from, to, now }) {
    const { rowsAffected } = await client.execute({
      sql: `UPDATE campaigns SET
              status = CASE ? WHEN 'onward' THEN ${ONWARD} ELSE ? END,
              due_at = ?, moved_at = ?, updated_at = ?, ${NO_LEASE}, ${NO_PROBLEM}
              ${ALONG_WITH[to]}
            WHERE id = ? AND status IN (${placesFor(from)})`,
      args: [
        ...[to, to, iso(now), iso(now), iso(now)],
        ...(to === 'onward' ? [iso(now)] : []),
        ...[Number(id), ...from],
      ],
    })
    return rowsAffected === 1
  },

  async stopCampaign({ id, problem, now }) {
    await client.execute({
      sql: `UPDATE campaigns SET status = 'paused', moved_at = ?, updated_at = ?,
              problem_at = coalesce(problem_at, ?), problem_code = ?, problem_message = ?
            WHERE id = ? AND ${IS_MAILED}`,
      args: [iso(now), iso(now), iso(now), problem.code, problem.message, Number(id)],
    })
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
              problem_at = coalesce(problem_at, ?), problem_code = ?, problem_message = ?
            WHERE id = ? AND ${IS_MAILED}`,
      args: [iso(until), iso(now), iso(now), problem.code, problem.message, Number(id)],
    })
  },

  async clearProblem({ id, now }) {
    await client.execute({
      sql: `UPDATE campaigns SET updated_at = ?, ${NO_PROBLEM}
            WHERE id = ? AND ${IS_MAILED} AND problem_code IS NOT NULL AND due_at <= ?`,
      args: [iso(now), Number(id), iso(now)],
    })
  },
})

const LET_GO_BEFORE_OPENING = ['subject', 'mailing', 'topic_ids']
  .map((column) => `, ${column} = iif(snapshot IS NULL, NULL, ${column})`)
  .join('')

/** Where one goes on that has stopped, or that does not wait any longer for its canary. */
const ONWARD = `CASE WHEN status = 'canary' THEN 'submitting' WHEN snapshot IS NULL THEN 'scheduled'
  WHEN canary_batches > 0 AND canary_ended_at IS NULL THEN 'canary' ELSE 'submitting' END`

/** What else a move changes, within SET. */
const ALONG_WITH = {
  paused: LET_GO_BEFORE_OPENING,
  cancelled: '',
  onward: `, canary_ended_at = iif(status = 'canary', ?, canary_ended_at)`,
}
