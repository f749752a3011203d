import type { DeliveryCounts } from '../../../newsletter/model.ts'
import type { Store } from '../../../newsletter/ports.ts'
import { NO_COUNTS, write, type CampaignRow, type Rows } from './rows.ts'

type FinishingOperations = Pick<Store, 'findDrainedCampaigns' | 'finishCampaign' | 'countDeliveries'>

export const finishingOperations = (rows: Rows): FinishingOperations => ({
  async findDrainedCampaigns() {
    return rows.campaigns.filter((row) => isDrained(rows, row)).map(({ id }) => id)
  },

  async finishCampaign({ id, now }) {
    const row = rows.campaigns.find((it) => it.id === id && isDrained(rows, it))
    if (!row) return false
    const status = row.status === 'cancelled' ? 'cancelled' : 'submitted'
    return write(row, { status, counts: countsOf(rows, row), finishedAt: now, updatedAt: now, problem: null })
  },

  async countDeliveries(campaignId) {
    const row = rows.campaigns.find(({ id }) => id === campaignId)
    return row ? countsOf(rows, row) : NO_COUNTS
  },
})

function isDrained(
  { batches, deliveries }: Rows,
  { id, status, finishedAt, snapshot }: CampaignRow,
): boolean {
  const isUnfinished = status === 'submitting' || (status === 'cancelled' && finishedAt === null)
  const isOurs = (row: { campaignId: string; snapshot: string }) =>
    row.campaignId === id && row.snapshot === snapshot
  return (
    isUnfinished &&
    !batches.some((row) => isOurs(row) && row.status !== 'settled') &&
    !deliveries.some((row) => isOurs(row) && row.status === 'pending')
  )
}

function countsOf({ deliveries }: Rows, { id, snapshot }: CampaignRow): DeliveryCounts {
  const counts = { ...NO_COUNTS }
  for (const { campaignId, status, ...delivery } of deliveries) {
    if (campaignId !== id || delivery.snapshot !== snapshot) continue
    counts.recipients += 1
    if (status !== 'pending') counts[status] += 1
  }
  return counts
}
