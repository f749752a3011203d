import { ObjectId } from 'mongodb'
import type { EventStore } from '../../../newsletter/eventPorts.ts'
import type { Collections, DeliveryDocument } from './collections.ts'
import { countByStatus, ofTheRows } from './finishing.ts'
import { NO_PROBLEM, pushMove } from './values.ts'

type Fact = Parameters<EventStore['settleTaken']>[0]

/**
 * The delivery says by `isUncounted` that its campaign does not know yet, so that a try that was cut off is made up for; and
 * the campaign says by `resettled` that it changed, so that whoever counts its deliveries at this moment counts again.
 */
export async function settleTaken(rows: Collections, fact: Fact): Promise<void> {
  const _id = new ObjectId(fact.deliveryId)
  if (!(await take(rows, { _id, fact }))) return
  const campaign = new ObjectId(fact.campaignId)
  await rows.campaigns.updateOne({ _id: campaign }, { $inc: { resettled: 1 } })
  await recountFinished(rows, campaign)
  await goOn(rows, { campaign, fact })
  await rows.deliveries.updateOne({ _id }, { $unset: { isUncounted: '' } })
}

/** @returns whether its campaign is to be told. */
async function take(
  rows: Collections,
  { _id, fact: { providerId, now } }: { _id: ObjectId; fact: Fact },
): Promise<boolean> {
  for (;;) {
    const delivery = await rows.deliveries.findOne({ _id })
    if (!delivery) return false
    const { status } = delivery
    if (status === 'submitted') return delivery.isUncounted === true
    if (status !== 'uncertain' && !(await isInDoubt(rows, delivery))) return false
    const taken = { status: 'submitted' as const, providerId, settledAt: now, reason: null, detail: null }
    const { matchedCount } = await rows.deliveries.updateOne(
      { _id, status },
      // A campaign with a batch in doubt has not been counted.
      { $set: { ...taken, ...(status === 'uncertain' && { isUncounted: true }) } },
    )
    if (matchedCount === 1) return status === 'uncertain'
  }
}

async function isInDoubt(
  { batches }: Collections,
  { status, campaign, snapshot, batchNumber: number }: DeliveryDocument,
): Promise<boolean> {
  if (status !== 'pending' && status !== 'rejected') return false
  const inDoubt = { campaign, snapshot, number, status: 'pending' as const, inDoubtSince: { $ne: null } }
  return (await batches.findOne(inDoubt, { projection: { _id: 1 } })) !== null
}

/** Only of a finished campaign counts are kept. */
async function recountFinished({ campaigns, deliveries }: Collections, _id: ObjectId): Promise<void> {
  for (;;) {
    const found = await campaigns.findOne(
      { _id, finishedAt: { $ne: null } },
      { projection: { snapshot: 1, resettled: 1 } },
    )
    if (!found?.snapshot) return
    const { snapshot, resettled = null } = found
    const counts = await countByStatus({ deliveries, campaign: _id, snapshot })
    const { matchedCount } = await campaigns.updateOne(
      { _id, finishedAt: { $ne: null }, resettled },
      { $set: ofTheRows(counts) },
    )
    if (matchedCount === 1) return
  }
}

/** One that waits for staff to decide of the uncertain, of whom there is none any more. */
async function goOn(
  { campaigns, deliveries }: Collections,
  { campaign, fact: { undecidedCode, now } }: { campaign: ObjectId; fact: Fact },
): Promise<void> {
  const isUndecided = { _id: campaign, status: 'paused' as const, 'problem.code': undecidedCode }
  const found = await campaigns.findOne(isUndecided, { projection: { snapshot: 1 } })
  if (!found?.snapshot) return
  const uncertain = { campaign, snapshot: found.snapshot, status: 'uncertain' as const }
  if (await deliveries.findOne(uncertain, { projection: { _id: 1 } })) return
  await campaigns.updateOne(isUndecided, {
    $set: { status: 'submitting', dueAt: now, movedAt: now, updatedAt: now, ...NO_PROBLEM },
    $push: pushMove({ to: 'submitting', now }),
  })
}
