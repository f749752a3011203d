import type { MailResult, Outcome, Problem } from '../model.ts'
import { DEFERRED_TOO_LONG } from './problems.ts'

/**
 * What follows from a provider's answer.
 * - `settle`: every mail of the call has its fate.
 * - `repeat`: another try, and nothing of this campaign before `until` (`holds: 'batch'`: only this batch waits). In doubt
 *   it is the same bytes under the same key; otherwise the provider took nothing, and the bytes are fixed anew.
 * - `stop`: the campaign is paused until staff have mended something; the batch is as with `repeat`.
 * - `doubt`: nobody can know, and a repeat could be a second mail: every delivery becomes uncertain. Nothing of this
 *   campaign before `until`, so that a fault does not make one mail after another uncertain.
 */
export type BatchMove =
  | { kind: 'settle'; results: MailResult[] }
  | {
      kind: 'repeat'
      until: Date
      holds: 'batch' | 'campaign'
      isInDoubt: boolean
      problem: Problem
      /** Set: its one recipient's server asks to come later, since then. */
      postponedSince?: Date
    }
  | { kind: 'stop'; isInDoubt: boolean; problem: Problem }
  | { kind: 'doubt'; until: Date; problem: Problem }

/**
 * Decides from the outcome of a call: the one table of reactions.
 * @param inDoubtSince since when an earlier call may have been taken; an answer that this call was not says nothing about
 * that one.
 * @param problemSince since when no call of the campaign was answered.
 * @param postponedSince since when the one recipient's server asks to come later; null when it did not before.
 * @param jitter from 0 up to 1: spreads the tries of several campaigns and workers.
 */
export function nextBatchMove({
  outcome,
  problemSince,
  postponedSince,
  inDoubtSince,
  repeatableMs,
  jitter,
  now,
}: {
  outcome: Outcome
  problemSince: Date | null
  postponedSince: Date | null
  inDoubtSince: Date | null
  repeatableMs: number
  jitter: number
  now: Date
}): BatchMove {
  const pause = pauseMs({ problemSince, jitter, now })
  const after = (ms: number) => new Date(now.getTime() + ms)
  const isInDoubt = inDoubtSince !== null
  switch (outcome.kind) {
    case 'answered':
      return { kind: 'settle', results: outcome.results }
    case 'refused':
      return { kind: 'stop', isInDoubt, problem: outcome.problem }
    case 'conflict':
      return { kind: 'stop', isInDoubt: true, problem: outcome.problem }
    case 'later': {
      const until = after(Math.max(outcome.afterMs ?? pause, 0))
      return { kind: 'repeat', until, holds: 'campaign', isInDoubt, problem: outcome.problem }
    }
    case 'postponed':
      return postpone({ problem: outcome.problem, since: postponedSince ?? now, isInDoubt, now })
    case 'busy':
    case 'unknown': {
      const { problem } = outcome
      if (!isRepeatSafe({ inDoubtSince: inDoubtSince ?? now, repeatableMs, now }))
        return { kind: 'doubt', until: after(pause), problem }
      const holds = outcome.kind === 'busy' ? 'batch' : 'campaign'
      return { kind: 'repeat', until: after(pause), holds, isInDoubt: true, problem }
    }
  }
}

const A_MINUTE_MS = 60_000

/** A server that greylists wants minutes (RFC 6647, 4.5), a full mailbox hours. Each wait once, then LATER_WAIT_MS. */
const FIRST_WAITS_MS = [1, 5, 15].map((minutes) => minutes * A_MINUTE_MS)
const LATER_WAIT_MS = 60 * A_MINUTE_MS
const POSTPONED_AT_MOST_MS = 24 * 60 * A_MINUTE_MS

/** One recipient waits while the others go on: 1, 5, 15, then 60 minutes, for a day. Then the mail is rejected. */
function postpone({
  problem,
  since,
  isInDoubt,
  now,
}: {
  problem: Problem
  since: Date
  isInDoubt: boolean
  now: Date
}): BatchMove {
  const lastedMs = now.getTime() - since.getTime()
  if (lastedMs < POSTPONED_AT_MOST_MS) {
    const until = new Date(now.getTime() + nextWaitMs(lastedMs))
    return { kind: 'repeat', until, holds: 'batch', isInDoubt, problem, postponedSince: since }
  }
  const tooLong = { code: DEFERRED_TOO_LONG, message: problem.message }
  if (isInDoubt) return { kind: 'doubt', until: now, problem: tooLong }
  return { kind: 'settle', results: [{ kind: 'rejected', code: tooLong.code, detail: tooLong.message }] }
}

/** The next wait follows from how long it has lasted: nobody has to count the tries. */
function nextWaitMs(lastedMs: number): number {
  let endsAtMs = 0
  for (const waitMs of FIRST_WAITS_MS) {
    endsAtMs += waitMs
    if (lastedMs < endsAtMs) return waitMs
  }
  return LATER_WAIT_MS
}

/**
 * Whether the same call again surely makes no second mail. The provider counts from when it took the call and its
 * clock is not ours: a twentieth of the time is kept as a margin.
 */
export function isRepeatSafe({
  inDoubtSince,
  repeatableMs,
  now,
}: {
  inDoubtSince: Date | null
  repeatableMs: number
  now: Date
}): boolean {
  return inDoubtSince === null || now.getTime() - inDoubtSince.getTime() < repeatableMs * 0.95
}

const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 60_000

/**
 * As long as the problem of the campaign has lasted, so that it grows with each try, whichever batch is tried: at least a
 * second, at most a minute, so that a mended fault is noticed soon. The jitter takes up to half of it away.
 */
export const pauseMs = ({
  problemSince,
  jitter,
  now,
}: {
  problemSince: Date | null
  jitter: number
  now: Date
}): number => {
  const lastedMs = now.getTime() - (problemSince ?? now).getTime()
  const pause = Math.min(Math.max(lastedMs * 2, FIRST_PAUSE_MS * 2), LONGEST_PAUSE_MS)
  return Math.round(pause * (1 - jitter / 2))
}
