import type { Payload, PayloadRequest, Where } from 'payload'
import { toDocumentId } from '../../content/toDocumentId.ts'
import type { Id, Locale } from '../../newsletter/model.ts'
import { NOTHING_PASSED, overrideRow } from '../articles/campaignOfArticle.ts'
import { CHANGEABLE_STATUSES, type ClaimedPlan, type NewPlan, type PlanAction } from '../../plans/model.ts'
import type { PlanBook, Plans } from '../../plans/ports.ts'
import { hasTransaction } from '../../saving/hasTransaction.ts'

type DocumentId = string | number
type Time = string | Date | null | undefined

/** A row as Payload's database adapter gives it. */
interface PlanRow {
  id: DocumentId
  article: DocumentId
  action: PlanAction
  channels?: ClaimedPlan['channels'] | undefined
  version?: string | null
  locale: Locale
  dueAt: string | Date
  plannedBy?: DocumentId | null
  startedAt?: Time
  tries?: number | null
  keptVersion?: string | null
  override?: {
    checks?: string[] | null
    reason?: string | null
    by?: DocumentId | null
    at?: Time
  } | null
}

const NO_LEASE = { leaseToken: null, leaseUntil: null }
const NO_PROBLEM = { problem: { code: null, message: null } }
/** What a plan has before its first try. Which text is the newest stays: a try that was cut off may not have brought it back. */
const NOT_BEGUN = { startedAt: null, tries: 0, retryAt: null, ...NO_LEASE, ...NO_PROBLEM }

/** What an article holds while a plan of it is open, so that it has no other for the same action: see Plans.slot. */
const slotOf = ({ articleId, action }: Pick<NewPlan, 'articleId' | 'action'>): string =>
  `${articleId}:${action}`
const freedSlot = (id: DocumentId): string => `ended:${id}`

export const payloadPlans = (payload: Payload): Plans => {
  const ofTry = ({ id, token }: { id: Id; token: string }): Where => ({
    and: [
      { id: { equals: idOf(payload, id) } },
      { status: { equals: 'running' } },
      { leaseToken: { equals: token } },
    ],
  })
  const update = (where: Where, data: object) => updatePlan({ payload }, where, data)
  return {
    async claimDue({ now, token, leaseUntil }) {
      const due = isDue(now)
      const { docs } = await payload.db.find<PlanRow>({
        collection: 'plans',
        where: due,
        sort: 'dueAt',
        limit: 1,
        pagination: false,
      })
      const [found] = docs
      if (!found) return null
      const claimed = await update(
        { and: [{ id: { equals: found.id } }, due] },
        {
          status: 'running',
          startedAt: found.startedAt ?? now.toISOString(),
          tries: (found.tries ?? 0) + 1,
          leaseToken: token,
          leaseUntil: leaseUntil.toISOString(),
        },
      )
      return claimed && toClaimed(claimed, token)
    },

    async isHeld(plan) {
      return (await payload.db.findOne<PlanRow>({ collection: 'plans', where: ofTry(plan) })) !== null
    },

    async keep({ version, ...plan }) {
      await update(ofTry(plan), { keptVersion: version })
    },

    async finish({ now, ...plan }) {
      await update(ofTry(plan), {
        status: 'done',
        slot: freedSlot(plan.id),
        endedAt: now.toISOString(),
        ...NO_LEASE,
      })
    },

    async retry({ retryAt, ...plan }) {
      await update(ofTry(plan), { status: 'waiting', retryAt: retryAt.toISOString(), ...NO_LEASE })
    },

    async ask({ status, problem: { code, message }, ...plan }) {
      await update(ofTry(plan), { status, problem: { code, message }, ...NO_LEASE })
    },
  }
}

const isDue = (now: Date): Where => {
  const at = now.toISOString()
  return {
    or: [
      {
        and: [
          { status: { equals: 'waiting' } },
          { dueAt: { less_than_equal: at } },
          { or: [{ retryAt: { exists: false } }, { retryAt: { less_than_equal: at } }] },
        ],
      },
      { and: [{ status: { equals: 'running' } }, { leaseUntil: { less_than: at } }] },
    ],
  }
}

/** @param options.req the request that plans: what is written belongs to its transaction, where there is one. */
export const payloadPlanBook = ({ payload, req }: { payload: Payload; req?: PayloadRequest }): PlanBook => {
  const findOpen: PlanBook['findOpen'] = async (of) => {
    const row = await payload.db.findOne<PlanRow>({
      collection: 'plans',
      where: { slot: { equals: slotOf(of) } },
      ...(req && { req }),
    })
    return row ? String(row.id) : null
  }
  /** No worker is at it: none has claimed it, or the one that has is gone. */
  const changeable = (which: Where, now: Date): Where => ({
    and: [
      which,
      {
        or: [
          { status: { in: [...CHANGEABLE_STATUSES] } },
          { and: [{ status: { equals: 'running' } }, { leaseUntil: { less_than: now.toISOString() } }] },
        ],
      },
    ],
  })
  const byRow = (by: Id | null) => (by === null ? null : idOf(payload, by))
  const cancel = async (where: Where, { by, now }: { by: Id | null; now: Date }): Promise<boolean> => {
    const row = await payload.db.findOne<PlanRow>({ collection: 'plans', where })
    if (!row) return false
    const cancelled = await updatePlan(
      { payload, req },
      { and: [{ id: { equals: row.id } }, where] },
      {
        status: 'cancelled',
        slot: freedSlot(row.id),
        endedAt: now.toISOString(),
        endedBy: byRow(by),
        ...NO_LEASE,
      },
    )
    return cancelled !== null
  }
  return {
    findOpen,

    async create({ articleId, action, channels, version, locale, dueAt, override, by }) {
      const isInTransaction = await hasTransaction({ db: payload.db, req })
      try {
        const { id } = await payload.create({
          collection: 'plans',
          data: {
            article: idOf(payload, articleId) as number,
            ...{ action, channels, version, locale, dueAt: dueAt.toISOString() },
            ...(override && { override: overrideRow(payload, override) }),
            plannedBy: byRow(by) as number,
            status: 'waiting',
            slot: slotOf({ articleId, action }),
          },
          depth: 0,
          overrideAccess: true,
          ...(req && { req }),
        })
        return String(id)
      } catch (error) {
        // Two at once: the unique index let the other one in. A transaction has ended with the error.
        if (!isInTransaction && (await findOpen({ articleId, action }))) return null
        throw error
      }
    },

    async change({ id, dueAt, text, by, now }) {
      const where = changeable({ id: { equals: idOf(payload, id) } }, now)
      const changed = await updatePlan({ payload, req }, where, {
        ...{ status: 'waiting', ...NOT_BEGUN },
        ...(dueAt && { dueAt: dueAt.toISOString() }),
        // What was passed for another text is not passed for this one.
        ...(text && {
          version: text.version,
          override: text.override ? overrideRow(payload, text.override) : NOTHING_PASSED,
        }),
        ...{ plannedBy: byRow(by), updatedAt: now.toISOString() },
      })
      return changed !== null
    },

    cancel: ({ id, ...of }) => cancel(changeable({ id: { equals: idOf(payload, id) } }, of.now), of),

    async cancelOf({ articleId, action, ...of }) {
      await cancel({ slot: { equals: slotOf({ articleId, action }) } }, of)
    },

    async forget(articleId) {
      await payload.db.deleteMany({
        collection: 'plans',
        where: { article: { equals: idOf(payload, articleId) } },
        ...(req && { req }),
      })
    },
  }
}

/** One conditional write. @returns the row as it is then; null when the condition did not hold. */
const updatePlan = (
  { payload, req }: { payload: Payload; req?: PayloadRequest | undefined },
  where: Where,
  data: object,
): Promise<PlanRow | null> =>
  payload.db.updateOne({
    collection: 'plans',
    where,
    data: { updatedAt: new Date().toISOString(), ...data },
    ...(req && { req }),
  }) as Promise<unknown> as Promise<PlanRow | null>

const idOf = (payload: Payload, text: Id): DocumentId => toDocumentId({ payload, text }) ?? text

function toClaimed(row: PlanRow, token: string): ClaimedPlan {
  const { article, action, channels, version, locale, dueAt, override } = row
  const { plannedBy, startedAt, tries, keptVersion } = row
  return {
    id: String(row.id),
    token,
    articleId: String(article),
    by: plannedBy ? String(plannedBy) : null,
    action,
    channels: channels ?? null,
    version: version ?? null,
    locale,
    dueAt: new Date(dueAt),
    startedAt: new Date(startedAt ?? dueAt),
    tries: tries ?? 0,
    keptVersion: keptVersion ?? null,
    override: override?.checks?.length
      ? {
          checks: override.checks,
          reason: override.reason ?? '',
          by: String(override.by),
          at: new Date(override.at ?? dueAt),
        }
      : null,
  }
}
