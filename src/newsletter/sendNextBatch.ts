import { closeBatch } from './closeBatch.ts'
import { withLease } from './withLease.ts'
import type { ClaimedBatch, Mail, Mailing, Outcome, SealedBatch } from './model.ts'
import type { CallSlot, Flow } from './ports.ts'
import { recordBatch } from './recordBatch.ts'
import { LEASE_MS } from './rules/lease.ts'
import { isRepeatSafe, nextBatchMove, type BatchMove } from './rules/nextBatchMove.ts'
import { personalise } from './rules/personalise.ts'
import { INTERRUPTED, MAILER_CHANGED, mailerFailed, mailNotMade } from './rules/problems.ts'
import { stopRefusedCampaign } from './stopRefusedCampaign.ts'

/**
 * Claims one due batch, hands its mails over in one call and records what became of each.
 * @returns whether there was one.
 */
export const sendNextBatch = <Content>(flow: Flow<Content>): Promise<boolean> =>
  withLease(flow, async (token) => {
    const { store, clock } = flow
    const batch = await store.claimBatch({ now: clock.now(), lease: { token, ms: LEASE_MS } })
    if (!batch) return false
    if (batch.isCancelled) await closeBatch(flow, { batch, token })
    else await sendBatch(flow, { batch, token })
    return true
  })

async function sendBatch<Content>(
  flow: Flow<Content>,
  { batch, token }: { batch: ClaimedBatch; token: string },
): Promise<void> {
  const { store, clock, mailer, pace } = flow
  // All that can fail for reasons of our own comes before the batch is in doubt, and so does waiting.
  const mailing = await store.readMailing(batch.campaignId)
  const slot = await pace.waitForCall()
  if (!slot) return store.giveBack({ tokens: [token] })
  try {
    // Parted, or taken over: what is due of it is claimed anew.
    if (await isTooLarge(flow, { batch, token })) return await store.giveBack({ tokens: [token] })
    const sealed = await store.sealBatch({ batch, token, callWith: mailer.account, now: clock.now() })
    // Paused or cancelled a moment ago, or taken over by another worker: then it is not ours to call.
    if (!sealed) return await store.giveBack({ tokens: [token] })
    const move = await moveAfterCall(flow, { batch, mailing, sealed, slot })
    await recordBatch(flow, { batch, token, sealed, move })
    // What bounced before was a larger part of fewer mails, or of too few to say anything.
    if (move.kind === 'settle') await flow.guard(batch.campaignId)
    await stopRefusedCampaign(flow, { campaignId: batch.campaignId, move })
  } finally {
    await slot.end(null)
  }
}

/** How many mails one call takes at most, with any mailer. */
const LARGEST_BATCH = 100

/** A batch may have been made for a mailer that takes more at once, and the mailer was changed since. */
const isTooLarge = async <Content>(
  { store, mailer, clock }: Flow<Content>,
  { batch, token }: { batch: ClaimedBatch; token: string },
): Promise<boolean> =>
  mailer.batchSize < LARGEST_BATCH &&
  batch.inDoubtSince === null &&
  (await store.splitBatch({ batch, token, size: mailer.batchSize, now: clock.now() }))

interface Sealed {
  batch: ClaimedBatch
  mailing: Mailing
  sealed: SealedBatch
  slot: CallSlot
}

/** What follows from the call, or from the knowledge that there must be none. */
async function moveAfterCall<Content>(flow: Flow<Content>, called: Sealed): Promise<BatchMove> {
  const { clock, mailer, random } = flow
  const { batch, sealed } = called
  const { inDoubtSince, calledWith } = batch
  const { repeatableMs } = mailer
  if (sealed.recipients.length === 0) return { kind: 'settle', results: [] }
  const now = clock.now()
  if (inDoubtSince !== null && calledWith !== null && calledWith !== mailer.account)
    return { kind: 'doubt', until: now, problem: MAILER_CHANGED }
  if (!isRepeatSafe({ inDoubtSince, repeatableMs, now }))
    return { kind: 'doubt', until: now, problem: INTERRUPTED }
  const outcome = await call(flow, called)
  return nextBatchMove({ outcome, ...batch, repeatableMs, jitter: random(), now: clock.now() })
}

async function call<Content>(
  { clock, mailer, secret }: Flow<Content>,
  { batch, mailing, sealed, slot }: Sealed,
): Promise<Outcome> {
  const { campaignId, idempotencyKey: key } = batch
  let mails: Mail[]
  try {
    mails = sealed.recipients.map((delivery) => personalise({ mailing, delivery, campaignId, secret }))
  } catch (error) {
    // Nothing was handed over, surely: a fault of ours makes nobody uncertain.
    return { kind: 'refused', problem: mailNotMade(error) }
  }
  const began = clock.now().getTime()
  const outcome = await mailer
    .send({ key, mails })
    .catch((error: unknown): Outcome => ({ kind: 'unknown', problem: mailerFailed(error) }))
  await slot.end({ outcome, tookMs: clock.now().getTime() - began })
  return outcome
}
