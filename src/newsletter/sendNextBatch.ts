import type {
  ClaimedBatch,
  Delivery,
  DeliveryResult,
  MailResult,
  Outcome,
  Problem,
  SealedBatch,
} from './model.ts'
import type { Flow } from './ports.ts'
import { LEASE_MS } from './rules/lease.ts'
import { isRepeatSafe, nextBatchMove, type BatchMove } from './rules/nextBatchMove.ts'
import { personalise } from './rules/personalise.ts'

/**
 * Claims one due batch, hands its mails over in one call and records what became of each.
 * @returns whether there was one.
 */
export async function sendNextBatch<Content>(flow: Flow<Content>): Promise<boolean> {
  const { store, clock, mailer } = flow
  const token = flow.randomId()
  const batch = await store.claimBatch({ now: clock.now(), lease: { token, ms: LEASE_MS } })
  if (!batch) return false
  const wasInDoubt = batch.inDoubtSince
  const sealed = await store.sealBatch({ batch, token, now: clock.now() })
  if (!sealed) return true
  if (!isRepeatSafe({ inDoubtSince: wasInDoubt, repeatableMs: mailer.repeatableMs, now: clock.now() })) {
    await record(flow, { batch, token, sealed, move: { kind: 'doubt', problem: INTERRUPTED } })
    return true
  }
  const outcome = await handOver(flow, { batch, sealed })
  const move = nextBatchMove({
    outcome,
    attempts: batch.attempts,
    inDoubtSince: wasInDoubt,
    repeatableMs: mailer.repeatableMs,
    now: clock.now(),
  })
  await record(flow, { batch, token, sealed, move })
  return true
}

const INTERRUPTED: Problem = {
  code: 'interrupted',
  message: 'The worker stopped while the mailer had the mail, and this mailer cannot be asked twice safely.',
}

async function handOver<Content>(
  { store, mailer, secret }: Flow<Content>,
  { batch, sealed }: { batch: ClaimedBatch; sealed: SealedBatch },
): Promise<Outcome> {
  if (sealed.recipients.length === 0) return { kind: 'answered', results: [] }
  const { campaignId, idempotencyKey } = batch
  const mailing = await store.readMailing(campaignId)
  const mails = sealed.recipients.map((delivery) => personalise({ mailing, delivery, campaignId, secret }))
  return mailer.send({ key: idempotencyKey, mails })
}

async function record<Content>(
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
    await store.releaseBatch({ id: batch.id, token, dueAt, isInDoubt })
    log('batch.repeated', { ...facts, problem: problem.code })
    return
  }
  const mailResults =
    move.kind === 'settle'
      ? move.results
      : sealed.recipients.map(() => ({ kind: 'unknown', code: move.problem.code, detail: null }) as const)
  const results = [
    ...sealed.exclusions.map((exclusion) => ({ ...exclusion, status: 'excluded' }) as const),
    ...sealed.recipients.map((delivery, index) => deliveryResult(delivery, mailResults[index])),
  ]
  await store.settleBatch({ id: batch.id, token, results, now: clock.now() })
  if (move.kind === 'settle') await store.clearProblem(batch.campaignId)
  log('batch.settled', facts)
}

/** A mail that the provider's answer does not mention may or may not have been taken. */
function deliveryResult({ id: deliveryId }: Delivery, result: MailResult | undefined): DeliveryResult {
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
