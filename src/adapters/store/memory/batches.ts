import type { Exclusion, Id } from '../../../newsletter/model.ts'
import type { Store } from '../../../newsletter/ports.ts'
import {
  firstDue,
  isFreeAt,
  leaseFrom,
  NO_LEASE,
  write,
  type BatchRow,
  type DeliveryRow,
  type Rows,
} from './rows.ts'

type BatchOperations = Pick<Store, 'claimBatch' | 'sealBatch' | 'settleBatch' | 'releaseBatch'>

export const batchOperations = (rows: Rows): BatchOperations => {
  const held = (id: Id, token: string) =>
    rows.batches.find((row) => row.id === id && row.leaseToken === token && row.status === 'pending')
  const campaignOf = ({ campaignId, snapshot }: BatchRow) =>
    rows.campaigns.find((row) => row.id === campaignId && row.snapshot === snapshot)
  return {
    async claimBatch({ now, lease }) {
      const isDue = (row: BatchRow) => {
        const campaign = campaignOf(row)
        const isOpen = campaign?.status === 'submitting' || campaign?.status === 'cancelled'
        const isNotHeld = isOpen && campaign.dueAt <= now
        return isNotHeld && row.status === 'pending' && row.dueAt <= now && isFreeAt(row, now)
      }
      const row = firstDue(rows.batches.filter(isDue))
      if (!row) return null
      const { id, campaignId, number, idempotencyKey, attempts, sealedAt, inDoubtSince } = row
      write(row, { ...leaseFrom({ now, lease }), attempts: attempts + 1 })
      const campaign = campaignOf(row)
      const isCancelled = campaign?.status === 'cancelled'
      const problemSince = campaign?.problem?.at ?? null
      const known = { id, campaignId, number, idempotencyKey, attempts, sealedAt, inDoubtSince }
      return { ...known, problemSince, isCancelled }
    },

    async sealBatch({ batch, token, isCallNext, now }) {
      const row = held(batch.id, token)
      if (!row) return null
      const members = membersOf(rows, row)
      const exclusions = row.exclusions ?? members.flatMap((member) => exclusionOf(rows, member))
      write(row, { exclusions, sealedAt: row.sealedAt ?? now })
      if (isCallNext) write(row, { inDoubtSince: row.inDoubtSince ?? now })
      const isExcluded = (id: Id) => exclusions.some(({ deliveryId }) => deliveryId === id)
      const recipients = members
        .filter(({ id }) => !isExcluded(id))
        .map(({ id, subscriberId, email, name, locale }) => ({ id, subscriberId, email, name, locale }))
      return { exclusions: [...exclusions], recipients }
    },

    async settleBatch({ id, token, results, now }) {
      const row = held(id, token)
      for (const { deliveryId, ...facts } of row ? results : []) {
        const delivery = rows.deliveries.find((it) => it.id === deliveryId && it.status === 'pending')
        write(delivery, { ...facts, settledAt: now })
      }
      return write(row, { status: 'settled', ...NO_LEASE })
    },

    async releaseBatch({ id, token, dueAt, newKey }) {
      const row = held(id, token)
      const anew = { sealedAt: null, exclusions: null, inDoubtSince: null }
      return write(row, { dueAt, ...NO_LEASE, ...(newKey !== null && { idempotencyKey: newKey, ...anew }) })
    },
  }
}

const membersOf = ({ deliveries }: Rows, { campaignId, snapshot, number }: BatchRow): DeliveryRow[] =>
  deliveries
    .filter((it) => it.campaignId === campaignId && it.snapshot === snapshot && it.batchNumber === number)
    .toSorted((a, b) => a.position - b.position)

function exclusionOf({ subscribers }: Rows, { id, subscriberId }: DeliveryRow): Exclusion[] {
  const status = subscribers.find((subscriber) => subscriber.id === subscriberId)?.status
  if (status === 'active') return []
  const reason = !status ? 'deleted' : status === 'suppressed' ? 'suppressed' : 'unsubscribed'
  return [{ deliveryId: id, reason }]
}
