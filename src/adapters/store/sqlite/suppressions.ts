import type { Client, InValue, Row } from '@libsql/client'
import type { SuppressionStore } from '../../../newsletter/eventPorts.ts'
import type { SubscriberStatus, Suppression, SuppressionReason } from '../../../newsletter/model.ts'
import { dateOrNull, iso, placesFor, text, textOrNull } from './values.ts'

export const suppressionOperations = (client: Client): SuppressionStore => ({
  async readSuppressions(addressHashes) {
    const found = new Map<string, Suppression>()
    for (let from = 0; from < addressHashes.length; from += CHUNK) {
      const hashes = addressHashes.slice(from, from + CHUNK)
      const { rows } = await client.execute({
        sql: `SELECT * FROM suppressions WHERE address_hash IN (${placesFor(hashes)})`,
        args: hashes,
      })
      for (const row of rows) found.set(text(row.address_hash), toSuppression(row))
    }
    return found
  },

  async writeSuppression({ addressHash, was, next }) {
    const { rowsAffected } = await client.execute(writeOf({ addressHash, was, next }))
    return rowsAffected === 1
  },

  async findUntoldSuppressions({ limit }) {
    const { rows } = await client.execute({
      sql: `SELECT * FROM suppressions WHERE to_tell_provider IN ('suppress', 'lift') ORDER BY id LIMIT ?`,
      args: [limit],
    })
    return rows.map((row) => ({ addressHash: text(row.address_hash), suppression: toSuppression(row) }))
  },

  async findAddressed(email) {
    const { rows } = await client.execute({
      sql: 'SELECT id, status, consent_at, unsubscribed_at FROM subscribers WHERE email = ?',
      args: [email],
    })
    const row = rows[0]
    return row
      ? {
          id: text(row.id),
          status: text(row.status) as SubscriberStatus,
          consentAt: dateOrNull(row.consent_at),
          unsubscribedAt: dateOrNull(row.unsubscribed_at),
        }
      : null
  },

  async moveAddressed({ email, from, to, now }) {
    const { rowsAffected } = await client.execute({
      sql: `UPDATE subscribers SET status = ?, updated_at = ? WHERE email = ? AND +status IN (${placesFor(from)})`,
      args: [to, iso(now), email, ...from],
    })
    return rowsAffected === 1
  },
})

/** As many variables as SQLite takes in one statement, with room to spare. */
const CHUNK = 500

const COLUMNS = {
  email: ({ email }) => email,
  reason: ({ reason }) => reason,
  detail: ({ detail }) => detail,
  suppressed_at: ({ suppressedAt }) => iso(suppressedAt),
  lifted_at: ({ liftedAt }) => liftedAt && iso(liftedAt),
  lifted_by_id: ({ liftedBy }) => liftedBy && Number(liftedBy),
  lifted_by_name: ({ liftedByName }) => liftedByName,
  lifted_reason: ({ liftedReason }) => liftedReason,
  made_by: ({ madeBy }) => madeBy,
  status_before: ({ statusBefore }) => statusBefore,
  forgiven_at: ({ forgivenAt }) => forgivenAt && iso(forgivenAt),
  to_tell_provider: ({ toTellProvider }) => toTellProvider,
} as const satisfies Record<string, (suppression: Suppression) => InValue>

const names = Object.keys(COLUMNS)
const valuesOf = (suppression: Suppression): InValue[] =>
  Object.values(COLUMNS).map((read: (suppression: Suppression) => InValue) => read(suppression))

/** Whoever writes the row owns it: no import takes it back any more, and what it was before is forgotten. */
const OF_NO_IMPORT = 'import_ref = NULL, import_was = NULL'

/** Of two who write the first row of an address one changes nothing. */
function writeOf({ addressHash, was, next }: Parameters<SuppressionStore['writeSuppression']>[0]) {
  const isAsItWas = `address_hash = ? AND ${names.map((name) => `${name} IS ?`).join(' AND ')}`
  if (was && !next)
    return { sql: `DELETE FROM suppressions WHERE ${isAsItWas}`, args: [addressHash, ...valuesOf(was)] }
  if (was && next)
    return {
      sql: `UPDATE suppressions SET ${names.map((name) => `${name} = ?`).join(', ')}, ${OF_NO_IMPORT} WHERE ${isAsItWas}`,
      args: [...valuesOf(next), addressHash, ...valuesOf(was)],
    }
  return {
    sql: `INSERT INTO suppressions (address_hash, ${names.join(', ')}) SELECT ?, ${placesFor(names)}
          WHERE ${next ? 'true' : 'false'} ON CONFLICT (address_hash) DO NOTHING`,
    args: [addressHash, ...(next ? valuesOf(next) : names.map(() => null))],
  }
}

const toSuppression = (row: Row): Suppression => ({
  email: textOrNull(row.email),
  reason: text(row.reason) as SuppressionReason,
  detail: textOrNull(row.detail),
  suppressedAt: new Date(text(row.suppressed_at)),
  liftedAt: dateOrNull(row.lifted_at),
  liftedBy: textOrNull(row.lifted_by_id),
  liftedByName: textOrNull(row.lifted_by_name),
  liftedReason: textOrNull(row.lifted_reason),
  madeBy: textOrNull(row.made_by) as Suppression['madeBy'],
  statusBefore: textOrNull(row.status_before) as Suppression['statusBefore'],
  forgivenAt: dateOrNull(row.forgiven_at),
  toTellProvider: textOrNull(row.to_tell_provider) as Suppression['toTellProvider'],
})
