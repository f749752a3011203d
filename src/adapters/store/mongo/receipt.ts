import { ObjectId, type Filter } from 'mongodb'
import type { ReceiptRow } from '../../../newsletter/model.ts'
import type { Store } from '../../../newsletter/ports.ts'
import type { Collections, DeliveryDocument } from './collections.ts'
import { NO_SNAPSHOT } from './values.ts'

export const receiptOperations = ({
  campaigns,
  batches,
  deliveries,
}: Pick<Collections, 'campaigns' | 'batches' | 'deliveries'>): Pick<
  Store,
  'lastSettledAt' | 'readReceipt'
> => {
  const rowsOf = async (campaignId: string) => {
    const campaign = new ObjectId(campaignId)
    const found = await campaigns.findOne({ _id: campaign }, { projection: { snapshot: 1 } })
    return { campaign, snapshot: found?.snapshot ?? NO_SNAPSHOT }
  }
  const readPage = async (where: Filter<DeliveryDocument>, limit: number) =>
    limit === 0
      ? []
      : deliveries.find(where).sort({ batchNumber: 1, position: 1 }).limit(limit).map(toReceiptRow).toArray()
  return {
    async lastSettledAt(campaignId) {
      const last = await batches.findOne(await rowsOf(campaignId), {
        sort: { settledAt: -1 },
        projection: { settledAt: 1 },
      })
      return last?.settledAt ?? null
    },

    async readReceipt({ campaignId, after, limit }) {
      const rows = await rowsOf(campaignId)
      if (!after) return readPage(rows, limit)
      const { batchNumber, position } = after
      // The rest of that batch, then the others: each is one range of the index, which "one or the other" is not.
      const rest = await readPage({ ...rows, batchNumber, position: { $gt: position } }, limit)
      const others = await readPage({ ...rows, batchNumber: { $gt: batchNumber } }, limit - rest.length)
      return [...rest, ...others]
    },
  }
}

const toReceiptRow = (delivery: DeliveryDocument): ReceiptRow => ({
  deliveryId: delivery._id.toHexString(),
  email: delivery.email,
  name: delivery.name,
  locale: delivery.locale,
  status: delivery.status,
  reason: delivery.reason,
  detail: delivery.detail,
  providerId: delivery.providerId,
  settledAt: delivery.settledAt,
  deliveredAt: delivery.deliveredAt ?? null,
  delayedAt: delivery.delayedAt ?? null,
  bouncedAt: delivery.bouncedAt ?? null,
  complainedAt: delivery.complainedAt ?? null,
  failedAt: delivery.failedAt ?? null,
  batchNumber: delivery.batchNumber,
  position: delivery.position,
})
