import type { Id } from '../../../newsletter/model.ts'
import type { Store } from '../../../newsletter/ports.ts'
import type { Mover } from '../../../newsletter/rules/campaignMoves.ts'
import { nextKey } from '../../../newsletter/rules/nextKey.ts'
import { REMAILED_FROM } from '../../../newsletter/rules/transitions.ts'
import {
  hasLaterEdition,
  hasUnsettledBatch,
  isOf,
  moved,
  NO_LEASE,
  UNSEALED,
  write,
  type BatchRow,
  type CampaignRow,
  type DeliveryRow,
  type Rows,
} from './rows.ts'

type RemailingOperations = Pick<
  Store,
  'requestRemailing' | 'leaveUncertain' | 'findRemailingRequests' | 'reopenBatches'
>

export const remailingOperations = (rows: Rows): RemailingOperations => {
  const findSettled = (id: Id, from: readonly string[]) =>
    rows.campaigns.find((row) => row.id === id && from.includes(row.status) && isAllSettled(rows, row))
  return {
    async requestRemailing({ id, of, by, byName, now }) {
      const row = findSettled(id, REMAILED_FROM)
      if (row && hasLaterEdition(rows, row)) return false
      const decision = of === 'uncertain' ? ({ kind: 'mail_again', at: now, by } as const) : null
      const round = (row?.round ?? 0) + 1
      const control = of === 'uncertain' ? 'mail-again' : 'retry'
      const going = goingOn(row, { control, by, byName, now })
      return write(row, { ...going, finishedAt: null, round, remailing: of, decision })
    },

    async leaveUncertain({ id, by, byName, now }) {
      const decision = { kind: 'leave', at: now, by } as const
      const row = findSettled(id, ['paused'])
      return write(row, { ...goingOn(row, { control: 'leave', by, byName, now }), decision })
    },

    async findRemailingRequests() {
      return rows.campaigns.filter(({ remailing }) => remailing !== null).map(({ id }) => id)
    },

    async reopenBatches({ id, now }) {
      const campaign = rows.campaigns.find((row) => row.id === id)
      if (!campaign?.remailing) return
      if (hasLaterEdition(rows, campaign)) return void write(campaign, { remailing: null })
      for (const batch of rows.batches.filter(isOf(campaign))) reopen(rows, { campaign, batch, now })
      write(campaign, { remailing: null })
    },
  }
}

const isAllSettled = (rows: Rows, row: CampaignRow) =>
  row.snapshot !== null && row.remailing === null && !hasUnsettledBatch(rows, row)

const goingOn = (row: CampaignRow | undefined, { now, ...mover }: Mover & { now: Date }) => ({
  ...moved(row, { to: 'submitting', now, ...mover }),
  ...{ problem: null, dueAt: now },
})

function reopen(
  rows: Rows,
  { campaign, batch, now }: { campaign: CampaignRow; batch: BatchRow; now: Date },
): void {
  const { round, remailing } = campaign
  const remailed = rows.deliveries.filter(
    (it) => isOf(campaign)(it) && it.batchNumber === batch.number && it.status === remailing,
  )
  if (batch.status !== 'settled' || batch.round >= round || remailed.length === 0) return
  if (remailing === 'rejected') for (const delivery of remailed) readdress(rows, delivery)
  write(batch, {
    status: 'pending',
    settledAt: null,
    round,
    remails: remailing,
    dueAt: now,
    idempotencyKey: nextKey({ key: batch.idempotencyKey, attempts: batch.attempts }),
    attempts: batch.attempts + 1,
    postponedSince: null,
    ...UNSEALED,
    ...NO_LEASE,
  })
}

/** An address that was refused may have been corrected since. */
function readdress({ subscribers }: Rows, delivery: DeliveryRow): void {
  const subscriber = subscribers.find(({ id }) => id === delivery.subscriberId)
  if (subscriber) delivery.email = subscriber.email
}
