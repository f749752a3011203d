import type { MailResult, Outcome, Problem } from '../model.ts'
import { isRepeatSafe, nextBatchMove } from './nextBatchMove.ts'
import { INTERRUPTED, MAILER_CHANGED } from './problems.ts'

/**
 * What follows for a transactional mail.
 * - `settle`: it has its fate.
 * - `again`: another try from `until` on; in doubt it is the same bytes under the same key.
 * `hold`: what follows for the others that wait; null when it says nothing about them.
 */
export type MailMove =
  | { kind: 'settle'; result: MailResult; hold: Hold | null }
  | { kind: 'again'; until: Date; hold: Hold | null; isInDoubt: boolean; problem: Problem }

/** No other mail before `until` either, so that a fault does not put one after another in doubt. */
export interface Hold {
  until: Date
  /** Set: unless the provider has taken another one that was due since, so that the fault is this mail's alone. */
  unlessTakenSince: Date | null
}

/** What is known of earlier calls. */
interface Earlier {
  attempts: number
  calledWith: string | null
  inDoubtSince: Date | null
  problemSince: Date | null
}

/** Until somebody has mended what the provider refuses, it is asked this often. */
export const ASK_AGAIN_MS = 60_000

/** So much later than the others, whoever was refused: another is asked for first. Longer than a call takes. */
const OTHERS_FIRST_MS = 30_000

/** A mail that has failed this often may be what the provider stumbles over: the others wait for it no more. */
const TRIES_FOR_ALL = 3

/** Decides from the outcome of a call, as nextBatchMove does: only that nobody has to resume what was refused. */
export function nextMailMove({
  outcome,
  earlier: { attempts, ...earlier },
  repeatableMs,
  jitter,
  now,
}: {
  outcome: Outcome
  earlier: Earlier
  repeatableMs: number
  jitter: number
  now: Date
}): MailMove {
  const { problemSince: postponedSince } = earlier
  const move = nextBatchMove({ outcome, ...earlier, postponedSince, repeatableMs, jitter, now })
  switch (move.kind) {
    case 'settle':
      return { kind: 'settle', result: move.results[0] ?? NOT_MENTIONED, hold: null }
    case 'repeat': {
      const { until, isInDoubt, problem } = move
      const holdsOthers = move.holds === 'campaign' && attempts < TRIES_FOR_ALL
      return { kind: 'again', until, hold: holdsOthers ? holdUntil(until) : null, isInDoubt, problem }
    }
    case 'stop': {
      const { isInDoubt, problem } = move
      const until = after(now, ASK_AGAIN_MS)
      if (outcome.kind !== 'refused') return { kind: 'again', until, hold: null, isInDoubt, problem }
      const hold = { until, unlessTakenSince: earlier.problemSince }
      return { kind: 'again', until: after(until, OTHERS_FIRST_MS), hold, isInDoubt, problem }
    }
    case 'doubt':
      return { ...uncertainBecause(move.problem), hold: holdUntil(move.until) }
  }
}

/** What is known without a call: that none may follow, since it could be a second mail; null when one may. */
export function moveBeforeCall({
  earlier: { calledWith, inDoubtSince },
  account,
  repeatableMs,
  now,
}: {
  earlier: Earlier
  account: string
  repeatableMs: number
  now: Date
}): MailMove | null {
  if (inDoubtSince !== null && calledWith !== null && calledWith !== account)
    return uncertainBecause(MAILER_CHANGED)
  return isRepeatSafe({ inDoubtSince, repeatableMs, now }) ? null : uncertainBecause(INTERRUPTED)
}

/**
 * What becomes of a mail that is not to be called for any more: nobody gets it, unless an earlier call was taken without
 * our knowing.
 */
export const moveUncalled = ({
  earlier: { inDoubtSince },
  problem,
}: {
  earlier: Pick<Earlier, 'inDoubtSince'>
  problem: Problem
}): MailMove => settledAs({ kind: inDoubtSince === null ? 'rejected' : 'unknown', problem })

const uncertainBecause = (problem: Problem): MailMove => settledAs({ kind: 'unknown', problem })

const settledAs = ({
  kind,
  problem: { code, message },
}: {
  kind: 'rejected' | 'unknown'
  problem: Problem
}): MailMove => ({ kind: 'settle', result: { kind, code, detail: message }, hold: null })

const holdUntil = (until: Date): Hold => ({ until, unlessTakenSince: null })

const after = (time: Date, ms: number) => new Date(time.getTime() + ms)

/** A mail that the provider's answer does not mention may or may not have been taken. */
const NOT_MENTIONED: MailResult = { kind: 'unknown', code: 'not_mentioned', detail: null }
