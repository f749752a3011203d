import type { Client } from '@libsql/client'
import type { EventQueue } from '../../../newsletter/queuePorts.ts'
import { withoutWaiting } from '../../database/withoutWaiting.ts'
import { dateOrNull, iso, later, placesFor, text } from './values.ts'

/** The webhook queue on SQLite: one statement for each operation. */
export const sqliteEventQueue = (client: Client): EventQueue => ({
  async keep(events) {
    const posted = events.map(({ eventId, body, receivedAt }) => [eventId, body, iso(receivedAt)])
    const { rows } = await withoutWaiting(client, {
      sql: `INSERT INTO waiting_events (event_id, body, received_at, due_at, tries)
            SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 2, 0 FROM json_each(?)
            WHERE NOT EXISTS (
              SELECT 1 FROM provider_events WHERE event_id = value ->> 0 AND applied_at IS NOT NULL)
            ON CONFLICT (event_id) DO NOTHING
            RETURNING event_id`,
      args: [JSON.stringify(posted)],
    })
    const written = new Set(rows.map(({ event_id: eventId }) => text(eventId)))
    // Twice in one set, an event is new the first time.
    return events.map(({ eventId }) => (written.delete(eventId) ? 'new' : 'known'))
  },

  async count(limit) {
    const { rows } = await client.execute({
      sql: 'SELECT count(*) AS n FROM (SELECT 1 FROM waiting_events LIMIT ?)',
      args: [limit],
    })
    return Number(rows[0]?.n)
  },

  async claim({ tried, limit, now, lease }) {
    const { rows } = await client.execute({
      sql: `UPDATE waiting_events SET tries = tries + 1, due_at = ?, lease_token = ? WHERE id IN (
              SELECT id FROM waiting_events WHERE tries IN (${placesFor(tried)}) AND due_at <= ?
              ORDER BY due_at LIMIT ?)
            RETURNING id, event_id, body, received_at, tries`,
      args: [later(now, lease.ms), lease.token, ...tried, iso(now), limit],
    })
    return rows.map((row) => ({
      id: text(row.id),
      eventId: text(row.event_id),
      body: text(row.body),
      receivedAt: new Date(text(row.received_at)),
      tries: Number(row.tries),
    }))
  },

  async remove(ids) {
    await client.execute({ sql: `DELETE FROM waiting_events WHERE id IN ${THESE}`, args: [listed(ids)] })
  },

  async postpone({ ids, dueAt }) {
    await client.execute({
      sql: `UPDATE waiting_events SET due_at = ? WHERE id IN ${THESE}`,
      args: [iso(dueAt), listed(ids)],
    })
  },

  async setAside({ id, reason, now }) {
    await client.execute({
      sql: 'UPDATE waiting_events SET due_at = NULL, set_aside_at = ?, reason = ? WHERE id = ?',
      args: [iso(now), reason, Number(id)],
    })
  },

  async trimSetAside(most) {
    const { rowsAffected } = await client.execute({
      sql: `DELETE FROM waiting_events WHERE id IN (
              SELECT id FROM waiting_events WHERE set_aside_at IS NOT NULL ORDER BY set_aside_at DESC LIMIT -1 OFFSET ?)`,
      args: [most],
    })
    return rowsAffected
  },

  async retrySetAside({ tries, now }) {
    const { rowsAffected } = await client.execute({
      sql: `UPDATE waiting_events SET due_at = ?, tries = ?, set_aside_at = NULL, reason = NULL
            WHERE set_aside_at IS NOT NULL`,
      args: [iso(now), tries],
    })
    return rowsAffected
  },

  async readLength() {
    // From indexes: the rows are long. The oldest comes by the order of the ids.
    const { rows } = await client.execute(
      `SELECT (SELECT count(*) FROM waiting_events) AS n,
         (SELECT count(*) FROM waiting_events WHERE set_aside_at IS NOT NULL) AS aside,
         (SELECT received_at FROM waiting_events WHERE +set_aside_at IS NULL ORDER BY id LIMIT 1) AS oldest`,
    )
    const [row] = rows
    const setAside = Number(row?.aside)
    return { waiting: Number(row?.n) - setAside, oldestReceivedAt: dateOrNull(row?.oldest), setAside }
  },
})

const THESE = '(SELECT value FROM json_each(?))'

const listed = (ids: readonly string[]): string => JSON.stringify(ids.map(Number))
