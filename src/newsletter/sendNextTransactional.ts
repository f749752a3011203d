import { normaliseEmail } from '../subscribers/emailAddress.ts'
import { withLease } from './withLease.ts'
import { insist } from './insist.ts'
import type { ClaimedMail, FrozenMail, Mail, MailResult, Outcome, TransactionalMailResult } from './model.ts'
import type { CallSlot, Flow } from './ports.ts'
import { addressHash } from './rules/addressHash.ts'
import { LEASE_MS } from './rules/lease.ts'
import { moveBeforeCall, moveUncalled, nextMailMove, type MailMove } from './rules/nextMailMove.ts'
import { nextKey } from './rules/nextKey.ts'
import { MAIL_REMOVED, mailerFailed } from './rules/problems.ts'
import { whyUnwanted } from './rules/whyUnwanted.ts'

/**
 * Claims one due transactional mail, hands it over in a call of its own and records what became of it: with the guarantees
 * of a batch, and without a campaign that could hold it.
 * @returns whether there was one.
 */
export const sendNextTransactional = <Content>(flow: Flow<Content>): Promise<boolean> =>
  withLease(flow, async (token) => {
    const { store, clock } = flow
    const claimed = await store.claimTransactionalMail({ now: clock.now(), lease: { token, ms: LEASE_MS } })
    if (!claimed) return false
    await send(flow, { claimed, token })
    return true
  })

type Held = { claimed: ClaimedMail; token: string }

async function send<Content>(flow: Flow<Content>, { claimed, token }: Held): Promise<void> {
  const { store, clock, mailer, pace } = flow
  const { mail } = claimed
  if (mail === null) {
    // Removed by a retention rule, say.
    const move = moveUncalled({ earlier: claimed, problem: MAIL_REMOVED })
    return record(flow, { claimed, token, move })
  }
  const move = moveWithoutCall(flow, claimed)
  if (move) return record(flow, { claimed, token, move })
  // Waiting comes before the mail is in doubt.
  const slot = await pace.waitForCall()
  if (!slot) return store.giveBack({ tokens: [token] })
  try {
    const unwanted = await moveOfUnwanted(flow, { claimed, mail })
    if (unwanted) return await record(flow, { claimed, token, move: unwanted })
    const isOurs = await store.callTransactionalMail({
      claimed,
      token,
      callWith: mailer.account,
      now: clock.now(),
    })
    // Taken over by another worker, removed, or settled by what the provider told: then it is not ours to call.
    if (!isOurs) return
    await record(flow, { claimed, token, move: await moveAfterCall(flow, { claimed, mail, slot }) })
  } finally {
    await slot.end(null)
  }
}

const moveWithoutCall = <Content>({ mailer, clock }: Flow<Content>, earlier: ClaimedMail): MailMove | null =>
  moveBeforeCall({
    earlier,
    account: mailer.account,
    repeatableMs: mailer.repeatableMs,
    now: clock.now(),
  })

/** As late as can be: it may have waited long, and whoever must not be mailed since is not. */
async function moveOfUnwanted<Content>(
  { store, secret, clock }: Flow<Content>,
  { claimed, mail: { to } }: { claimed: ClaimedMail; mail: FrozenMail },
): Promise<MailMove | null> {
  const email = normaliseEmail(to.email)
  const addressee = await store.readAddressee({ email, addressHash: addressHash({ secret, email }) })
  const problem = whyUnwanted({ mail: claimed, addressee, now: clock.now() })
  return problem && moveUncalled({ earlier: claimed, problem })
}

async function moveAfterCall<Content>(
  flow: Flow<Content>,
  called: { claimed: ClaimedMail; mail: FrozenMail; slot: CallSlot },
): Promise<MailMove> {
  const { mailer, clock, random } = flow
  const outcome = await call(flow, called)
  return nextMailMove({
    outcome,
    earlier: called.claimed,
    repeatableMs: mailer.repeatableMs,
    jitter: random(),
    now: clock.now(),
  })
}

async function call<Content>(
  { mailer, clock }: Flow<Content>,
  { claimed, mail, slot }: { claimed: ClaimedMail; mail: FrozenMail; slot: CallSlot },
): Promise<Outcome> {
  const began = clock.now().getTime()
  const outcome = await mailer
    .send({ key: claimed.idempotencyKey, mails: [toMail({ id: claimed.id, mail })] })
    .catch((error: unknown): Outcome => ({ kind: 'unknown', problem: mailerFailed(error) }))
  await slot.end({ outcome, tookMs: clock.now().getTime() - began })
  return outcome
}

/** What a provider tells of it later is found by the tag. Mails of an earlier version fixed no Message-ID. */
const toMail = ({ id, mail }: { id: string; mail: FrozenMail }): Mail => ({
  ...mail,
  tags: { mail: id },
  messageId: mail.messageId ?? `<mail-${id}@${mail.from.email.slice(mail.from.email.lastIndexOf('@') + 1)}>`,
  feedbackId: null,
})

const record = <Content>(flow: Flow<Content>, moved: Held & { move: MailMove }): Promise<void> =>
  insist(flow, {
    write: () => write(flow, moved),
    onFailure: (error) => flow.log('mail.not_recorded', { mail: moved.claimed.id, error }),
  })

async function write<Content>(
  { store, clock, log }: Flow<Content>,
  { claimed, token, move }: Held & { move: MailMove },
): Promise<void> {
  const { id, idempotencyKey: key, attempts } = claimed
  const now = clock.now()
  const { hold } = move
  if (hold !== null && hold.until > now) await store.holdTransactionalMails({ ...hold, now })
  switch (move.kind) {
    case 'settle': {
      const isSettled = await store.settleTransactionalMail({ id, token, result: resultOf(move.result), now })
      return log(isSettled ? 'mail.settled' : 'mail.lost', { mail: id })
    }
    case 'again': {
      const { until: dueAt, problem } = move
      const newKey = move.isInDoubt ? null : nextKey({ key, attempts })
      await store.releaseTransactionalMail({ claimed, token, dueAt, newKey, problem, now })
      return log('mail.repeated', { mail: id, problem: problem.code })
    }
  }
}

function resultOf(result: MailResult): TransactionalMailResult {
  switch (result.kind) {
    case 'accepted':
      return { status: 'submitted', providerId: result.providerId }
    case 'rejected':
      return { status: 'rejected', reason: result.code, detail: result.detail }
    case 'unknown':
      return { status: 'uncertain', reason: result.code, detail: result.detail }
  }
}
