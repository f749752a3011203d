import type { Client, Row } from '@libsql/client'
import type { DeliveryStatus } from '../../newsletter/model.ts'
import type { TimelineRow } from '../../people/model.ts'
import type { TimelineSource } from '../../people/ports.ts'
import { continuation } from '../../people/readTimeline.ts'
import { text, textOrNull } from '../store/sqlite/values.ts'

/**
 * By the campaigns, the newest first, since only their index leads to the delivery of one person; CROSS JOIN keeps SQLite to
 * that order, so that it stops when the page is full.
 */
const DELIVERIES = `
  SELECT c.id, c.subject, c.created_at, d.status, d.reason, d.settled_at, d.delivered_at, d.bounced_at, d.complained_at,
         d.failed_at
  FROM campaigns c
  CROSS JOIN deliveries d ON d.campaign_id = c.id AND d.snapshot = c.snapshot AND d.subscriber_ref = :person
  WHERE c.created_at <= :before AND (c.created_at < :before OR c.id < :belowId)
  ORDER BY c.created_at DESC, c.id DESC
  LIMIT :limit`

/** Later than any. */
const END_OF_TIME = '9999'

/** The newsletters to a person on SQLite: each at the time when its campaign was made. */
export const sqliteNewsletters =
  (client: Client): TimelineSource =>
  async ({ person, after, limit }) => {
    const from = after && continuation({ source: 'deliveries', after })
    const { rows } = await client.execute({
      sql: DELIVERIES,
      args: {
        ...{ person: person.id, limit, before: from?.before.toISOString() ?? END_OF_TIME },
        belowId: belowIdOf(from?.ofMoment ?? 'all'),
      },
    })
    return rows.map(toRow)
  }

function belowIdOf(ofMoment: 'none' | 'all' | { belowId: string }): number {
  if (ofMoment === 'all') return Number.MAX_SAFE_INTEGER
  return ofMoment === 'none' ? 0 : Number(ofMoment.belowId)
}

const toRow = (row: Row): TimelineRow => ({
  place: { at: new Date(text(row.created_at)), source: 'deliveries', id: text(row.id) },
  what: 'newsletter',
  campaignId: text(row.id),
  subject: textOrNull(row.subject),
  fate: {
    status: text(row.status) as DeliveryStatus,
    reason: textOrNull(row.reason),
    settledAt: textOrNull(row.settled_at),
    deliveredAt: textOrNull(row.delivered_at),
    bouncedAt: textOrNull(row.bounced_at),
    complainedAt: textOrNull(row.complained_at),
    failedAt: textOrNull(row.failed_at),
  },
})
