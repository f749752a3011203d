import type { Id } from '../../../newsletter/model.ts'
import type { Store } from '../../../newsletter/ports.ts'
import { REQUEUED_FROM } from '../../../newsletter/rules/transitions.ts'
import {
  firstDue,
  isFreeAt,
  leaseFrom,
  NO_LEASE,
  write,
  type Rows,
  type TransactionalMailRow,
} from './rows.ts'

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

export const transactionalOperations = ({
  transactionalMails: rows,
  suppressions,
  subscribers,
}: Rows): TransactionalOperations => {
  const held = (id: Id, token: string) =>
    rows.find((row) => row.id === id && row.leaseToken === token && row.status === 'pending')
  return {
    async claimTransactionalMail({ now, lease }) {
      const row = firstDue(rows.filter((candidate) => isMailDue(candidate, now)))
      if (!row) return null
      const { id, kind, mail, validUntil, idempotencyKey, attempts } = row
      const { calledWith, inDoubtSince, problemSince } = row
      write(row, { ...leaseFrom({ now, lease }), attempts: attempts + 1 })
      return {
        ...{ id, kind, mail, validUntil, idempotencyKey, attempts },
        ...{ calledWith, inDoubtSince, problemSince },
      }
    },

    async callTransactionalMail({ claimed, token, callWith, now }) {
      const row = held(claimed.id, token)
      return write(row, row?.inDoubtSince === null ? { inDoubtSince: now, calledWith: callWith } : {})
    },

    async settleTransactionalMail({ id, token, result, now }) {
      return write(held(id, token), {
        ...NO_OUTCOME,
        ...result,
        settledAt: now,
        problemSince: null,
        ...NO_LEASE,
      })
    },

    async releaseTransactionalMail({ claimed, token, dueAt, newKey, problem, now }) {
      return write(held(claimed.id, token), {
        ...{ dueAt, reason: problem.code, detail: problem.message },
        problemSince: claimed.problemSince ?? now,
        ...NO_LEASE,
        ...(newKey !== null && { idempotencyKey: newKey, ...NO_DOUBT }),
      })
    },

    async readAddressee({ email, addressHash }) {
      const suppressed = suppressions.find((row) => row.addressHash === addressHash && row.liftedAt === null)
      return {
        suppression: suppressed?.reason ?? null,
        subscriber: subscribers.find((row) => row.email === email)?.status ?? null,
      }
    },

    async holdTransactionalMails({ until, unlessTakenSince, now }) {
      const isTaken = ({ status, dueAt }: TransactionalMailRow) =>
        unlessTakenSince !== null && status === 'submitted' && dueAt > unlessTakenSince
      if (rows.some(isTaken)) return
      for (const row of rows)
        if (row.status === 'pending' && row.dueAt < until && isFreeAt(row, now)) row.dueAt = until
    },

    async requeueTransactionalMail({ id, newKey, now }) {
      const row = rows.find((candidate) => candidate.id === id && candidate.mail !== null)
      const mayMove = REQUEUED_FROM.some((status) => status === row?.status)
      return write(mayMove ? row : undefined, {
        ...NO_OUTCOME,
        ...NO_DOUBT,
        ...{ status: 'pending', dueAt: now, idempotencyKey: newKey, settledAt: null, problemSince: null },
      })
    },
  }
}

/** Whether it waits for a worker, and nobody has it. */
export const isMailDue = (row: TransactionalMailRow, now: Date): boolean =>
  row.status === 'pending' && row.dueAt <= now && isFreeAt(row, now)

const NO_OUTCOME = { reason: null, detail: null, providerId: null }

const NO_DOUBT = { inDoubtSince: null, calledWith: null }
