import type { Store } from '../../../newsletter/ports.ts'
import { hasUnsettledCanary } from './canaries.ts'
import {
  hasUnsettledBatch,
  isFreeAt,
  isMailing,
  isOf,
  isOpenFor,
  type CampaignRow,
  type Rows,
} from './rows.ts'
import { isMailDue } from './transactional.ts'

const A_DAY_MS = 86_400_000

export const pulseOperations = (rows: Rows): Pick<Store, 'beat' | 'readPulse'> => ({
  async beat({ worker, mailer, startedAt, now }) {
    const isKept = (row: { worker: string; seenAt: Date }) =>
      row.worker !== worker && now.getTime() - row.seenAt.getTime() <= A_DAY_MS
    rows.workers.splice(0, Infinity, ...rows.workers.filter(isKept), {
      worker,
      mailer,
      startedAt,
      seenAt: now,
    })
  },

  async readPulse({ now }) {
    return {
      workerSeenAt: extreme(
        rows.workers.map(({ seenAt }) => seenAt),
        Math.max,
      ),
      oldestDueAt: extreme(
        [
          ...rows.transactionalMails.filter((row) => isMailDue(row, now)).map(({ dueAt }) => dueAt),
          ...rows.campaigns
            .filter(({ dueAt }) => dueAt <= now)
            .flatMap((row) => dueTimes(rows, { row, now })),
        ],
        Math.min,
      ),
    }
  },
})

/** Since when what nobody works on is due: the campaign itself, or its batches. */
function dueTimes(rows: Rows, { row, now }: { row: CampaignRow; now: Date }): Date[] {
  if (row.status === 'holding' || row.status === 'scheduled' || row.status === 'preparing')
    return isFreeAt(row, now) ? [row.dueAt] : []
  if (isToClose(row)) return [row.movedAt ?? row.updatedAt]
  if (row.status === 'canary' && (row.canary?.waitsUntil || !hasUnsettledCanary(rows, row)))
    return canaryDue({ row, now })
  if (!isMailing(row)) return []
  if (row.remailing !== null || !hasUnsettledBatch(rows, row)) return [row.movedAt ?? row.updatedAt]
  return rows.batches
    .filter((batch) => isOf(row)(batch) && isOpenFor(row, batch) && batch.status === 'pending')
    .filter((batch) => batch.dueAt <= now && isFreeAt(batch, now))
    .map(({ dueAt }) => (dueAt > row.dueAt ? dueAt : row.dueAt))
}

/** All of it is mailed: since when its wait is over, or is still to be written down. */
function canaryDue({ row: { canary, movedAt, updatedAt }, now }: { row: CampaignRow; now: Date }): Date[] {
  const due = canary?.waitsUntil ?? movedAt ?? updatedAt
  return due <= now ? [due] : []
}

const isToClose = ({ status, finishedAt }: CampaignRow) => status === 'cancelled' && finishedAt === null

const extreme = (dates: Date[], choose: (...times: number[]) => number): Date | null =>
  dates.length === 0 ? null : new Date(choose(...dates.map((date) => date.getTime())))
