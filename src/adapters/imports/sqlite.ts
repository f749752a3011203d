import type { Client } from '@libsql/client'
import { iso } from '../store/sqlite/values.ts'
import type { ImportedPeople } from './payloadRuns.ts'

/** So many are looked at in one statement: SQLite, which blocks, takes some milliseconds for them. */
const CHUNK = 500

const IS_MAILED = `(
  EXISTS (SELECT 1 FROM deliveries d WHERE d.subscriber_id = s.id AND d.status <> 'excluded')
  OR EXISTS (SELECT 1 FROM transactional_mails m WHERE m.subscriber_id = s.id))`

/** Every write of a subscriber moves \`updated_at\`; what they decided is on record besides. */
const IS_CHANGED = `(s.updated_at <> s.created_at
  OR EXISTS (SELECT 1 FROM consents c WHERE c.subscriber_id = s.id AND c.key NOT LIKE 'import:%'))`

/** The erasure goes on by itself, and needs the address for the hash that it leaves. */
const IS_ERASED = `EXISTS (SELECT 1 FROM erasures e WHERE e.subscriber_ref = CAST(s.id AS TEXT))`

const REMOVABLE = `SELECT s.id FROM subscribers s
  WHERE s.id IN (SELECT value FROM json_each(:ids)) AND s.import_ref = :run
    AND NOT ${IS_MAILED} AND NOT ${IS_CHANGED} AND NOT ${IS_ERASED}`

/** Whom it found there without a record of consent, and gave one: they are as they were, and were never mailed. */
const GIVEN_A_RECORD = `SELECT s.id FROM subscribers s
  WHERE s.import_ref IS NULL AND s.updated_at <= :startedAt AND NOT ${IS_MAILED}
    AND NOT EXISTS (SELECT 1 FROM consents c WHERE c.subscriber_id = s.id AND coalesce(c.import_ref, '') <> :run)
    AND s.id IN (SELECT subscriber_id FROM consents WHERE import_ref = :run)`

/** Its own, as it made it, and of nobody who is there. */
const ITS_SUPPRESSION = `import_ref = :run AND lifted_at IS NULL AND suppressed_at = :startedAt AND made_by IS NULL
  AND NOT EXISTS (SELECT 1 FROM subscribers WHERE subscribers.email = suppressions.email)`

/** Those whom an import added, on SQLite. */
export const sqliteImportedPeople = (client: Client): ImportedPeople => ({
  async countAdded(run) {
    const sql = 'SELECT count(*) AS n FROM subscribers WHERE import_ref = :run'
    return Number((await client.execute({ sql, args: { run } })).rows[0]?.n ?? 0)
  },

  async removeNext({ id: run }, after) {
    const { rows } = await client.execute({
      sql: 'SELECT id FROM subscribers WHERE import_ref = :run AND id > :after ORDER BY id LIMIT :limit',
      args: { run, after: Number(after ?? 0), limit: CHUNK },
    })
    const ids = rows.map(({ id }) => Number(id))
    const last = ids.at(-1)
    if (last === undefined) return null
    // All of it or nothing, also when the process is killed. The consents first: by them one sees that nothing has happened.
    const args = { ids: JSON.stringify(ids), run }
    await client.batch(
      [
        { sql: `DELETE FROM consents WHERE subscriber_id IN (${REMOVABLE})`, args },
        { sql: `DELETE FROM subscribers WHERE id IN (${REMOVABLE})`, args },
      ],
      'write',
    )
    return String(last)
  },

  async tidy({ id: run, startedAt }) {
    const args = { run, startedAt: iso(startedAt) }
    await client.batch(
      [
        {
          sql: `DELETE FROM consents WHERE import_ref = :run AND subscriber_id IN (${GIVEN_A_RECORD})`,
          args,
        },
        { sql: `DELETE FROM suppressions WHERE ${ITS_SUPPRESSION} AND import_was IS NULL`, args },
        {
          sql: `UPDATE suppressions
            SET email = import_was ->> 'email', reason = import_was ->> 'reason', detail = import_was ->> 'detail',
                suppressed_at = import_was ->> 'suppressedAt', status_before = import_was ->> 'statusBefore',
                made_by = import_was ->> 'madeBy', lifted_at = import_was ->> 'liftedAt',
                to_tell_provider = import_was ->> 'toTellProvider', import_ref = NULL,
                import_was = NULL
            WHERE ${ITS_SUPPRESSION} AND import_was IS NOT NULL`,
          args,
        },
      ],
      'write',
    )
  },

  async countKept({ id: run }) {
    const sql = `SELECT coalesce(sum(${IS_MAILED}), 0) AS mailed, count(*) AS n FROM subscribers s WHERE s.import_ref = :run`
    const { rows } = await client.execute({ sql, args: { run } })
    const mailed = Number(rows[0]?.mailed ?? 0)
    return { mailed, changed: Number(rows[0]?.n ?? 0) - mailed }
  },
})
