import type { Delivery, Exclusion, Id } from '../../../newsletter/model.ts'
import type { Store } from '../../../newsletter/ports.ts'
import { REMAILED } from '../../../newsletter/rules/transitions.ts'
import { isPaused, newBatch } from './audience.ts'
import {
  firstDue,
  isFreeAt,
  isOpenFor,
  leaseFrom,
  NO_LEASE,
  UNSEALED,
  write,
  type BatchRow,
  type CampaignRow,
  type DeliveryRow,
  type Rows,
  type SubscriberRow,
} from './rows.ts'

type BatchOperations = Pick<Store, 'claimBatch' | 'splitBatch' | 'sealBatch' | 'settleBatch' | 'releaseBatch'>

export const batchOperations = (rows: Rows): BatchOperations => {
  const held = (id: Id, token: string) =>
    rows.batches.find((row) => row.id === id && row.leaseToken === token && row.status === 'pending')
  const campaignOf = ({ campaignId, snapshot }: BatchRow) =>
    rows.campaigns.find((row) => row.id === campaignId && row.snapshot === snapshot)
  return {
    async claimBatch({ now, lease }) {
      const isDue = (row: BatchRow) => {
        const campaign = campaignOf(row)
        const isOpen = campaign?.status === 'cancelled' || isOpenFor(campaign, row)
        const isNotHeld = isOpen && campaign !== undefined && campaign.dueAt <= now
        return isNotHeld && row.status === 'pending' && row.dueAt <= now && isFreeAt(row, now)
      }
      const row = firstDue(rows.batches.filter(isDue))
      if (!row) return null
      const { id, campaignId, number, idempotencyKey, attempts, round, calledWith } = row
      const { sealedAt, inDoubtSince, postponedSince } = row
      write(row, { ...leaseFrom({ now, lease }), attempts: attempts + 1 })
      const campaign = campaignOf(row)
      const isCancelled = campaign?.status === 'cancelled'
      const problemSince = campaign?.problem?.at ?? null
      const known = { id, campaignId, number, idempotencyKey, attempts, round, calledWith }
      return { ...known, sealedAt, inDoubtSince, problemSince, postponedSince, isCancelled }
    },

    async splitBatch({ batch, token, size, now }) {
      const row = held(batch.id, token)
      if (!row) return true
      const members = deliveriesOf(rows, row)
      if (row.sealedAt !== null || members.length <= size) return false
      const { campaignId, snapshot, round, remails } = row
      const place = { campaignId, snapshot }
      const last = Math.max(...rows.batches.filter(isOfSame(row)).map(({ number }) => number))
      for (let part = 1; part * size < members.length; part++) {
        const number = last + part
        rows.batches.push({ ...place, ...newBatch({ ...place, number, now }), round, remails })
        members
          .slice(part * size, (part + 1) * size)
          .forEach((delivery, position) => write(delivery, { batchNumber: number, position }))
      }
      return true
    },

    async sealBatch({ batch, token, callWith, now }) {
      const row = held(batch.id, token)
      if (!row || (callWith !== null && !isOpenAt({ campaign: campaignOf(row), row, now }))) return null
      if (row.sealedAt === null) write(row, { ...membersAt(rows, { row, now }), sealedAt: now })
      if (callWith !== null && row.inDoubtSince === null)
        write(row, { inDoubtSince: now, calledWith: callWith })
      const isRecipient = recipientsOf(row)
      const recipients = deliveriesOf(rows, row)
        .filter(({ id }) => isRecipient(id))
        .map(toDelivery)
      return { exclusions: [...(row.exclusions ?? [])], recipients }
    },

    async settleBatch({ id, token, results, now }) {
      const row = held(id, token)
      for (const { deliveryId, ...facts } of row ? results : []) {
        const delivery = rows.deliveries.find((it) => it.id === deliveryId)
        const mayMove = row?.round === 0 ? delivery?.status === 'pending' : isRemailed(delivery)
        if (mayMove && (row?.round === 0 || facts.status !== 'excluded'))
          write(delivery, { ...NO_OUTCOME, ...facts, settledAt: now })
      }
      return write(row, { status: 'settled', settledAt: now, ...NO_LEASE })
    },

    async releaseBatch({ id, token, dueAt, newKey, postponedSince }) {
      const row = held(id, token)
      const later = dueAt !== null && { dueAt }
      return write(row, {
        ...NO_LEASE,
        ...later,
        postponedSince,
        ...(newKey !== null && { idempotencyKey: newKey, ...UNSEALED }),
      })
    },
  }
}

const isOpenAt = ({
  campaign,
  row,
  now,
}: {
  campaign: CampaignRow | undefined
  row: BatchRow
  now: Date
}): boolean => campaign !== undefined && isOpenFor(campaign, row) && campaign.dueAt <= now

const isOfSame = (row: BatchRow) => (other: BatchRow) =>
  other.campaignId === row.campaignId && other.snapshot === row.snapshot

const NO_OUTCOME = { reason: null, detail: null, providerId: null }

const isRemailed = (delivery: DeliveryRow | undefined) =>
  REMAILED.some((status) => status === delivery?.status)

const deliveriesOf = ({ deliveries }: Rows, { campaignId, snapshot, number }: BatchRow): DeliveryRow[] =>
  deliveries
    .filter((it) => it.campaignId === campaignId && it.snapshot === snapshot && it.batchNumber === number)
    .toSorted((a, b) => a.position - b.position)

/** Who is mailed as things are now. */
function membersAt(
  rows: Rows,
  { row, now }: { row: BatchRow; now: Date },
): Pick<BatchRow, 'exclusions' | 'recipients'> {
  const deliveries = deliveriesOf(rows, row)
  if (row.round === 0)
    return {
      exclusions: deliveries.flatMap((delivery) => exclusionOf(rows, { delivery, now })),
      recipients: null,
    }
  const mailed = deliveries.filter(
    (delivery) => delivery.status === row.remails && exclusionOf(rows, { delivery, now }).length === 0,
  )
  return { exclusions: [], recipients: mailed.map(({ id }) => id) }
}

/** Who is mailed as it was fixed. */
function recipientsOf({ exclusions, recipients }: BatchRow): (deliveryId: Id) => boolean {
  if (recipients !== null) return (id) => recipients.includes(id)
  return (id) => !exclusions?.some(({ deliveryId }) => deliveryId === id)
}

function exclusionOf(
  { subscribers }: Rows,
  { delivery: { id, subscriberId, email }, now }: { delivery: DeliveryRow; now: Date },
): Exclusion[] {
  const subscriber = subscribers.find((row) => row.id === subscriberId)
  const reason = reasonAgainst({ subscriber, email, now })
  return reason ? [{ deliveryId: id, reason }] : []
}

/** @param about.email that was written down for the person. */
function reasonAgainst({
  subscriber,
  email,
  now,
}: {
  subscriber: SubscriberRow | undefined
  email: string
  now: Date
}): Exclusion['reason'] | null {
  if (!subscriber) return 'deleted'
  if (subscriber.status !== 'active')
    return subscriber.status === 'suppressed' ? 'suppressed' : 'unsubscribed'
  if (subscriber.email !== email) return 'moved'
  return isPaused(subscriber, now) ? 'paused' : null
}

const toDelivery = ({ id, subscriberId, linkKey, email, name, locale }: DeliveryRow): Delivery => ({
  id,
  subscriberId,
  linkKey,
  email,
  name,
  locale,
})
