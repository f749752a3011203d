import type { ClaimedBatch, Delivery, DeliveryResult } from './model.ts'
import type { Flow } from './ports.ts'

/**
 * Records what is left of a cancelled campaign, so that every recipient has a reason: nobody gets a mail any more; of
 * a call that stayed unanswered nobody can know.
 */
export async function closeBatch<Content>(
  { store, clock, log }: Flow<Content>,
  { batch, token }: { batch: ClaimedBatch; token: string },
): Promise<void> {
  const sealed = await store.sealBatch({ batch, token, isCallNext: false, now: clock.now() })
  if (!sealed) return
  const results = [
    ...sealed.exclusions.map((exclusion) => ({ ...exclusion, status: 'excluded' }) as const),
    ...sealed.recipients.map((delivery) => resultOf(delivery, batch)),
  ]
  await store.settleBatch({ id: batch.id, token, results, now: clock.now() })
  log('batch.closed', { campaign: batch.campaignId, batch: batch.number })
}

const resultOf = ({ id: deliveryId }: Delivery, { inDoubtSince }: ClaimedBatch): DeliveryResult =>
  inDoubtSince === null
    ? { deliveryId, status: 'excluded', reason: 'cancelled' }
    : { deliveryId, status: 'uncertain', reason: 'cancelled', detail: null }
