import { closeBatch } from './closeBatch.ts'
import type { ClaimedBatch, Mailing, Outcome, Problem, SealedBatch } from './model.ts'
import type { Flow } from './ports.ts'
import { recordBatch } from './recordBatch.ts'
import { LEASE_MS } from './rules/lease.ts'
import { isRepeatSafe, nextBatchMove, type BatchMove } from './rules/nextBatchMove.ts'
import { personalise } from './rules/personalise.ts'

/**
 * Claims one due batch, hands its mails over in one call and records what became of each.
 * @returns whether there was one.
 */
export async function sendNextBatch<Content>(flow: Flow<Content>): Promise<boolean> {
  const { store, clock } = flow
  const token = flow.randomId()
  const batch = await store.claimBatch({ now: clock.now(), lease: { token, ms: LEASE_MS } })
  if (!batch) return false
  if (batch.isCancelled) await closeBatch(flow, { batch, token })
  else await sendBatch(flow, { batch, token })
  return true
}

async function sendBatch<Content>(
  flow: Flow<Content>,
  { batch, token }: { batch: ClaimedBatch; token: string },
): Promise<void> {
  const { store, clock } = flow
  // All that can fail for reasons of our own comes before the batch is in doubt.
  const mailing = await store.readMailing(batch.campaignId)
  const sealed = await store.sealBatch({ batch, token, isCallNext: true, now: clock.now() })
  if (!sealed) return
  const move = await moveAfterCall(flow, { batch, mailing, sealed })
  await recordBatch(flow, { batch, token, sealed, move })
}

/** What follows from the call, or from the knowledge that there must be none. */
async function moveAfterCall<Content>(
  { clock, mailer, secret }: Flow<Content>,
  { batch, mailing, sealed }: { batch: ClaimedBatch; mailing: Mailing; sealed: SealedBatch },
): Promise<BatchMove> {
  const { campaignId, idempotencyKey, inDoubtSince, problemSince } = batch
  const { repeatableMs } = mailer
  if (sealed.recipients.length === 0) return { kind: 'settle', results: [] }
  if (!isRepeatSafe({ inDoubtSince, repeatableMs, now: clock.now() }))
    return { kind: 'doubt', problem: INTERRUPTED }
  const mails = sealed.recipients.map((delivery) => personalise({ mailing, delivery, campaignId, secret }))
  const outcome: Outcome = await mailer.send({ key: idempotencyKey, mails })
  return nextBatchMove({ outcome, problemSince, inDoubtSince, repeatableMs, now: clock.now() })
}

const INTERRUPTED: Problem = {
  code: 'interrupted',
  message: 'The worker stopped while the mailer had the mail, and this mailer cannot be asked twice safely.',
}
