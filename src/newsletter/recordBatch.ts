import type { ClaimedBatch, Delivery, DeliveryResult, MailResult, SealedBatch } from './model.ts'
import type { Flow } from './ports.ts'
import type { BatchMove } from './rules/nextBatchMove.ts'
import { nextKey } from './rules/nextKey.ts'

/** Writes what follows from a call: what became of each delivery, or when the batch is tried again. */
export async function recordBatch<Content>(
  { store, clock, log }: Flow<Content>,
  {
    batch,
    token,
    sealed,
    move,
  }: { batch: ClaimedBatch; token: string; sealed: SealedBatch; move: BatchMove },
): Promise<void> {
  const facts = { campaign: batch.campaignId, batch: batch.number, mails: sealed.recipients.length }
  if (move.kind === 'repeat') {
    const { dueAt, isInDoubt, problem } = move
    await store.holdCampaign({ id: batch.campaignId, until: dueAt, problem, now: clock.now() })
    const { idempotencyKey: key, attempts } = batch
    const newKey = isInDoubt ? null : nextKey({ key, attempts })
    await store.releaseBatch({ id: batch.id, token, dueAt, newKey })
    log('batch.repeated', { ...facts, problem: problem.code })
    return
  }
  const results = [
    ...sealed.exclusions.map((exclusion) => ({ ...exclusion, status: 'excluded' }) as const),
    ...sealed.recipients.map((delivery, index) => resultOf({ delivery, index, move })),
  ]
  const isSettled = await store.settleBatch({ id: batch.id, token, results, now: clock.now() })
  const isAnswer = move.kind === 'settle' && sealed.recipients.length > 0
  if (isAnswer) await store.clearProblem({ id: batch.campaignId, now: clock.now() })
  log(isSettled ? 'batch.settled' : 'batch.lost', facts)
}

type Settled = Exclude<BatchMove, { kind: 'repeat' }>

function resultOf({
  delivery,
  index,
  move,
}: {
  delivery: Delivery
  index: number
  move: Settled
}): DeliveryResult {
  if (move.kind === 'settle') return toDeliveryResult(delivery, move.results[index])
  return { deliveryId: delivery.id, status: 'uncertain', reason: move.problem.code, detail: null }
}

/** A mail that the provider's answer does not mention may or may not have been taken. */
function toDeliveryResult({ id: deliveryId }: Delivery, result: MailResult | undefined): DeliveryResult {
  switch (result?.kind) {
    case 'accepted':
      return { deliveryId, status: 'submitted', providerId: result.providerId }
    case 'rejected':
      return { deliveryId, status: 'rejected', reason: result.code, detail: result.detail }
    case 'unknown':
      return { deliveryId, status: 'uncertain', reason: result.code, detail: result.detail }
    case undefined:
      return { deliveryId, status: 'uncertain', reason: 'not_mentioned', detail: null }
  }
}
