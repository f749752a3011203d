import type { Client } from '@libsql/client'
import type { FolderRows, UnfinishedRows } from '../../restore/ports.ts'
import { durably } from '../database/durably.ts'
import { iso, moveJson, movesWith, NO_LEASE, NOTHING_FIXED } from '../store/sqlite/values.ts'

/** More ids, and more marks, than any installation gives out between a backup and its restore. */
const FAR_AHEAD = 1_000_000

export const sqliteFolderRows = (client: Client): FolderRows => ({
  async readMark(folder) {
    const { rows } = await client.execute({
      sql: 'SELECT mark FROM data_folders WHERE folder = ?',
      args: [folder],
    })
    return rows[0] ? Number(rows[0].mark) : null
  },

  async hasAny() {
    const { rows } = await client.execute('SELECT 1 FROM data_folders LIMIT 1')
    return rows.length > 0
  },

  async put({ folder, mark }) {
    await client.execute({
      sql: `INSERT INTO data_folders (folder, mark) VALUES (?, ?)
            ON CONFLICT (folder) DO UPDATE SET mark = excluded.mark`,
      args: [folder, mark],
    })
  },

  async advance(folder) {
    const { rows } = await durably(client, () =>
      client.execute({
        sql: 'UPDATE data_folders SET mark = mark + 1 WHERE folder = ? RETURNING mark',
        args: [folder],
      }),
    )
    return rows[0] ? Number(rows[0].mark) : null
  },
})

export const sqliteUnfinishedRows = (client: Client): UnfinishedRows => {
  const isThere = async (sql: string) =>
    (await client.execute(`SELECT EXISTS (${sql}) AS found`)).rows[0]?.found === 1
  return {
    hasCampaigns: () => isThere(`SELECT 1 FROM campaigns WHERE ${IS_MAILING} OR ${IS_STOPPED_HALFWAY}`),

    isMailing: () => isThere(`SELECT 1 FROM campaigns WHERE ${IS_MAILING}`),

    async countPlans() {
      const { rows } = await client.execute(
        `SELECT count(*) AS n FROM plans WHERE status IN ('waiting', 'running')`,
      )
      return Number(rows[0]?.n ?? 0)
    },

    async pauseAll({ problem, now }) {
      const at = iso(now)
      const paused = {
        sql: PAUSE,
        args: [at, problem.code, problem.message, moveJson({ to: 'paused', problem, now })],
      }
      await client.batch(
        [
          ...[OF_FIRST_ROUND, OF_LATER_ROUNDS, OF_REQUESTS].map((sql) => ({ sql, args: [at] })),
          paused,
          { sql: SETTLE_BATCHES, args: [at] },
          { sql: LEAVE_MAILS, args: [at] },
          ...[KNOWN_SEQUENCES, NEW_SEQUENCES].map((sql) => ({ sql, args: [FAR_AHEAD] })),
          { sql: 'UPDATE data_folders SET mark = mark + ?', args: [FAR_AHEAD] },
        ],
        'write',
      )
    },
  }
}

const IS_MAILING = `campaigns.status IN ('holding', 'scheduled', 'preparing', 'canary', 'submitting')`

/** Paused, and somebody would be mailed when it goes on. */
const IS_STOPPED_HALFWAY = `(campaigns.status = 'paused' AND campaigns.snapshot IS NOT NULL AND (campaigns.remailing IS NOT NULL
  OR EXISTS (SELECT 1 FROM batches b
    WHERE b.campaign_id = campaigns.id AND b.snapshot = campaigns.snapshot AND b.status = 'pending')))`

/** The open campaigns of which somebody may have been mailed since. */
const OPEN = `campaigns c WHERE c.status IN ('canary', 'submitting', 'paused') AND c.snapshot IS NOT NULL`

const UNCERTAIN = `status = 'uncertain', reason = 'restored', detail = NULL, settled_at = ?1`

const OF_FIRST_ROUND = `UPDATE deliveries SET ${UNCERTAIN}
  WHERE status = 'pending' AND (campaign_id, snapshot) IN (SELECT c.id, c.snapshot FROM ${OPEN})`

/** Refused ones that were to be mailed again: by a batch that waits, or by a request that no worker has carried out. */
const OF_LATER_ROUNDS = `UPDATE deliveries SET ${UNCERTAIN}
  WHERE status = 'rejected' AND (campaign_id, snapshot, batch_number) IN (
    SELECT b.campaign_id, b.snapshot, b.number FROM batches b
    WHERE b.status = 'pending' AND b.remails = 'rejected' AND b.campaign_id IN (SELECT c.id FROM ${OPEN}))`

const OF_REQUESTS = `UPDATE deliveries SET ${UNCERTAIN}
  WHERE status = 'rejected' AND (campaign_id, snapshot) IN (
    SELECT c.id, c.snapshot FROM ${OPEN} AND c.remailing = 'rejected')`

const LET_GO = NOTHING_FIXED.split(', ')
  .map((part) => part.replace(/^(\w+) = NULL$/, '$1 = iif(snapshot IS NULL, NULL, $1)'))
  .join(', ')

const PAUSE = `UPDATE campaigns SET status = 'paused', moved_at = ?1, updated_at = ?1, remailing = NULL, ${NO_LEASE}, ${LET_GO},
    canary_ended_at = iif(canary_batches > 0, coalesce(canary_ended_at, ?1), NULL),
    problem_at = ?1, problem_code = ?2, problem_message = ?3, moves = iif(status = 'paused' AND problem_code = ?2, moves, ${movesWith('?4')})
  WHERE ${IS_MAILING} OR ${IS_STOPPED_HALFWAY}`

const SETTLE_BATCHES = `UPDATE batches SET status = 'settled', settled_at = ?1, ${NO_LEASE}
  WHERE status = 'pending' AND (campaign_id, snapshot) IN (SELECT c.id, c.snapshot FROM ${OPEN})`

const LEAVE_MAILS = `UPDATE transactional_mails SET ${UNCERTAIN}, ${NO_LEASE} WHERE status = 'pending'`

const KNOWN_SEQUENCES = 'UPDATE sqlite_sequence SET seq = seq + ?'

/** Of tables that had no row yet. */
const NEW_SEQUENCES = `INSERT INTO sqlite_sequence (name, seq)
  SELECT name, ? FROM sqlite_master
  WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%' AND name NOT IN (SELECT name FROM sqlite_sequence)`
