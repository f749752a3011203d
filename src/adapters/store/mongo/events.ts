import { CAMPAIGNS_BACK } from '../../../newsletter/eventPorts.ts'
import { ObjectId, type Collection, type Db } from 'mongodb'
import {
  COUNTED_FACTS,
  type CountedFact,
  type DeliveryFact,
  type EventStore,
  type GuardedNumbers,
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
import { settleTaken } from './settleTaken.ts'
import { insertOnce, suppressionOperations } from './suppressions.ts'
import { NO_LEASE, NO_SNAPSHOT } from './values.ts'

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

    async hasBounces(addressHash) {
      const found = await providerEvents.findOne({ addressHash, kind: 'bounced' }, { projection: { _id: 1 } })
      return found !== null
    },
  }
}

type KeepingOperations = Pick<
  EventStore,
  | 'findMailed'
  | 'findByProviderId'
  | 'keepEvent'
  | 'forgetEvent'
  | 'markApplied'
  | 'settleUncertainMail'
  | 'settleTaken'
>

const keepingOperations = ({ providerEvents, ...rows }: Told): KeepingOperations => ({
  async findMailed({ deliveryId, mailId }) {
    if (isId(deliveryId)) {
      const delivery = await rows.deliveries.findOne({ _id: new ObjectId(deliveryId) })
      const campaign =
        delivery && (await rows.campaigns.findOne({ _id: delivery.campaign }, { projection: NUMBERS }))
      return delivery && campaign ? toMailedDelivery({ delivery, campaign }) : null
    }
    if (!isId(mailId)) return null
    const mail = await rows.transactionalMails.findOne<MailedFields>(
      { _id: new ObjectId(mailId) },
      { projection: { email: 1, subscriber: 1, providerId: 1, status: 1 } },
    )
    return mail && toMailedMail({ id: mailId, mail })
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

  async keepEvent({ event: { payload, ...event }, mailed, email, addressHash, receivedAt }) {
    const isNew = await insertOnce(() =>
      providerEvents.insertOne({
        _id: new ObjectId(),
        ...event,
        ...{ payload, email, addressHash, receivedAt, appliedAt: null },
        campaign: mailed?.campaignId ? new ObjectId(mailed.campaignId) : null,
        deliveryRef: mailed?.kind === 'delivery' ? mailed.id : null,
        transactionalMailRef: mailed?.kind === 'transactional' ? mailed.id : null,
        subscriberRef: mailed?.subscriberId ?? null,
      }),
    )
    if (isNew) return 'new'
    const known = await providerEvents.findOne({ eventId: event.eventId }, { projection: { appliedAt: 1 } })
    return known && !known.appliedAt ? 'unapplied' : 'applied'
  },

  async forgetEvent(eventId) {
    const nobody = { email: null, detail: null, payload: null, subscriberRef: null, addressHash: null }
    await providerEvents.updateOne({ eventId }, { $set: nobody })
  },

  async markApplied({ eventId, now }) {
    await providerEvents.updateOne({ eventId }, { $set: { appliedAt: now } })
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
}: Told): Pick<EventStore, 'recordFact' | 'recordFirstEvent' | 'addToCount' | 'recountFacts'> => ({
  async recordFact({ deliveryId, fact, at }) {
    const _id = new ObjectId(deliveryId)
    const field = FACTS[fact]
    const { matchedCount } = await deliveries.updateOne({ _id, [field]: null }, { $set: { [field]: at } })
    if (matchedCount === 1) return true
    await deliveries.updateOne({ _id, [field]: { $gt: at } }, { $set: { [field]: at } })
    return false
  },

  async recordFirstEvent({ campaignId, at }) {
    await campaigns.updateOne(
      { _id: new ObjectId(campaignId), $or: [{ firstEventAt: null }, { firstEventAt: { $gt: at } }] },
      { $set: { firstEventAt: at } },
    )
  },

  async addToCount({ campaignId, fact, revision }) {
    const { matchedCount } = await campaigns.updateOne(
      { _id: new ObjectId(campaignId), ...isAtRevision(revision) },
      { $inc: { [`counts.${fact}`]: 1 } },
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

const guardOperations = ({
  campaigns,
  deliveries,
}: Told): Pick<EventStore, 'readGuard' | 'countSubmitted' | 'pauseByGuard' | 'forgiveGuard'> => ({
  async readGuard(campaignId) {
    const _id = new ObjectId(campaignId)
    const campaign = await campaigns.findOne<GuardFields>(
      { _id },
      { projection: { status: 1, counts: 1, guarded: 1 } },
    )
    if (!campaign) return null
    const { status, counts, guarded = null } = campaign
    const { submitted = 0, bounced = 0, complained = 0 } = counts ?? {}
    return { status, guarded, numbers: { submitted, bounced, complained } }
  },

  /** Counts are kept for good when the campaign is finished; until then the number is only ever too low. */
  async countSubmitted(campaignId) {
    const _id = new ObjectId(campaignId)
    const campaign = await campaigns.findOne({ _id }, { projection: { snapshot: 1 } })
    const submitted = await deliveries.countDocuments({
      campaign: _id,
      snapshot: campaign?.snapshot ?? NO_SNAPSHOT,
      status: 'submitted',
    })
    await campaigns.updateOne({ _id, finishedAt: null }, { $max: { 'counts.submitted': submitted } })
    return submitted
  },

  async pauseByGuard({ id, problem, numbers, now }) {
    const { matchedCount } = await campaigns.updateOne(
      { _id: new ObjectId(id), status: 'submitting' },
      {
        $set: {
          status: 'paused',
          ...{ movedAt: now, updatedAt: now, problem: { ...problem, at: now }, guarded: numbers },
        },
      },
    )
    return matchedCount === 1
  },

  async forgiveGuard({ id, numbers }) {
    await campaigns.updateOne(
      { _id: new ObjectId(id), guarded: { $ne: null } },
      { $set: { guarded: numbers } },
    )
  },
})

type GuardFields = Pick<CampaignDocument, 'status' | 'counts'> & {
  guarded?: GuardedNumbers | null
}

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

const NO_CAMPAIGN = { campaignId: null, countsRevision: 0, firstEventAt: null }

type MailedFields = Pick<TransactionalMailDocument, 'providerId' | 'status'> & {
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
