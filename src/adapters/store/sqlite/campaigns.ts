import type { Client } from '@libsql/client'
import type { Mailing } from '../../../newsletter/model.ts'
import type { Store } from '../../../newsletter/ports.ts'
import {
  IS_MAILED,
  iso,
  json,
  moveJson,
  movesWith,
  NO_LEASE,
  NO_PROBLEM,
  placesFor,
  text,
  textOrNull,
} from './values.ts'

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
      sql: `UPDATE campaigns SET status = 'scheduled', moved_at = ?1, updated_at = ?1,
              moves = ${movesWith('?2')}
            WHERE status = 'holding' AND due_at <= ?1`,
      args: [iso(now), moveJson({ to: 'scheduled', now })],
    })
    return rowsAffected
  },

  async undoCampaign({ id, by, byName = null, now }) {
    const move = moveJson({ to: 'cancelled', control: 'undo', by, byName, now })
    const { rowsAffected } = await client.execute({
      sql: `UPDATE campaigns SET status = 'cancelled', undone_at = ?1, undone_by_id = ?2, returned_at = iif(edition > 1, ?1, NULL),
              finished_at = ?1, moved_at = ?1, updated_at = ?1, moves = ${movesWith('?4')}
            WHERE id = ?3 AND status = 'holding'`,
      args: [iso(now), Number(by), Number(id), move],
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

  async moveCampaign({ id, from, to, now, ...mover }) {
    const move = moveJson({ to: to === 'onward' ? 'submitting' : to, now, ...mover })
    const { rowsAffected } = await client.execute({
      sql: `UPDATE campaigns SET
              status = ${statusAfter('?1')}, moves = ${movesWith(`json_set(?4, '$.to', ${statusAfter('?1')})`)},
              due_at = ?2, moved_at = ?2, updated_at = ?2, ${NO_LEASE}, ${NO_PROBLEM}
              ${ALONG_WITH[to]}
            WHERE id = ?3 AND status IN (${placesFor(from)})`,
      args: [to, iso(now), Number(id), move, ...from],
    })
    return rowsAffected === 1
  },

  async stopCampaign({ id, problem, now }) {
    await client.execute({
      sql: `UPDATE campaigns SET status = 'paused', moved_at = ?1, updated_at = ?1, moves = ${movesWith('?5')},
              problem_at = coalesce(problem_at, ?1), problem_code = ?2, problem_message = ?3
            WHERE id = ?4 AND ${IS_MAILED}`,
      args: [
        ...[iso(now), problem.code, problem.message, Number(id)],
        moveJson({ to: 'paused', problem, now }),
      ],
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

/** Onward leads to where the campaign stopped, or out of a canary that it does not wait for any longer. */
const statusAfter = (to: string) =>
  `CASE ${to} WHEN 'onward' THEN CASE WHEN status = 'canary' THEN 'submitting' WHEN snapshot IS NULL THEN 'scheduled'
     WHEN canary_batches > 0 AND canary_ended_at IS NULL THEN 'canary' ELSE 'submitting' END ELSE ${to} END`

/** What else a move changes, within SET. */
const ALONG_WITH = {
  paused: LET_GO_BEFORE_OPENING,
  cancelled: '',
  onward: `, canary_ended_at = iif(status = 'canary', ?2, canary_ended_at)`,
}
