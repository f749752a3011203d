import type { Client, Row } from '@libsql/client'
import type { EventStore, GuardedNumbers } from '../../../newsletter/eventPorts.ts'
import type { CampaignStatus } from '../../../newsletter/model.ts'
import { IS_MAILED, iso, json, moveJson, movesWith, text } from './values.ts'

export const guardOperations = (
  client: Client,
): Pick<EventStore, 'readGuard' | 'countSubmitted' | 'pauseByGuard' | 'forgiveGuard'> => ({
  async readGuard(campaignId) {
    const { rows } = await client.execute({
      sql: `SELECT status, guarded, counts_submitted, counts_bounced, counts_complained, canary_mails,
              canary_waits_until, first_event_at FROM campaigns WHERE id = ?`,
      args: [Number(campaignId)],
    })
    const row = rows[0]
    if (!row) return null
    return {
      status: text(row.status) as CampaignStatus,
      guarded: json<GuardedNumbers>(row.guarded),
      canary: canaryOf(row),
      hasEvents: row.first_event_at !== null,
      numbers: {
        submitted: Number(row.counts_submitted ?? 0),
        bounced: Number(row.counts_bounced ?? 0),
        complained: Number(row.counts_complained ?? 0),
      },
    }
  },

  /** Counts are kept for good when the campaign is finished; until then the number is only ever too low. */
  async countSubmitted(campaignId) {
    const { rows } = await client.execute({
      sql: `SELECT count(*) AS submitted FROM campaigns c JOIN deliveries d
              ON d.campaign_id = c.id AND d.snapshot = c.snapshot AND d.status = 'submitted' WHERE c.id = ?`,
      args: [Number(campaignId)],
    })
    const submitted = Number(rows[0]?.submitted)
    await client.execute({
      sql: `UPDATE campaigns SET counts_submitted = max(coalesce(counts_submitted, 0), ?)
            WHERE id = ? AND finished_at IS NULL`,
      args: [submitted, Number(campaignId)],
    })
    return submitted
  },

  async pauseByGuard({ id, problem, numbers, now }) {
    const { rowsAffected } = await client.execute({
      sql: `UPDATE campaigns SET status = 'paused', moved_at = ?1, updated_at = ?1, problem_at = ?1,
              problem_code = ?2, problem_message = ?3, guarded = ?4, moves = ${movesWith('?6')}, canary_ended_at = iif(status = 'canary', ?1, canary_ended_at)
            WHERE id = ?5 AND ${IS_MAILED}`,
      args: [
        ...[iso(now), problem.code, problem.message, JSON.stringify(numbers), Number(id)],
        moveJson({ to: 'paused', problem, now }),
      ],
    })
    return rowsAffected === 1
  },

  async forgiveGuard({ id, numbers }) {
    await client.execute({
      sql: 'UPDATE campaigns SET guarded = ? WHERE id = ? AND guarded IS NOT NULL',
      args: [JSON.stringify(numbers), Number(id)],
    })
  },
})

const canaryOf = ({ canary_mails: mails, canary_waits_until: waitsUntil }: Row) =>
  mails === null ? null : { mails: Number(mails), isMailed: waitsUntil !== null }
