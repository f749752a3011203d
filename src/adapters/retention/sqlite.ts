import type { Client, InStatement } from '@libsql/client'
import type { OldRows, Portion } from '../../retention/ports.ts'
import { ERASED_DELIVERY } from '../store/sqlite/erasedDelivery.ts'
import { dateOrNull, iso, later } from '../store/sqlite/values.ts'

/** Old rows on SQLite: a statement or one transaction for each portion. */
export const sqliteOldRows = (client: Client): OldRows => {
  const change = async (sql: string, args: (string | number)[]) =>
    (await client.execute({ sql, args })).rowsAffected
  return {
    claimSweep: async ({ since, now, lease }) =>
      (await change(CLAIM, [lease.token, later(now, lease.ms), iso(since), iso(now)])) > 0,
    endSweep: async ({ token, now }) => void (await change(END, [iso(now), token])),
    async lastSweptAt() {
      const { rows } = await client.execute(`SELECT ended_at FROM sweeps WHERE name = '${NAME}'`)
      return dateOrNull(rows[0]?.ended_at)
    },

    removeProviderEvents: ({ before, limit }) =>
      change(oldest({ table: 'provider_events', where: 'received_at < ?1' }), [iso(before), limit]),
    removeSetAsideEvents: ({ before, limit }) =>
      change(oldest({ table: 'waiting_events', where: 'set_aside_at < ?1' }), [iso(before), limit]),
    eraseDeliveries: (portion) => eraseDeliveries(client, portion),
    removeWaitingSubscribers: ({ before, limit }) =>
      changeAll(client, WAITING, { before: iso(before), limit }),
    removeContactMessages: ({ before, limit }) => changeAll(client, MESSAGES, { before: iso(before), limit }),
    removeMailBodies: ({ before, limit }) => change(FORGET_BODIES, [iso(before), limit]),
    removeTransactionalMails: ({ before, limit }) =>
      change(oldest({ table: 'transactional_mails', where: IS_SETTLED }), [iso(before), limit]),
    removeRateLimits: ({ before, limit }) =>
      change(oldest({ table: 'rate_limits', where: 'expire < ?1' }), [before.getTime(), limit]),
    forgetImports: ({ before, limit }) => change(FORGET_IMPORTS, [iso(before), limit]),
    removeBlankDrafts: ({ before, limit }) => changeAll(client, BLANK_DRAFTS, { before: iso(before), limit }),
  }
}

const NAME = 'nightly'

const CLAIM = `INSERT INTO sweeps (name, lease_token, lease_until) VALUES ('${NAME}', ?1, ?2)
  ON CONFLICT (name) DO UPDATE SET lease_token = ?1, lease_until = ?2
  WHERE (ended_at IS NULL OR ended_at < ?3) AND (lease_until IS NULL OR lease_until <= ?4 OR lease_token = ?1)`

const END = `UPDATE sweeps SET ended_at = ?1, lease_token = NULL, lease_until = NULL
  WHERE name = '${NAME}' AND lease_token = ?2`

const oldest = ({ table, where }: { table: string; where: string }) =>
  `DELETE FROM ${table} WHERE id IN (SELECT id FROM ${table} WHERE ${where} LIMIT ?2)`

const IS_SETTLED = `status <> 'pending' AND settled_at < ?1`

const FORGET_BODIES = `UPDATE transactional_mails SET mail = NULL
  WHERE id IN (SELECT id FROM transactional_mails WHERE ${IS_SETTLED} AND mail IS NOT NULL LIMIT ?2)`

/** By the imports that can be taken back, which are few. */
const FORGET_IMPORTS = `UPDATE suppressions SET import_ref = NULL, import_was = NULL
  WHERE id IN (SELECT id FROM suppressions WHERE import_ref IS NOT NULL AND import_ref NOT IN (
      SELECT CAST(id AS TEXT) FROM imports
      WHERE started_at >= ?1 OR (undo_asked_at IS NOT NULL AND undone_at IS NULL)) LIMIT ?2)`

/** In one transaction; the first statement fixes by its condition what the portion is, the last one says how many. */
async function changeAll(
  client: Client,
  statements: readonly string[],
  args: { before: string; limit: number },
): Promise<number> {
  const results = await client.batch(
    statements.map((sql): InStatement => ({ sql, args })),
    'write',
  )
  return results.at(-1)?.rowsAffected ?? 0
}

/** An earlier version, or a file, may not have said when they asked. */
const WAITING_IDS = `SELECT id FROM subscribers
  WHERE status = 'pending' AND coalesce(asked_at, created_at) < :before ORDER BY id LIMIT :limit`

/** A topic that they chose goes with them (subscribers_rels: ON DELETE CASCADE). */
const WAITING = [
  `DELETE FROM consents WHERE subscriber_id IN (${WAITING_IDS})`,
  `DELETE FROM transactional_mails WHERE subscriber_id IN (${WAITING_IDS})`,
  `DELETE FROM subscribers WHERE id IN (${WAITING_IDS})`,
]

const MESSAGE_IDS = `SELECT m.id FROM contact_messages m WHERE m.created_at < :before AND NOT EXISTS (
    SELECT 1 FROM transactional_mails t WHERE t.contact_message_id = m.id AND t.status = 'pending')
  ORDER BY m.created_at LIMIT :limit`

/** The mails first: they are the message's for as long as it is there. */
const MESSAGES = [
  `DELETE FROM transactional_mails WHERE contact_message_id IN (${MESSAGE_IDS})`,
  `DELETE FROM contact_messages WHERE id IN (${MESSAGE_IDS})`,
]

/** A draft's own row keeps what "Create new" wrote; what is saved later stands in the versions alone. */
const BLANK_DRAFT_IDS = `SELECT a.id FROM articles a
  WHERE a._status = 'draft' AND a.is_blank = 1 AND a.updated_at < :before AND NOT EXISTS (
    SELECT 1 FROM _articles_v v WHERE v.parent_id = a.id AND (v.version_is_blank = 0 OR v.updated_at >= :before))
  ORDER BY a.id LIMIT :limit`

const BLANK_DRAFTS = [
  `DELETE FROM _articles_v WHERE parent_id IN (${BLANK_DRAFT_IDS})`,
  `DELETE FROM articles WHERE id IN (${BLANK_DRAFT_IDS})`,
]

/** In one transaction: a batch that staff reopen at this moment is either erased before or left alone. */
async function eraseDeliveries(client: Client, { before, limit }: Portion): Promise<number> {
  const found = await client.execute({
    sql: `SELECT id FROM batches WHERE status = 'settled' AND erased_at IS NULL AND settled_at < ? LIMIT ?`,
    args: [iso(before), limit],
  })
  if (found.rows.length === 0) return 0
  const args = { ids: JSON.stringify(found.rows.map(({ id }) => Number(id))), at: iso(before) }
  const [, marked] = await client.batch(
    [
      { sql: ERASE, args: { ids: args.ids } },
      { sql: MARK, args },
    ],
    'write',
  )
  return marked?.rowsAffected ?? 0
}

/** CROSS JOIN: from the few batches to their rows. */
const ERASE = `UPDATE deliveries SET ${ERASED_DELIVERY}
  WHERE status <> 'pending' AND id IN (
    SELECT d.id FROM json_each(:ids) j CROSS JOIN batches b ON b.id = j.value AND b.status = 'settled'
    CROSS JOIN deliveries d ON d.campaign_id = b.campaign_id AND d.snapshot = b.snapshot AND d.batch_number = b.number)`

const MARK = `UPDATE batches SET erased_at = :at
  WHERE status = 'settled' AND id IN (SELECT value FROM json_each(:ids))`
