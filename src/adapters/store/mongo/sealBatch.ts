import { ObjectId } from 'mongodb'
import type { Delivery, Exclusion, Id, SealedBatch } from '../../../newsletter/model.ts'
import type { Store } from '../../../newsletter/ports.ts'
import type { BatchDocument, Collections, DeliveryDocument, SubscriberDocument } from './collections.ts'
import { finishSplit } from './splitBatch.ts'

/** One write: who is in it, when its bytes were fixed and that it is in doubt cannot come apart. */
export async function sealBatch(
  rows: Collections,
  { batch, token, callWith, now }: Parameters<Store['sealBatch']>[0],
): Promise<SealedBatch | null> {
  const { campaigns, batches, deliveries, subscribers } = rows
  const held = { _id: new ObjectId(batch.id), leaseToken: token, status: 'pending' as const, split: null }
  const current = await readWhole(rows, { batch, token, now })
  if (!current) return null
  const { campaign, snapshot, number: batchNumber, sealedAt, inDoubtSince } = current
  const deliveriesOfIt = await deliveries
    .find({ campaign, snapshot, batchNumber })
    .sort({ position: 1 })
    .toArray()
  const members = sealedAt
    ? membersOf(current)
    : await membersAt({ subscribers, current, deliveriesOfIt, now })
  // Last, so that a pause or a cancel has its effect on this very batch.
  if (callWith !== null && !(await isOpenAt({ campaigns, batch: current, now }))) return null
  const doubt = callWith !== null && inDoubtSince === null && { inDoubtSince: now, calledWith: callWith }
  const { matchedCount } = await batches.updateOne(held, {
    $set: { ...members, sealedAt: sealedAt ?? now, ...doubt },
  })
  if (matchedCount !== 1) return null
  const isRecipient = recipientsAmong(members)
  return {
    exclusions: members.exclusions,
    recipients: deliveriesOfIt.map(toDelivery).filter(({ id }) => isRecipient(id)),
  }
}

/** The batch that the caller holds; when another was killed while parting it, its own part alone. */
async function readWhole(
  rows: Collections,
  { batch, token, now }: Pick<Parameters<Store['sealBatch']>[0], 'batch' | 'token' | 'now'>,
): Promise<BatchDocument | null> {
  const current = await rows.batches.findOne({
    _id: new ObjectId(batch.id),
    leaseToken: token,
    status: 'pending',
  })
  if (current?.split) await finishSplit(rows, { batch: current, split: current.split, now })
  return current
}

/** Fixed with the bytes: in round 0 who is not mailed, after it the ids of those who are. */
interface Members {
  exclusions: Exclusion[]
  recipients: Id[] | null
}

const membersOf = ({ exclusions, recipients }: BatchDocument): Members => ({
  exclusions: exclusions ?? [],
  recipients: recipients ?? null,
})

/** Who is mailed as things are now. */
async function membersAt({
  subscribers,
  current,
  deliveriesOfIt,
  now,
}: Pick<Collections, 'subscribers'> & {
  current: BatchDocument
  deliveriesOfIt: DeliveryDocument[]
  now: Date
}): Promise<Members> {
  const left = await findExclusions({ subscribers, deliveriesOfIt, now })
  if (!current.round) return { exclusions: left, recipients: null }
  const hasLeft = new Set(left.map(({ deliveryId }) => deliveryId))
  const remailed = deliveriesOfIt.filter(({ status }) => status === current.remails)
  const ids = remailed.map(({ _id }) => _id.toHexString())
  return { exclusions: [], recipients: ids.filter((id) => !hasLeft.has(id)) }
}

function recipientsAmong({ exclusions, recipients }: Members): (deliveryId: Id) => boolean {
  const mailed = recipients && new Set(recipients)
  const excluded = new Set(exclusions.map(({ deliveryId }) => deliveryId))
  return (id) => (mailed ? mailed.has(id) : !excluded.has(id))
}

async function findExclusions({
  subscribers,
  deliveriesOfIt,
  now,
}: Pick<Collections, 'subscribers'> & {
  deliveriesOfIt: DeliveryDocument[]
  now: Date
}): Promise<Exclusion[]> {
  const ids = deliveriesOfIt.flatMap(({ subscriber }) => subscriber ?? [])
  const found = await subscribers
    .find({ _id: { $in: ids } }, { projection: { email: 1, status: 1, pausedUntil: 1 } })
    .toArray()
  const people = new Map(found.map((person) => [person._id.toHexString(), person]))
  return deliveriesOfIt.flatMap(({ _id, subscriberRef, email }) => {
    const reason = reasonAgainst({ person: people.get(subscriberRef), email, now })
    return reason ? [{ deliveryId: _id.toHexString(), reason }] : []
  })
}

/** @param about.email that was written down for the person. */
function reasonAgainst({
  person,
  email,
  now,
}: {
  person: Pick<SubscriberDocument, 'email' | 'status' | 'pausedUntil'> | undefined
  email: string
  now: Date
}): Exclusion['reason'] | null {
  if (!person) return 'deleted'
  if (person.status !== 'active') return person.status === 'suppressed' ? 'suppressed' : 'unsubscribed'
  if (person.email !== email) return 'moved'
  return person.pausedUntil && person.pausedUntil > now ? 'paused' : null
}

/** In its canary a campaign is open for the batches of that. */
async function isOpenAt({
  campaigns,
  batch: { campaign, number },
  now,
}: Pick<Collections, 'campaigns'> & { batch: BatchDocument; now: Date }): Promise<boolean> {
  const open = {
    _id: campaign,
    dueAt: { $lte: now },
    $or: [{ status: 'submitting' as const }, inCanary(number)],
  }
  return (await campaigns.findOne(open, { projection: { _id: 1 } })) !== null
}

const inCanary = (number: number) => ({ status: 'canary' as const, 'canary.batches': { $gt: number } })

const toDelivery = ({ _id, subscriberRef, linkKey, email, name, locale }: DeliveryDocument): Delivery => ({
  id: _id.toHexString(),
  subscriberId: subscriberRef,
  linkKey: linkKey ?? null,
  email,
  name,
  locale,
})
