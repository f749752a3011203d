import { ObjectId, type Collection, type Db } from 'mongodb'
import {
  CAMPAIGNS_BACK,
  COUNTED_FACTS,
  type CountedFact,
  type DeliveryFact,
  type EventStore,
  type EventToKeep,
  type MailedRow,
} from '../../../newsletter/eventPorts.ts'
import type { AddressEvent } from '../../../newsletter/model.ts'
import { normaliseEmail } from '../../../subscribers/emailAddress.ts'
import {
  collectionsOf,
  type CampaignDocument,
  type Collections,
  type DeliveryDocument,
  type TransactionalMailDocument,
} from './collections.ts'
import { guardOperations } from './guard.ts'
import { settleTaken } from './settleTaken.ts'
import { suppressionOperations } from './suppressions.ts'
import { NO_LEASE, NO_SNAPSHOT, insertEachEvent } from './values.ts'

/** As Payload keeps it. What is not there is null. */
interface EventDocument extends Omit<AddressEvent, 'bounceType' | 'detail'> {
  _id: ObjectId
  type: string
  appliedAt?: Date | null
  email?: string | null
  providerId?: string | null
  campaign?: ObjectId | null
  deliveryRef?: string | null
  transactionalMailRef?: string | null
  subscriberRef?: string | null
  addressHash?: string | null
  bounceType?: AddressEvent['bounceType']
  detail?: string | null
  payload?: object | null
}

type Told = Collections & { providerEvents: Collection<EventDocument> }

/** What a provider told, on MongoDB. */
export const mongoEvents = (db: Db): EventStore => {
  const told: Told = { ...collectionsOf(db), providerEvents: db.collection('provider-events') }
  const { providerEvents } = told
  return {
    ...suppressionOperations(db),
    ...keepingOperations(told),
    ...countingOperations(told),
    ...guardOperations(told),

    async readAddressEvents(addressHash) {
      const found = await providerEvents
        .find({ addressHash, kind: { $in: ['delivered', 'bounced', 'complained', 'suppressed'] } })
        .toArray()
      return found.map(({ eventId, kind, bounceType = null, occurredAt, receivedAt, detail = null }) => ({
        ...{ eventId, kind, bounceType, occurredAt, receivedAt, detail },
      }))
    },

    async findBounced(addressHashes) {
      const isTheirs = { addressHash: { $in: [...addressHashes] }, kind: 'bounced' as const }
      const found = await providerEvents.find(isTheirs, { projection: { addressHash: 1 } }).toArray()
      return new Set(found.flatMap(({ addressHash }) => addressHash ?? []))
    },
  }
}

type KeepingOperations = Pick<
  EventStore,
  | 'findMailed'
  | 'findByProviderId'
  | 'keepEvents'
  | 'forgetEvents'
  | 'markApplied'
  | 'settleUncertainMail'
  | 'settleTaken'
>

const keepingOperations = ({ providerEvents, ...rows }: Told): KeepingOperations => ({
  async findMailed(tags) {
    const [deliveries, mails] = await Promise.all([
      findDeliveries(rows, objectIdsOf(tags.map(({ deliveryId }) => deliveryId))),
      findMails(rows, objectIdsOf(tags.map(({ deliveryId, mailId }) => (isId(deliveryId) ? null : mailId)))),
    ])
    return tags.map(({ deliveryId, mailId }) =>
      isId(deliveryId)
        ? (deliveries.get(deliveryId.toLowerCase()) ?? null)
        : (mails.get(mailId?.toLowerCase() ?? '') ?? null),
    )
  },

  async findByProviderId({ providerId, emails }) {
    const campaigns = await rows.campaigns
      .find({}, { projection: { ...NUMBERS, snapshot: 1 }, sort: { _id: -1 }, limit: CAMPAIGNS_BACK })
      .toArray()
    const people =
      emails.length > 0
        ? await rows.subscribers.find({ email: { $in: [...emails] } }, { projection: { _id: 1 } }).toArray()
        : null
    const delivery = await rows.deliveries.findOne({
      campaign: { $in: campaigns.map(({ _id }) => _id) },
      ...(people && { subscriberRef: { $in: people.map(({ _id }) => _id.toHexString()) } }),
      providerId,
    })
    const campaign = delivery && campaigns.find(({ _id }) => _id.equals(delivery.campaign))
    return delivery && campaign ? toMailedDelivery({ delivery, campaign }) : null
  },

  async keepEvents(kept) {
    const known = await insertEachEvent(providerEvents, kept.map(toDocument))
    if (known.size === 0) return kept.map(() => 'new')
    const found = await providerEvents
      .find({ eventId: { $in: [...known] }, appliedAt: null }, { projection: { eventId: 1 } })
      .toArray()
    const isUnapplied = new Set(found.map(({ eventId }) => eventId))
    return kept.map(({ event: { eventId } }) =>
      !known.has(eventId) ? 'new' : isUnapplied.has(eventId) ? 'unapplied' : 'applied',
    )
  },

  async forgetEvents(eventIds) {
    const nobody = { email: null, detail: null, payload: null, subscriberRef: null, addressHash: null }
    await providerEvents.updateMany({ eventId: { $in: [...eventIds] } }, { $set: nobody })
  },

  async markApplied({ eventIds, now }) {
    await providerEvents.updateMany({ eventId: { $in: [...eventIds] } }, { $set: { appliedAt: now } })
  },

  async settleUncertainMail({ id, providerId, now }) {
    await rows.transactionalMails.updateOne(
      {
        _id: new ObjectId(id),
        $or: [{ status: 'uncertain' }, { status: 'pending', inDoubtSince: { $ne: null } }],
      },
      {
        $set: {
          ...{ status: 'submitted', providerId, settledAt: now, reason: null, detail: null },
          ...{ problemSince: null, ...NO_LEASE },
        },
      },
    )
  },

  settleTaken: (fact) => settleTaken(rows, fact),
})

const countingOperations = ({
  campaigns,
  deliveries,
}: Told): Pick<EventStore, 'recordFacts' | 'recordFirstEvent' | 'addToCounts' | 'recountFacts'> => ({
  async recordFacts({ fact, times }) {
    const field = FACTS[fact]
    const write = (isDue: (at: Date) => object) =>
      deliveries.bulkWrite(
        times.map(({ deliveryId, at }) => ({
          updateOne: {
            filter: { _id: new ObjectId(deliveryId), [field]: isDue(at) },
            update: { $set: { [field]: at } },
          },
        })),
        { ordered: false },
      )
    const { matchedCount } = await write(() => ({ $eq: null }))
    if (matchedCount < times.length) await write((at) => ({ $gt: at }))
    return matchedCount
  },

  async recordFirstEvent({ campaignId, at }) {
    await campaigns.updateOne(
      { _id: new ObjectId(campaignId), $or: [{ firstEventAt: null }, { firstEventAt: { $gt: at } }] },
      { $set: { firstEventAt: at } },
    )
  },

  async addToCounts({ campaignId, added, revision }) {
    const { matchedCount } = await campaigns.updateOne(
      { _id: new ObjectId(campaignId), ...isAtRevision(revision) },
      { $inc: Object.fromEntries(COUNTED_FACTS.map((fact) => [`counts.${fact}`, added[fact]])) },
    )
    return matchedCount === 1
  },

  /** Written only while nobody has added or recounted since it was read; whoever adds then finds another revision. */
  async recountFacts(campaignId) {
    const _id = new ObjectId(campaignId)
    for (;;) {
      const campaign = await campaigns.findOne({ _id }, { projection: { snapshot: 1, ...NUMBERS } })
      if (!campaign) return
      const { snapshot, countsRevision, counts } = campaign
      const rows = { campaign: _id, snapshot: snapshot ?? NO_SNAPSHOT }
      const numbers: Record<string, number> = {}
      for (const fact of COUNTED_FACTS)
        numbers[`counts.${fact}`] = await deliveries.countDocuments({ ...rows, [FACTS[fact]]: { $ne: null } })
      const asRead = COUNTED_FACTS.map((fact) => ({ [`counts.${fact}`]: counts?.[fact] ?? null }))
      const { matchedCount } = await campaigns.updateOne(
        { _id, $and: [isAtRevision(countsRevision ?? 0), ...asRead] },
        { $set: { ...numbers, countsRevision: (countsRevision ?? 0) + 1 } },
      )
      if (matchedCount === 1) return
    }
  },
})

const FACTS: Record<DeliveryFact, keyof DeliveryDocument> = {
  delivered: 'deliveredAt',
  delayed: 'delayedAt',
  bounced: 'bouncedAt',
  complained: 'complainedAt',
  failed: 'failedAt',
}

const NUMBERS: Record<string, 1> = {
  countsRevision: 1,
  firstEventAt: 1,
  ...Object.fromEntries(COUNTED_FACTS.map((fact: CountedFact) => [`counts.${fact}`, 1] as const)),
}

/** A campaign that was never recounted may have no revision. */
const isAtRevision = (revision: number) => ({
  countsRevision: revision === 0 ? { $in: [0, null] } : revision,
})

const isId = (tag: string | null): tag is string => tag !== null && /^[0-9a-f]{24}$/i.test(tag)

const objectIdsOf = (tags: (string | null)[]) => tags.filter(isId).map((id) => new ObjectId(id))

async function findDeliveries(rows: Collections, ids: ObjectId[]): Promise<Map<string, MailedRow>> {
  if (ids.length === 0) return new Map()
  const found = await rows.deliveries.find({ _id: { $in: ids } }).toArray()
  // After the deliveries: what was counted before they were read is in their revision or refused by it (addToCounts).
  const campaigns = await rows.campaigns
    .find({ _id: { $in: found.map(({ campaign }) => campaign) } }, { projection: NUMBERS })
    .toArray()
  const byId = new Map(campaigns.map((campaign) => [campaign._id.toHexString(), campaign]))
  return new Map(
    found.flatMap((delivery) => {
      const campaign = byId.get(delivery.campaign.toHexString())
      return campaign ? [[delivery._id.toHexString(), toMailedDelivery({ delivery, campaign })] as const] : []
    }),
  )
}

async function findMails(rows: Collections, ids: ObjectId[]): Promise<Map<string, MailedRow>> {
  if (ids.length === 0) return new Map()
  const projection = { email: 1, subscriber: 1, providerId: 1, status: 1 }
  const found = await rows.transactionalMails
    .find<MailedFields>({ _id: { $in: ids } }, { projection })
    .toArray()
  return new Map(
    found.map((mail) => [mail._id.toHexString(), toMailedMail({ id: mail._id.toHexString(), mail })]),
  )
}

const toDocument = ({ event: { payload, ...event }, mailed, ...about }: EventToKeep): EventDocument => ({
  _id: new ObjectId(),
  ...event,
  ...{ ...about, payload, appliedAt: null },
  campaign: mailed?.campaignId ? new ObjectId(mailed.campaignId) : null,
  deliveryRef: mailed?.kind === 'delivery' ? mailed.id : null,
  transactionalMailRef: mailed?.kind === 'transactional' ? mailed.id : null,
  subscriberRef: mailed?.subscriberId ?? null,
})

const NO_CAMPAIGN = { campaignId: null, countsRevision: 0, firstEventAt: null }

type MailedFields = Pick<TransactionalMailDocument, '_id' | 'providerId' | 'status'> & {
  email: string
  subscriber?: ObjectId | null
}

const toMailedMail = ({
  id,
  mail: { email, subscriber, providerId = null, status },
}: {
  id: string
  mail: MailedFields
}): MailedRow => ({
  ...{ ...NO_CAMPAIGN, id, kind: 'transactional', subscriberId: subscriber?.toHexString() ?? null },
  ...{ email: normaliseEmail(email) || null, providerId, isTaken: status === 'submitted' },
})

const toMailedDelivery = ({
  delivery,
  campaign,
}: {
  delivery: DeliveryDocument
  campaign: CampaignDocument
}): MailedRow => ({
  id: delivery._id.toHexString(),
  kind: 'delivery',
  campaignId: delivery.campaign.toHexString(),
  subscriberId: delivery.email ? delivery.subscriberRef : null,
  email: normaliseEmail(delivery.email) || null,
  providerId: delivery.providerId ?? null,
  isTaken: delivery.status === 'submitted' && delivery.isUncounted !== true,
  countsRevision: campaign.countsRevision ?? 0,
  firstEventAt: campaign.firstEventAt ?? null,
})
