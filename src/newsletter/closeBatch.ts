import type { ClaimedBatch, Delivery, DeliveryResult } from './model.ts'
import type { Flow } from './ports.ts'

/**
 * Records what is left of a cancelled campaign, so that every recipient has a reason: nobody gets a mail any more; of
 * a call that stayed unanswered nobody can know. Who was to be mailed once more keeps the outcome of before.
 */
export async function closeBatch<Content>(
  { store, clock, log }: Flow<Content>,
  { batch, token }: { batch: ClaimedBatch; token: string },
): Promise<void> {
  const sealed = await store.sealBatch({ batch, token, callWith: null, now: clock.now() })
  if (!sealed) return
  const results = [
    ...sealed.exclusions.map((exclusion) => ({ ...exclusion, status: 'excluded' }) as const),
    ...sealed.recipients.flatMap((delivery) => resultOf(delivery, batch)),
  ]
  await store.settleBatch({ id: batch.id, token, results, now: clock.now() })
  log('batch.closed', { campaign: batch.campaignId, batch: batch.number })
}

function resultOf({ id: deliveryId }: Delivery, { inDoubtSince, round }: ClaimedBatch): DeliveryResult[] {
  if (inDoubtSince !== null) return [{ deliveryId, status: 'uncertain', reason: 'cancelled', detail: null }]
  return round > 0 ? [] : [{ deliveryId, status: 'excluded', reason: 'cancelled' }]
}
