import type { Client } from '@libsql/client'
import type {
  FrozenMail,
  SubscriberStatus,
  SuppressionReason,
  TransactionalMailKind,
} from '../../../newsletter/model.ts'
import type { Store } from '../../../newsletter/ports.ts'
import { REQUEUED_FROM } from '../../../newsletter/rules/transitions.ts'
import { durably } from '../../database/durably.ts'
import { dateOrNull, iso, json, later, NO_LEASE, text, textOrNull } from './values.ts'

type TransactionalOperations = Pick<
  Store,
  | 'claimTransactionalMail'
  | 'callTransactionalMail'
  | 'settleTransactionalMail'
  | 'releaseTransactionalMail'
  | 'readAddressee'
  | 'holdTransactionalMails'
  | 'requeueTransactionalMail'
>

export const transactionalOperations = (client: Client): TransactionalOperations => ({
  async claimTransactionalMail({ now, lease }) {
    const { rows } = await client.execute({
      sql: `UPDATE transactional_mails SET lease_token = ?1, lease_until = ?2, attempts = attempts + 1
            WHERE id = (SELECT id FROM transactional_mails WHERE status = 'pending' AND due_at <= ?3 AND ${IS_FREE}
                        ORDER BY due_at, id LIMIT 1)
            RETURNING id, kind, mail, valid_until, idempotency_key, attempts, called_with, in_doubt_since,
              problem_since`,
      args: [lease.token, later(now, lease.ms), iso(now)],
    })
    const row = rows[0]
    if (!row) return null
    return {
      id: text(row.id),
      kind: text(row.kind) as TransactionalMailKind,
      mail: json<FrozenMail>(row.mail),
      validUntil: dateOrNull(row.valid_until),
      idempotencyKey: text(row.idempotency_key),
      attempts: Number(row.attempts) - 1,
      calledWith: textOrNull(row.called_with),
      inDoubtSince: dateOrNull(row.in_doubt_since),
      problemSince: dateOrNull(row.problem_since),
    }
  },

  async callTransactionalMail({ claimed, token, callWith, now }) {
    const { rowsAffected } = await durably(client, () =>
      client.execute({
        sql: `UPDATE transactional_mails SET called_with = iif(in_doubt_since IS NULL, ?, called_with),
                in_doubt_since = coalesce(in_doubt_since, ?) WHERE ${IS_HELD}`,
        args: [callWith, iso(now), Number(claimed.id), token],
      }),
    )
    return rowsAffected === 1
  },

  async settleTransactionalMail({ id, token, result, now }) {
    const facts = { reason: null, detail: null, providerId: null, ...result }
    const { rowsAffected } = await client.execute({
      sql: `UPDATE transactional_mails SET status = ?, reason = ?, detail = ?, provider_id = ?, settled_at = ?,
              problem_since = NULL, ${NO_LEASE} WHERE ${IS_HELD}`,
      args: [facts.status, facts.reason, facts.detail, facts.providerId, iso(now), Number(id), token],
    })
    return rowsAffected === 1
  },

  async releaseTransactionalMail({ claimed, token, dueAt, newKey, problem, now }) {
    const { rowsAffected } = await client.execute({
      sql: `UPDATE transactional_mails SET due_at = ?, reason = ?, detail = ?, problem_since = coalesce(problem_since, ?),
              ${NO_LEASE} ${newKey === null ? '' : `, idempotency_key = ?, ${NO_DOUBT}`} WHERE ${IS_HELD}`,
      args: [
        ...[iso(dueAt), problem.code, problem.message, iso(now)],
        ...(newKey === null ? [] : [newKey]),
        ...[Number(claimed.id), token],
      ],
    })
    return rowsAffected === 1
  },

  async readAddressee({ email, addressHash }) {
    const { rows } = await client.execute({
      sql: `SELECT (SELECT reason FROM suppressions WHERE address_hash = ? AND lifted_at IS NULL) AS suppression,
              (SELECT status FROM subscribers WHERE email = ?) AS subscriber`,
      args: [addressHash, email],
    })
    return {
      suppression: textOrNull(rows[0]?.suppression) as SuppressionReason | null,
      subscriber: textOrNull(rows[0]?.subscriber) as SubscriberStatus | null,
    }
  },

  async holdTransactionalMails({ until, unlessTakenSince, now }) {
    await client.execute({
      sql: `UPDATE transactional_mails SET due_at = ?1 WHERE status = 'pending' AND due_at < ?1
              AND (lease_until IS NULL OR lease_until <= ?2)
              AND NOT EXISTS (SELECT 1 FROM transactional_mails WHERE status = 'submitted' AND due_at > ?3)`,
      args: [iso(until), iso(now), unlessTakenSince && iso(unlessTakenSince)],
    })
  },

  async requeueTransactionalMail({ id, newKey, now }) {
    const { rowsAffected } = await client.execute({
      sql: `UPDATE transactional_mails SET status = 'pending', due_at = ?, idempotency_key = ?, reason = NULL,
              detail = NULL, provider_id = NULL, settled_at = NULL, problem_since = NULL, ${NO_DOUBT}
            WHERE id = ? AND status IN (${IS_REQUEUED}) AND mail IS NOT NULL`,
      args: [iso(now), newKey, Number(id)],
    })
    return rowsAffected === 1
  },
})

const IS_FREE = '(lease_until IS NULL OR lease_until <= ?3)'

/** The mail named is still the caller's: its id, the token. */
const IS_HELD = `id = ? AND lease_token = ? AND status = 'pending'`

const NO_DOUBT = 'in_doubt_since = NULL, called_with = NULL'

const IS_REQUEUED = REQUEUED_FROM.map((status) => `'${status}'`).join(', ')
