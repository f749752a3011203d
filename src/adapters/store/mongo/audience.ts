import { type Filter, ObjectId } from 'mongodb'
import type { AudiencePart, DeliveryStatus, Edition } from '../../../newsletter/model.ts'
import type { Store } from '../../../newsletter/ports.ts'
import { isDrawn } from '../../../newsletter/rules/drawCanary.ts'
import type { CampaignDocument, Collections, DeliveryDocument, SubscriberDocument } from './collections.ts'
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
}: Collections): Pick<Store, 'snapshotAudience' | 'countAudience' | 'removeLeftovers'> => ({
  async snapshotAudience({
    campaignId,
    token,
    leaseMs,
    edition,
    topicIds,
    batchSize,
    part,
    firstBatch,
    clock,
  }) {
    const campaign = new ObjectId(campaignId)
    const renewLease = async () => {
      const { matchedCount } = await campaigns.updateOne(
        { _id: campaign, leaseToken: token, status: 'preparing' },
        { $set: { leaseUntil: later(clock.now(), leaseMs) } },
      )
      return matchedCount === 1
    }
    const audience = await audienceOf(
      { campaigns, deliveries, subscribers },
      { edition, topicIds, now: clock.now() },
    )
    const writes = atOnce(WRITES_AT_ONCE)
    let recipients = 0
    try {
      for await (const read of audience) {
        if (!(await renewLease())) return null
        const chunk = part ? read.filter(isInPart(part)) : read
        if (chunk.length === 0) continue
        const first = firstBatch * batchSize + recipients
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
      firstBatch,
      end: firstBatch + Math.ceil(recipients / batchSize),
      now: clock.now(),
    })
    return recipients
  },

  async countAudience(query) {
    const counts = { sv: 0, en: 0 }
    for await (const chunk of await audienceOf({ campaigns, deliveries, subscribers }, query))
      for (const { locale } of chunk) counts[locale] += 1
    return counts
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

type AudienceSubscriber = Pick<SubscriberDocument, '_id' | 'linkKey' | 'email' | 'name' | 'locale'>

const isInPart =
  ({ of, draw }: AudiencePart) =>
  ({ linkKey }: AudienceSubscriber): boolean =>
    isDrawn(linkKey, draw) === (of === 'canary')

/** The audience in the order of the ids, in chunks; empty ones are among them. */
async function audienceOf(
  { campaigns, deliveries, subscribers }: Pick<Collections, 'campaigns' | 'deliveries' | 'subscribers'>,
  { edition, topicIds, now }: { edition: Edition; topicIds: string[]; now: Date },
): Promise<AsyncIterable<AudienceSubscriber[]>> {
  const follows = topicIds.length === 0 ? {} : { topics: { $in: topicIds.map((id) => new ObjectId(id)) } }
  const earlier = await editionsBefore({ campaigns, edition })
  const first = earlier.find((campaign) => campaign.edition === 1)
  const since = first?.startedAt ?? first?.createdAt ?? null
  const active = subscribers.find(
    { $and: [{ status: 'active', ...follows }, isInNoPause(now), hasJoined(edition, since)] },
    {
      projection: { linkKey: 1, email: 1, name: 1, locale: 1 },
      sort: { _id: 1 },
      hint: { _id: 1 },
      batchSize: CHUNK,
    },
  )
  return ofEdition({ chunks: inChunks(active, CHUNK), edition, earlier, deliveries })
}

/** The editions that a later one looks at: all before it; of a correction, the one that it corrects. */
async function editionsBefore({
  campaigns,
  edition: { articleId, number, audience, corrects },
}: {
  campaigns: Collections['campaigns']
  edition: Edition
}): Promise<CampaignDocument[]> {
  if (audience === 'everybody') return []
  return campaigns
    .find(
      {
        article: new ObjectId(articleId),
        edition: audience === 'correction' ? (corrects ?? 1) : { $lt: number },
      },
      { projection: { edition: 1, snapshot: 1, startedAt: 1, createdAt: 1 } },
    )
    .toArray()
}

async function* ofEdition({
  chunks,
  edition: { audience },
  earlier,
  deliveries,
}: {
  chunks: AsyncIterable<AudienceSubscriber[]>
  edition: Edition
  earlier: Pick<CampaignDocument, '_id' | 'snapshot'>[]
} & Pick<Collections, 'deliveries'>): AsyncIterable<AudienceSubscriber[]> {
  const isCorrection = audience === 'correction'
  for await (const chunk of chunks) {
    if (audience === 'everybody') yield chunk
    else {
      const reached = await reachedAmong({
        ...{ chunk, earlier, deliveries },
        statuses: isCorrection ? ['submitted'] : ['submitted', 'uncertain', 'pending'],
      })
      yield chunk.filter(({ _id }) => reached.has(_id.toHexString()) === isCorrection)
    }
  }
}

/** Who of these was reached by one of the campaigns: looked up in the unique index of deliveries. */
async function reachedAmong({
  chunk,
  earlier,
  statuses,
  deliveries,
}: {
  chunk: AudienceSubscriber[]
  earlier: Pick<CampaignDocument, '_id' | 'snapshot'>[]
  statuses: DeliveryStatus[]
} & Pick<Collections, 'deliveries'>): Promise<Set<string>> {
  const subscriberRef = { $in: chunk.map(({ _id }) => _id.toHexString()) }
  const found = await Promise.all(
    earlier.flatMap(({ _id, snapshot }) =>
      snapshot
        ? deliveries
            .find(
              { campaign: _id, snapshot, subscriberRef, status: { $in: statuses } },
              { projection: { subscriberRef: 1 } },
            )
            .toArray()
        : [],
    ),
  )
  return new Set(found.flat().map((delivery) => delivery.subscriberRef))
}

/** Joined: the row was made, or its consent given, after the first edition had begun. */
function hasJoined({ audience }: Edition, since: Date | null): Filter<SubscriberDocument> {
  if (audience === 'joined_since')
    return since
      ? { $or: [{ createdAt: { $gt: since } }, { consentAt: { $gt: since } }] }
      : { _id: { $in: [] } }
  if (audience === 'missed' && since)
    return { $nor: [{ createdAt: { $gt: since } }, { consentAt: { $gt: since } }] }
  return {}
}

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
  subscriber: AudienceSubscriber
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
  firstBatch,
  end,
  now,
}: {
  batches: Collections['batches']
  campaign: ObjectId
  snapshot: string
  firstBatch: number
  /** The number after the last. */
  end: number
  now: Date
}): Promise<void> {
  for (let first = firstBatch; first < end; first += CHUNK) {
    const numbers = Array.from({ length: Math.min(CHUNK, end - first) }, (_, index) => first + index)
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
