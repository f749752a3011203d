import type { MailResult, Outcome, Problem } from '../model.ts'

/**
 * What follows from a provider's answer.
 * - `settle`: every mail of the call has its fate.
 * - `repeat`: the same bytes under the same key at `dueAt`; meanwhile nothing of this campaign is tried.
 * - `doubt`: nobody can know, and a repeat could be a second mail: every delivery becomes uncertain.
 */
export type BatchMove =
  | { kind: 'settle'; results: MailResult[] }
  | { kind: 'repeat'; dueAt: Date; isInDoubt: boolean; problem: Problem }
  | { kind: 'doubt'; problem: Problem }

/** Decides from the outcome of a call that began with `inDoubtSince` set. */
export function nextBatchMove({
  outcome,
  attempts,
  inDoubtSince,
  repeatableMs,
  now,
}: {
  outcome: Outcome
  attempts: number
  inDoubtSince: Date | null
  repeatableMs: number
  now: Date
}): BatchMove {
  switch (outcome.kind) {
    case 'answered':
      return { kind: 'settle', results: outcome.results }
    case 'refused':
      // A refusal says nothing about an earlier try that stayed unanswered.
      return repeat({
        after: backoffMs(attempts),
        isInDoubt: inDoubtSince !== null,
        problem: outcome.problem,
        now,
      })
    case 'later': {
      const after = Math.max(outcome.afterMs ?? 0, outcome.afterMs === null ? backoffMs(attempts) : 0)
      return repeat({ after, isInDoubt: inDoubtSince !== null, problem: outcome.problem, now })
    }
    case 'unknown':
      return isRepeatSafe({ inDoubtSince: inDoubtSince ?? now, repeatableMs, now })
        ? repeat({ after: backoffMs(attempts), isInDoubt: true, problem: outcome.problem, now })
        : { kind: 'doubt', problem: outcome.problem }
  }
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

/** 1, 2, 4, ... seconds, at most a minute, so that a mended fault is noticed soon. */
export const backoffMs = (attempts: number): number =>
  Math.min(FIRST_PAUSE_MS * 2 ** Math.min(attempts, 16), LONGEST_PAUSE_MS)

const repeat = ({
  after,
  isInDoubt,
  problem,
  now,
}: {
  after: number
  isInDoubt: boolean
  problem: Problem
  now: Date
}): BatchMove => ({ kind: 'repeat', dueAt: new Date(now.getTime() + after), isInDoubt, problem })
