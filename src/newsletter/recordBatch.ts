import type { ClaimedBatch, Delivery, DeliveryResult, MailResult, SealedBatch } from './model.ts'
import { insist } from './insist.ts'
import type { Flow } from './ports.ts'
import type { BatchMove } from './rules/nextBatchMove.ts'
import { nextKey } from './rules/nextKey.ts'

type Called = { batch: ClaimedBatch; token: string; sealed: SealedBatch }
type Again = Extract<BatchMove, { kind: 'repeat' | 'stop' }>
type Settled = Extract<BatchMove, { kind: 'settle' | 'doubt' }>

/** Writes what follows from a call: what became of each delivery, or how the batch is tried again. */
export const recordBatch = <Content>(
  flow: Flow<Content>,
  { move, ...called }: Called & { move: BatchMove },
): Promise<void> =>
  insist(flow, {
    write: () => record(flow, { move, ...called }),
    onFailure: (error) => flow.log('batch.not_recorded', { batch: called.batch.number, error }),
  })

function record<Content>(
  flow: Flow<Content>,
  { move, ...called }: Called & { move: BatchMove },
): Promise<void> {
  switch (move.kind) {
    case 'repeat':
    case 'stop':
      return tryAgain(flow, { ...called, move })
    case 'settle':
    case 'doubt':
      return settle(flow, { ...called, move })
  }
}

async function tryAgain<Content>(
  { store, clock, log }: Flow<Content>,
  { batch, token, move }: Called & { move: Again },
): Promise<void> {
  const { campaignId: id, idempotencyKey: key, attempts } = batch
  const { problem, isInDoubt } = move
  const now = clock.now()
  if (move.kind === 'stop') await store.stopCampaign({ id, problem, now })
  else if (move.holds === 'campaign') await store.holdCampaign({ id, until: move.until, problem, now })
  const newKey = isInDoubt ? null : nextKey({ key, attempts })
  const postponedSince = postponedAfter({ batch, move })
  await store.releaseBatch({ id: batch.id, token, dueAt: dueAfter({ batch, move }), newKey, postponedSince })
  log(move.kind === 'stop' ? 'batch.stopped' : 'batch.repeated', {
    campaign: id,
    batch: batch.number,
    problem: problem.code,
  })
}

/** How often a batch comes first when its campaign goes on. */
const TRIES_IN_PLACE = 3

/**
 * Null: it keeps its place before the others, so that an outage does not put one more batch in doubt with each try. One
 * that has failed often may be what the provider stumbles over, and goes to the end.
 */
function dueAfter({ batch, move }: { batch: ClaimedBatch; move: Again }): Date | null {
  if (move.kind === 'stop') return null
  return move.holds === 'campaign' && batch.attempts < TRIES_IN_PLACE ? null : move.until
}

const postponedAfter = ({ batch, move }: { batch: ClaimedBatch; move: Again }): Date | null =>
  (move.kind === 'repeat' ? move.postponedSince : null) ?? batch.postponedSince

async function settle<Content>(
  { store, clock, log }: Flow<Content>,
  { batch, token, sealed, move }: Called & { move: Settled },
): Promise<void> {
  const { campaignId: campaign } = batch
  const results = [
    ...sealed.exclusions.map((exclusion) => ({ ...exclusion, status: 'excluded' }) as const),
    ...sealed.recipients.map((delivery, index) => resultOf({ delivery, index, move })),
  ]
  const now = clock.now()
  if (move.kind === 'doubt' && move.until > now)
    await store.holdCampaign({ id: campaign, until: move.until, problem: move.problem, now })
  const isSettled = await store.settleBatch({ id: batch.id, token, results, now })
  const isAnswer = move.kind === 'settle' && sealed.recipients.length > 0
  if (isAnswer && batch.problemSince !== null) await store.clearProblem({ id: campaign, now })
  log(isSettled ? 'batch.settled' : 'batch.lost', {
    campaign,
    batch: batch.number,
    mails: sealed.recipients.length,
  })
}

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
