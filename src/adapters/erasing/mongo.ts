import type { Db, Filter } from 'mongodb'
import type { PersonalDeliveries } from '../../readers/ports.ts'
import { collectionsOf, type Collections, type DeliveryDocument } from '../store/mongo/collections.ts'
import { erasedDelivery } from '../store/mongo/erasedDelivery.ts'
import { inChunks } from '../store/mongo/values.ts'

/** Campaigns per query. */
const CHUNK = 100

/**
 * No worker that begins with a batch from now on finds the person among the subscribers: it excludes them. So a delivery
 * can be erased once its batch is settled, or not fixed and nobody's; whoever holds a batch may have read the subscriber
 * before they were gone.
 */
export const mongoPersonalDeliveries = (db: Db): PersonalDeliveries => {
  const rows = collectionsOf(db)
  return {
    async erase(subscriberId) {
      // Before the deliveries: whoever prepares a campaign now may still write one. Preparing takes minutes at most.
      const isPreparing = (await rows.campaigns.countDocuments({ status: 'preparing' })) > 0
      let isAll = true
      for (const delivery of await findDeliveries(rows, subscriberId)) {
        const isFree = await isNotFixed(rows, delivery)
        if (isFree) await eraseDelivery(rows, delivery)
        isAll &&= isFree
      }
      return isAll && !isPreparing
    },
  }
}

type Place = Pick<DeliveryDocument, '_id' | 'campaign' | 'snapshot' | 'batchNumber'>

/** By the campaigns, since only their index leads to one person. One that never opened has no snapshot yet. */
async function findDeliveries(
  { campaigns, deliveries }: Collections,
  subscriberRef: string,
): Promise<Place[]> {
  const found: Place[] = []
  for await (const chunk of inChunks(campaigns.find({}, { projection: { snapshot: 1 } }), CHUNK)) {
    const theirs: Filter<DeliveryDocument>[] = chunk.map(({ _id: campaign, snapshot }) => ({
      campaign,
      ...(snapshot && { snapshot }),
      subscriberRef,
    }))
    const projection = { campaign: 1, snapshot: 1, batchNumber: 1 }
    found.push(...(await deliveries.find({ $or: theirs }, { projection }).toArray()))
  }
  return found
}

async function isNotFixed(
  { batches }: Collections,
  { campaign, snapshot, batchNumber: number }: Place,
): Promise<boolean> {
  const batch = await batches.findOne({ campaign, snapshot, number })
  if (!batch || batch.status === 'settled') return true
  return batch.sealedAt === null && batch.leaseToken === null && !batch.split
}

async function eraseDelivery({ deliveries }: Collections, { _id, batchNumber }: Place): Promise<void> {
  await deliveries.updateOne({ _id, batchNumber }, { $set: erasedDelivery(_id) })
}
