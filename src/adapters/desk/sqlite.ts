import type { Client } from '@libsql/client'
import type { SubscriberCounts } from '../../desk/ports.ts'
import { JOINED, LEFT } from '../../desk/consents.ts'
import { iso } from '../store/sqlite/values.ts'

const inList = (kinds: readonly string[]) => `(${kinds.map((kind) => `'${kind}'`).join(', ')})`
const COUNTED = inList([...JOINED, ...LEFT])
const MOVED = `sum(c.kind IN ${inList(JOINED)}) AS joined, sum(c.kind IN ${inList(LEFT)}) AS "left"`

/**
 * Counts on SQLite. What happened in a time is found by the index of the consents, so that only those rows are read: CROSS JOIN
 * keeps the planner from beginning with the topics of a million subscribers (sqlite.org/lang_select.html).
 */
export const sqliteSubscriberCounts = (client: Client): SubscriberCounts => ({
  async countActive() {
    const { rows } = await client.execute(`SELECT count(*) AS n FROM subscribers WHERE status = 'active'`)
    return Number(rows[0]?.n ?? 0)
  },

  async countByDay(days) {
    const { rows } = await client.execute({
      sql: `WITH days (number, "from", "to") AS (VALUES ${days.map((_, index) => `(${index}, ?, ?)`).join(', ')})
        SELECT days.number, ${MOVED} FROM days
        JOIN consents c ON c.at >= days."from" AND c.at < days."to" AND c.kind IN ${COUNTED}
        GROUP BY days.number`,
      args: days.flatMap(({ from, to }) => [iso(from), iso(to)]),
    })
    const found = new Map(rows.map((row) => [Number(row.number), row]))
    return days.map((_, index) => movementOf(found.get(index)))
  },

  async countByTopic(since) {
    const { rows } = await client.execute({
      sql: `SELECT r.topics_id AS topic, ${MOVED} FROM consents c
        CROSS JOIN subscribers_rels r ON r.parent_id = c.subscriber_id AND r.path = 'topics'
        WHERE c.at >= ? AND c.kind IN ${COUNTED}
        GROUP BY r.topics_id`,
      args: [iso(since)],
    })
    return rows.map((row) => ({ topicId: String(row.topic), ...movementOf(row) }))
  },
})

const movementOf = (row: Record<string, unknown> | undefined) => ({
  joined: Number(row?.joined ?? 0),
  left: Number(row?.left ?? 0),
})
