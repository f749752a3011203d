import { ObjectId, type Filter } from 'mongodb'
import type { ReceiptPlace, ReceiptRow } from '../../../newsletter/model.ts'
import type { Store } from '../../../newsletter/ports.ts'
import type { Collections, DeliveryDocument } from './collections.ts'
import { NO_SNAPSHOT } from './values.ts'

export const receiptOperations = ({
  campaigns,
  batches,
  deliveries,
  subscribers,
}: Pick<Collections, 'campaigns' | 'batches' | 'deliveries' | 'subscribers'>): Pick<
  Store,
  'lastSettledAt' | 'readReceipt' | 'readRecipients' | 'findAddresses'
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
  /**
   * The index of statuses knows the batch and no place in it, so that mails are put in order here. A batch holds no more than one
   * call takes.
   */
  const readPageOf = async (
    of: Filter<DeliveryDocument>,
    { after, limit }: { after: ReceiptPlace | null; limit: number },
  ): Promise<ReceiptRow[]> => {
    const rest = after
      ? await readPage({ ...of, batchNumber: after.batchNumber, position: { $gt: after.position } }, limit)
      : []
    const wanted = limit - rest.length
    const found = await deliveries
      .find({ ...of, batchNumber: { $gt: after?.batchNumber ?? -1 } })
      .sort({ batchNumber: 1 })
      .limit(wanted)
      .map(toReceiptRow)
      .toArray()
    // Only the last batch may be cut, and then not where its mails are in order.
    const lastNumber = found.at(-1)?.batchNumber ?? -1
    const whole = found.filter(({ batchNumber }) => batchNumber < lastNumber).toSorted(byPlace)
    const last = await readPage({ ...of, batchNumber: lastNumber }, wanted - whole.length)
    return [...rest, ...whole, ...last]
  }
  return {
    async lastSettledAt(campaignId) {
      const last = await batches.findOne(await rowsOf(campaignId), {
        sort: { settledAt: -1 },
        projection: { settledAt: 1 },
      })
      return last?.settledAt ?? null
    },

    async readReceipt({ campaignId, status = null, after, limit }) {
      const rows = await rowsOf(campaignId)
      if (status !== null) return readPageOf({ ...rows, status }, { after, limit })
      if (!after) return readPage(rows, limit)
      const { batchNumber, position } = after
      // The rest of that batch, then the others: each is one range of the index, which "one or the other" is not.
      const rest = await readPage({ ...rows, batchNumber, position: { $gt: position } }, limit)
      const others = await readPage({ ...rows, batchNumber: { $gt: batchNumber } }, limit - rest.length)
      return [...rest, ...others]
    },

    async readRecipients({ campaignId, subscriberIds }) {
      const theirs = { ...(await rowsOf(campaignId)), subscriberRef: { $in: [...subscriberIds] } }
      return deliveries.find(theirs).map(toReceiptRow).toArray()
    },

    async findAddresses({ prefix, after, limit, among }) {
      const found = await subscribers
        .find(
          {
            email: { $gte: prefix, $lt: prefix + LAST_SIGN, ...(after !== null && { $gt: after }) },
            ...(among && { _id: { $in: among.map((id) => new ObjectId(id)) } }),
          },
          { projection: { email: 1 } },
        )
        .sort({ email: 1 })
        .limit(limit)
        .toArray()
      return found.map(({ _id, email }) => ({ id: _id.toHexString(), email }))
    },
  }
}

const byPlace = (one: ReceiptPlace, other: ReceiptPlace) =>
  one.batchNumber - other.batchNumber || one.position - other.position

/** After every sign that an address has. */
const LAST_SIGN = '\u{10FFFF}'

const toReceiptRow = (delivery: DeliveryDocument): ReceiptRow => ({
  deliveryId: delivery._id.toHexString(),
  subscriberId: delivery.subscriber?.toHexString() ?? null,
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
