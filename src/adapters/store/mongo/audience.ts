import { type Filter, ObjectId } from 'mongodb'
import type { Store } from '../../../newsletter/ports.ts'
import type { Collections, DeliveryDocument, SubscriberDocument } from './collections.ts'
import { atOnce } from './atOnce.ts'
import { inChunks, later, NO_LEASE, NO_SNAPSHOT, UNSEALED } from './values.ts'

const CHUNK = 1_000
/** MongoDB keeps several connections busy, and the next subscribers are read meanwhile. */
const WRITES_AT_ONCE = 4

export const audienceOperations = ({
  campaigns,
  batches,
  deliveries,
  subscribers,
}: Collections): Pick<Store, 'snapshotAudience' | 'removeLeftovers'> => ({
  async snapshotAudience({ campaignId, token, leaseMs, topicIds, batchSize, clock }) {
    const campaign = new ObjectId(campaignId)
    const renewLease = async () => {
      const { matchedCount } = await campaigns.updateOne(
        { _id: campaign, leaseToken: token, status: 'preparing' },
        { $set: { leaseUntil: later(clock.now(), leaseMs) } },
      )
      return matchedCount === 1
    }
    const follows = topicIds.length === 0 ? {} : { topics: { $in: topicIds.map((id) => new ObjectId(id)) } }
    const audience = subscribers.find(
      { status: 'active', ...isInNoPause(clock.now()), ...follows },
      {
        projection: { linkKey: 1, email: 1, name: 1, locale: 1 },
        sort: { _id: 1 },
        hint: { _id: 1 },
        batchSize: CHUNK,
      },
    )
    const writes = atOnce(WRITES_AT_ONCE)
    let recipients = 0
    try {
      for await (const chunk of inChunks(audience, CHUNK)) {
        if (!(await renewLease())) return null
        const first = recipients
        recipients += chunk.length
        const documents = chunk.map((subscriber, index) =>
          toDelivery({ subscriber, campaign, snapshot: token, number: first + index, batchSize }),
        )
        await writes.start(() => deliveries.insertMany(documents, { ordered: false }))
      }
    } finally {
      await writes.end()
    }
    await insertBatches({
      batches,
      campaign,
      snapshot: token,
      count: Math.ceil(recipients / batchSize),
      now: clock.now(),
    })
    return recipients
  },

  async removeLeftovers(campaignId) {
    const campaign = new ObjectId(campaignId)
    const found = await campaigns.findOne({ _id: campaign }, { projection: { snapshot: 1, status: 1 } })
    // A cancelled campaign that never opened has no snapshot, and all its rows are leftovers.
    const keeps = found?.snapshot ?? (found?.status === 'cancelled' ? NO_SNAPSHOT : null)
    if (keeps === null) return
    await deliveries.deleteMany({ campaign, snapshot: { $ne: keeps } })
    await batches.deleteMany({ campaign, snapshot: { $ne: keeps } })
  },
})

/** Whoever pauses is there again by themselves when the time is over. */
const isInNoPause = (now: Date): Filter<SubscriberDocument> => ({
  $or: [{ pausedUntil: null }, { pausedUntil: { $lte: now } }],
})

const toDelivery = ({
  subscriber,
  campaign,
  snapshot,
  number,
  batchSize,
}: {
  subscriber: SubscriberDocument
  campaign: ObjectId
  snapshot: string
  number: number
  batchSize: number
}): DeliveryDocument => ({
  _id: new ObjectId(),
  campaign,
  snapshot,
  subscriber: subscriber._id,
  subscriberRef: subscriber._id.toHexString(),
  linkKey: subscriber.linkKey ?? null,
  email: subscriber.email,
  name: subscriber.name ?? null,
  locale: subscriber.locale,
  status: 'pending',
  batchNumber: Math.floor(number / batchSize),
  position: number % batchSize,
  reason: null,
  detail: null,
  providerId: null,
  settledAt: null,
})

async function insertBatches({
  batches,
  campaign,
  snapshot,
  count,
  now,
}: {
  batches: Collections['batches']
  campaign: ObjectId
  snapshot: string
  count: number
  now: Date
}): Promise<void> {
  for (let first = 0; first < count; first += CHUNK) {
    const numbers = Array.from({ length: Math.min(CHUNK, count - first) }, (_, index) => first + index)
    await batches.insertMany(
      numbers.map((number) => ({
        _id: new ObjectId(),
        campaign,
        snapshot,
        number,
        status: 'pending' as const,
        idempotencyKey: `campaign-${campaign.toHexString()}-${snapshot}-${number}`,
        attempts: 0,
        dueAt: now,
        round: 0,
        remails: null,
        settledAt: null,
        ...UNSEALED,
        ...NO_LEASE,
      })),
      { ordered: false },
    )
  }
}
