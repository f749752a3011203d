import { MOST_POSTPONED, type DeliveryCounts } from '../../../newsletter/model.ts'
import type { Store } from '../../../newsletter/ports.ts'
import {
  firstDue,
  hasUnsettledBatch,
  isMailing,
  isOf,
  moved,
  NO_COUNTS,
  write,
  type CampaignRow,
  type DeliveryRow,
  type Rows,
} from './rows.ts'

type FinishingOperations = Pick<
  Store,
  | 'findDrainedCampaigns'
  | 'finishCampaign'
  | 'countDeliveries'
  | 'countRefusals'
  | 'lastSettledAt'
  | 'readNextBatch'
  | 'readPostponed'
  | 'readReceipt'
  | 'readRecipients'
  | 'findAddresses'
>

export const finishingOperations = (rows: Rows): FinishingOperations => {
  const find = (id: string) => rows.campaigns.find((row) => row.id === id)
  return {
    async findDrainedCampaigns() {
      return rows.campaigns.filter((row) => isDrained(rows, row)).map(({ id }) => id)
    },

    async finishCampaign({ id, undecided, now }) {
      const row = find(id)
      if (!row || !isDrained(rows, row)) return null
      const counts = countsOf(rows, row)
      const isUndecided =
        row.status === 'submitting' && counts.uncertain > 0 && row.decision?.kind !== 'leave'
      const end = row.status === 'cancelled' ? 'cancelled' : isUndecided ? 'paused' : 'submitted'
      const problem = isUndecided ? undecided : null
      write(row, {
        ...moved(row, { to: end, problem, counts, now }),
        ...(row.status === 'cancelled' && { movedAt: row.movedAt }),
        ...(isUndecided ? {} : { finishedAt: now }),
        ...{ counts, problem: problem && { ...problem, at: now } },
      })
      return row.status
    },

    async countDeliveries(campaignId) {
      const row = find(campaignId)
      return row ? countsOf(rows, row) : NO_COUNTS
    },

    async countRefusals({ campaignId, reason }) {
      const row = find(campaignId)
      const own = rows.deliveries.filter((delivery) => row && isOf(row)(delivery))
      const since = row?.movedAt ?? new Date(0)
      const isCounted = (delivery: DeliveryRow) =>
        delivery.status === 'rejected' &&
        delivery.reason === reason &&
        delivery.settledAt !== null &&
        delivery.settledAt >= since
      return {
        refused: own.filter(isCounted).length,
        hasSubmitted: own.some(({ status }) => status === 'submitted'),
      }
    },

    async readNextBatch(campaignId) {
      const row = find(campaignId)
      const pending = rows.batches.filter((batch) => row && isOf(row)(batch) && batch.status === 'pending')
      const first = firstDue(pending)
      return first ? { dueAt: first.dueAt, isPostponed: first.postponedSince !== null } : null
    },

    async readPostponed({ campaignId, now }) {
      const row = find(campaignId)
      const postponed = rows.batches.filter(
        (batch) =>
          isMailing(row) &&
          isOf(row)(batch) &&
          batch.status === 'pending' &&
          batch.dueAt > now &&
          batch.postponedSince !== null,
      )
      const first = firstDue(postponed)
      return first ? { count: Math.min(postponed.length, MOST_POSTPONED), nextTryAt: first.dueAt } : null
    },

    async lastSettledAt(campaignId) {
      const row = find(campaignId)
      const times = rows.batches.flatMap((batch) =>
        row && isOf(row)(batch) && batch.settledAt ? batch.settledAt.getTime() : [],
      )
      return times.length === 0 ? null : new Date(Math.max(...times))
    },

    async readReceipt({ campaignId, status = null, after, limit }) {
      const row = find(campaignId)
      const from = after ? orderOf(after) : -1
      return rows.deliveries
        .filter((delivery) => row && isOf(row)(delivery) && orderOf(delivery) > from)
        .filter((delivery) => status === null || delivery.status === status)
        .toSorted((a, b) => orderOf(a) - orderOf(b))
        .slice(0, limit)
        .map(toReceiptRow)
    },

    async readRecipients({ campaignId, subscriberIds }) {
      const row = find(campaignId)
      return rows.deliveries
        .filter((delivery) => row && isOf(row)(delivery) && subscriberIds.includes(delivery.subscriberId))
        .map(toReceiptRow)
    },

    async findAddresses({ prefix, after, limit, among }) {
      return rows.subscribers
        .filter(({ email }) => email.startsWith(prefix) && (after === null || email > after))
        .filter(({ id }) => !among || among.includes(id))
        .toSorted((one, other) => (one.email < other.email ? -1 : 1))
        .slice(0, limit)
        .map(({ id, email }) => ({ id, email }))
    },
  }
}

/** More than any batch holds. */
const PLACES = 1_000_000

const orderOf = ({ batchNumber, position }: { batchNumber: number; position: number }) =>
  batchNumber * PLACES + position

const toReceiptRow = ({
  id: deliveryId,
  campaignId: _,
  snapshot: __,
  linkKey: ___,
  ...facts
}: DeliveryRow) => ({
  deliveryId,
  ...facts,
  // Nobody tells a memory anything later.
  deliveredAt: null,
  delayedAt: null,
  bouncedAt: null,
  complainedAt: null,
  failedAt: null,
})

function isDrained(rows: Rows, row: CampaignRow): boolean {
  const { status, finishedAt, remailing } = row
  const isUnfinished = status === 'submitting' || (status === 'cancelled' && finishedAt === null)
  return (
    isUnfinished &&
    remailing === null &&
    !hasUnsettledBatch(rows, row) &&
    !rows.deliveries.some((delivery) => isOf(row)(delivery) && delivery.status === 'pending')
  )
}

function countsOf({ deliveries }: Rows, row: CampaignRow): DeliveryCounts {
  const counts = { ...NO_COUNTS }
  for (const { status } of deliveries.filter(isOf(row))) {
    counts.recipients += 1
    if (status !== 'pending') counts[status] += 1
  }
  return counts
}
