import { REMAILED_STATUSES } from '../../../newsletter/model.ts'
import type { Store } from '../../../newsletter/ports.ts'
import type { Collections } from './collections.ts'
import { hasUnsettledBatch, ofCanary } from './finishing.ts'
import { IS_MAILED, isFreeAt, later, NO_SNAPSHOT, upsert } from './values.ts'

const A_DAY_MS = 86_400_000

type Rows = Pick<Collections, 'campaigns' | 'batches' | 'transactionalMails' | 'waitingEvents' | 'workers'>

export const pulseOperations = (rows: Rows): Pick<Store, 'beat' | 'readPulse'> => ({
  async beat({ worker, mailer, startedAt, now }) {
    const { workers } = rows
    const facts = { mailer, startedAt, seenAt: now }
    await upsert(() => workers.updateOne({ worker }, { $set: facts }, { upsert: true }))
    await workers.deleteMany({ seenAt: { $lt: later(now, -A_DAY_MS) } })
  },

  async readPulse({ now }) {
    const [seenLast, dueEvent, dueMail, dueToPrepare, dueToSend, dueToClose] = await Promise.all([
      rows.workers.findOne({}, { sort: { seenAt: -1 }, projection: { seenAt: 1 } }),
      firstEvent(rows, now),
      firstMail(rows, now),
      firstToPrepare(rows, now),
      batchesDue(rows, now),
      firstToClose(rows),
    ])
    const due = [dueEvent, dueMail, dueToPrepare, dueToClose, ...dueToSend]
      .flatMap((date) => date ?? [])
      .sort((a, b) => a.getTime() - b.getTime())
    return { workerSeenAt: seenLast?.seenAt ?? null, oldestDueAt: due[0] ?? null }
  },
})

async function firstEvent({ waitingEvents }: Rows, now: Date): Promise<Date | null> {
  const isDue = { tries: 0, dueAt: { $lte: now } }
  const found = await waitingEvents.findOne(isDue, { sort: { dueAt: 1 }, projection: { dueAt: 1 } })
  return found?.dueAt ?? null
}

async function firstMail({ transactionalMails }: Rows, now: Date): Promise<Date | null> {
  const found = await transactionalMails.findOne(
    { status: 'pending', dueAt: { $lte: now }, ...isFreeAt(now) },
    { sort: { dueAt: 1 }, projection: { dueAt: 1 } },
  )
  return found?.dueAt ?? null
}

async function firstToPrepare({ campaigns }: Rows, now: Date): Promise<Date | null> {
  const found = await campaigns.findOne(
    { status: { $in: ['holding', 'scheduled', 'preparing'] }, dueAt: { $lte: now }, ...isFreeAt(now) },
    { sort: { dueAt: 1 }, projection: { dueAt: 1 } },
  )
  return found?.dueAt ?? null
}

/** Cancelled, and not every recipient has that reason yet; or staff asked for somebody to be mailed again. */
async function firstToClose({ campaigns }: Rows): Promise<Date | null> {
  // The few that there are: a sort would be one in memory.
  const found = await campaigns
    .find(
      {
        $or: [
          { status: 'cancelled', finishedAt: null },
          { status: 'submitting', remailing: { $in: [...REMAILED_STATUSES] } },
        ],
      },
      { projection: { movedAt: 1, updatedAt: 1 } },
    )
    .toArray()
  const since = found.flatMap(({ movedAt, updatedAt }) => movedAt ?? updatedAt ?? [])
  return since.sort((a, b) => a.getTime() - b.getTime())[0] ?? null
}

/** Of each campaign the first batch that nobody has, or since when it waits to be finished, or its canary to be judged. */
async function batchesDue({ campaigns, batches }: Rows, now: Date): Promise<Date[]> {
  const open = await campaigns
    .find(
      { ...IS_MAILED, dueAt: { $lte: now } },
      { projection: { snapshot: 1, dueAt: 1, movedAt: 1, status: 1, canary: 1 } },
    )
    .toArray()
  const due = await Promise.all(
    open.map(async ({ _id: campaign, snapshot: named, dueAt, movedAt, status, canary }) => {
      const waitsUntil = status === 'canary' ? canary?.waitsUntil : null
      if (waitsUntil) return waitsUntil <= now ? [waitsUntil] : []
      const snapshot = named ?? NO_SNAPSHOT
      const only = ofCanary({ status, canary })
      if (!(await hasUnsettledBatch({ batches, campaign, snapshot, only }))) return [movedAt ?? dueAt]
      const first = await batches.findOne(
        {
          campaign,
          snapshot,
          status: 'pending',
          dueAt: { $lte: now },
          ...only,
          ...isFreeAt(now),
        },
        { sort: { dueAt: 1 }, projection: { dueAt: 1 } },
      )
      // It cannot be due before its campaign is.
      return first ? [first.dueAt > dueAt ? first.dueAt : dueAt] : []
    }),
  )
  return due.flat()
}
