import type { Store } from '../../../newsletter/ports.ts'
import type { Collections } from './collections.ts'
import { isFreeAt, later, NO_SNAPSHOT, upsert } from './values.ts'

const A_DAY_MS = 86_400_000

type Rows = Pick<Collections, 'campaigns' | 'batches' | 'workers'>

export const pulseOperations = (rows: Rows): Pick<Store, 'beat' | 'readPulse'> => ({
  async beat({ worker, mailer, startedAt, now }) {
    const { workers } = rows
    const facts = { mailer, startedAt, seenAt: now }
    await upsert(() => workers.updateOne({ worker }, { $set: facts }, { upsert: true }))
    await workers.deleteMany({ seenAt: { $lt: later(now, -A_DAY_MS) } })
  },

  async readPulse({ now }) {
    const [seenLast, dueToPrepare, dueToSend] = await Promise.all([
      rows.workers.findOne({}, { sort: { seenAt: -1 }, projection: { seenAt: 1 } }),
      firstToPrepare(rows, now),
      batchesDue(rows, now),
    ])
    const due = [...(dueToPrepare ? [dueToPrepare] : []), ...dueToSend].sort(
      (a, b) => a.getTime() - b.getTime(),
    )
    return { workerSeenAt: seenLast?.seenAt ?? null, oldestDueAt: due[0] ?? null }
  },
})

async function firstToPrepare({ campaigns }: Rows, now: Date): Promise<Date | null> {
  const found = await campaigns.findOne(
    { status: { $in: ['scheduled', 'preparing'] }, dueAt: { $lte: now }, ...isFreeAt(now) },
    { sort: { dueAt: 1 }, projection: { dueAt: 1 } },
  )
  return found?.dueAt ?? null
}

/** Of each campaign the first batch that nobody has; it cannot be due before its campaign is. */
async function batchesDue({ campaigns, batches }: Rows, now: Date): Promise<Date[]> {
  const open = await campaigns
    .find({ status: 'submitting', dueAt: { $lte: now } }, { projection: { snapshot: 1, dueAt: 1 } })
    .toArray()
  const due = await Promise.all(
    open.map(async ({ _id, snapshot, dueAt }) => {
      const first = await batches.findOne(
        {
          campaign: _id,
          snapshot: snapshot ?? NO_SNAPSHOT,
          status: 'pending',
          dueAt: { $lte: now },
          ...isFreeAt(now),
        },
        { sort: { dueAt: 1 }, projection: { dueAt: 1 } },
      )
      return first ? [first.dueAt > dueAt ? first.dueAt : dueAt] : []
    }),
  )
  return due.flat()
}
