import { ObjectId } from 'mongodb'
import type { ClaimedMail } from '../../../newsletter/model.ts'
import type { Store } from '../../../newsletter/ports.ts'
import { REQUEUED_FROM } from '../../../newsletter/rules/transitions.ts'
import type { Collections, TransactionalMailDocument } from './collections.ts'
import { isFreeAt, later, NO_LEASE } from './values.ts'

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
  transactionalMails: mails,
  suppressions,
  subscribers,
}: Pick<Collections, 'transactionalMails' | 'suppressions' | 'subscribers'>): TransactionalOperations => ({
  async claimTransactionalMail({ now, lease }) {
    const found = await mails.findOneAndUpdate(
      { status: 'pending', dueAt: { $lte: now }, ...isFreeAt(now) },
      { $set: { leaseToken: lease.token, leaseUntil: later(now, lease.ms) }, $inc: { attempts: 1 } },
      { sort: { dueAt: 1, _id: 1 }, returnDocument: 'after' },
    )
    return found && toClaimedMail(found)
  },

  async callTransactionalMail({ claimed, token, callWith, now }) {
    // What is known of earlier calls does not change while it is held.
    const { inDoubtSince, calledWith } = claimed
    const doubt =
      inDoubtSince === null ? { inDoubtSince: now, calledWith: callWith } : { inDoubtSince, calledWith }
    const { matchedCount } = await mails.updateOne(heldBy(claimed.id, token), { $set: doubt })
    return matchedCount === 1
  },

  async settleTransactionalMail({ id, token, result, now }) {
    const { matchedCount } = await mails.updateOne(heldBy(id, token), {
      $set: { ...NO_OUTCOME, ...result, settledAt: now, problemSince: null, ...NO_LEASE },
    })
    return matchedCount === 1
  },

  async releaseTransactionalMail({ claimed, token, dueAt, newKey, problem, now }) {
    const { matchedCount } = await mails.updateOne(heldBy(claimed.id, token), {
      $set: {
        ...{ dueAt, reason: problem.code, detail: problem.message },
        problemSince: claimed.problemSince ?? now,
        ...NO_LEASE,
        ...(newKey !== null && { idempotencyKey: newKey, ...NO_DOUBT }),
      },
    })
    return matchedCount === 1
  },

  async readAddressee({ email, addressHash }) {
    const [suppressed, subscriber] = await Promise.all([
      suppressions.findOne({ addressHash, liftedAt: null }, { projection: { reason: 1 } }),
      subscribers.findOne({ email }, { projection: { status: 1 } }),
    ])
    return { suppression: suppressed?.reason ?? null, subscriber: subscriber?.status ?? null }
  },

  async holdTransactionalMails({ until, unlessTakenSince, now }) {
    if (unlessTakenSince !== null) {
      const isTaken = { status: 'submitted', dueAt: { $gt: unlessTakenSince } } as const
      if (await mails.findOne(isTaken, { projection: { _id: 1 } })) return
    }
    await mails.updateMany(
      { status: 'pending', dueAt: { $lt: until }, ...isFreeAt(now) },
      { $set: { dueAt: until } },
    )
  },

  async requeueTransactionalMail({ id, newKey, now }) {
    const { matchedCount } = await mails.updateOne(
      { _id: new ObjectId(id), status: { $in: [...REQUEUED_FROM] }, mail: { $ne: null } },
      {
        $set: {
          ...NO_OUTCOME,
          ...NO_DOUBT,
          ...{ status: 'pending', dueAt: now, idempotencyKey: newKey, settledAt: null, problemSince: null },
        },
      },
    )
    return matchedCount === 1
  },
})

const NO_OUTCOME = { reason: null, detail: null, providerId: null }

const NO_DOUBT = { inDoubtSince: null, calledWith: null }

/** The mail named is still the caller's. */
const heldBy = (id: string, token: string) => ({
  _id: new ObjectId(id),
  leaseToken: token,
  status: 'pending' as const,
})

const toClaimedMail = (row: TransactionalMailDocument): ClaimedMail => ({
  id: row._id.toHexString(),
  kind: row.kind,
  mail: row.mail ?? null,
  validUntil: row.validUntil ?? null,
  idempotencyKey: row.idempotencyKey,
  attempts: row.attempts - 1,
  calledWith: row.calledWith ?? null,
  inDoubtSince: row.inDoubtSince ?? null,
  problemSince: row.problemSince ?? null,
})
