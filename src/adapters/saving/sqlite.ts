import type { Client } from '@libsql/client'
import type { SaveTurns } from '../../saving/ports.ts'
import { atomically } from '../database/atomicWrites.ts'

/** Turns on SQLite. The note of a save and its write are one transaction. */
export const sqliteSaveTurns = (client: Client): SaveTurns => ({
  async take({ document, holder, now, until }) {
    const { rows } = await client.execute({ sql: TAKE, args: [document, holder, until, now] })
    const [row] = rows
    if (!row) return null
    const { saved_from: from, saved_to: to, saved_by: by } = row
    const isSaved = from !== null && to !== null
    return {
      lastSave: isSaved ? { from: Number(from), to: Number(to), by: by === null ? null : String(by) } : null,
    }
  },

  during: ({ document, holder, until, save: { from, to, by } }, write) =>
    atomically(client, async () => {
      const { rowsAffected } = await client.execute({
        sql: NOTE,
        args: [until, from, to, by, document, holder],
      })
      return rowsAffected === 0 ? null : { result: await write() }
    }),

  async release({ document, holder }) {
    await client.batch(
      [FORGET_UNSAVED, RELEASE].map((sql) => ({ sql, args: [document, holder] })),
      'write',
    )
  },

  async forget(document) {
    await client.execute({ sql: 'DELETE FROM save_turns WHERE document = ?', args: [document] })
  },
})

const TAKE = `INSERT INTO save_turns (document, holder, until) VALUES (?1, ?2, ?3)
  ON CONFLICT (document) DO UPDATE SET holder = ?2, until = ?3 WHERE holder IS NULL OR until <= ?4
  RETURNING saved_from, saved_to, saved_by`

const NOTE = `UPDATE save_turns SET until = ?, saved_from = ?, saved_to = ?, saved_by = ? WHERE document = ? AND holder = ?`

/** A save that was refused leaves no row of a document that nobody has saved. */
const FORGET_UNSAVED = 'DELETE FROM save_turns WHERE document = ? AND holder = ? AND saved_to IS NULL'

const RELEASE = 'UPDATE save_turns SET holder = NULL, until = NULL WHERE document = ? AND holder = ?'
