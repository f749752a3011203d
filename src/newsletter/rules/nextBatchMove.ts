import type { MailResult, Outcome, Problem } from '../model.ts'

/**
 * What follows from a provider's answer.
 * - `settle`: every mail of the call has its fate.
 * - `repeat`: another try at `dueAt`, and nothing of this campaign before it. In doubt it is the same bytes under the same
 *   key; otherwise the provider took nothing, and the bytes are fixed anew.
 * - `doubt`: nobody can know, and a repeat could be a second mail: every delivery becomes uncertain.
 */
export type BatchMove =
  | { kind: 'settle'; results: MailResult[] }
  | { kind: 'repeat'; dueAt: Date; isInDoubt: boolean; problem: Problem }
  | { kind: 'doubt'; problem: Problem }

/**
 * Decides from the outcome of a call.
 * @param inDoubtSince since when an earlier call may have been taken.
 * @param problemSince since when no call of the campaign was answered.
 */
export function nextBatchMove({
  outcome,
  problemSince,
  inDoubtSince,
  repeatableMs,
  now,
}: {
  outcome: Outcome
  problemSince: Date | null
  inDoubtSince: Date | null
  repeatableMs: number
  now: Date
}): BatchMove {
  const pause = pauseMs({ problemSince, now })
  switch (outcome.kind) {
    case 'answered':
      return { kind: 'settle', results: outcome.results }
    case 'refused':
      // A refusal says nothing about an earlier try that stayed unanswered.
      return repeat({
        after: pause,
        isInDoubt: inDoubtSince !== null,
        problem: outcome.problem,
        now,
      })
    case 'later': {
      const after = Math.max(outcome.afterMs ?? pause, 0)
      return repeat({ after, isInDoubt: inDoubtSince !== null, problem: outcome.problem, now })
    }
    case 'unknown':
      return isRepeatSafe({ inDoubtSince: inDoubtSince ?? now, repeatableMs, now })
        ? repeat({ after: pause, isInDoubt: true, problem: outcome.problem, now })
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

/**
 * As long as the problem of the campaign has lasted, so that it doubles with each try, whichever batch is tried: from a
 * second to a minute, so that a mended fault is noticed soon.
 */
export const pauseMs = ({ problemSince, now }: { problemSince: Date | null; now: Date }): number => {
  const lastedMs = now.getTime() - (problemSince ?? now).getTime()
  return Math.min(Math.max(lastedMs, FIRST_PAUSE_MS), LONGEST_PAUSE_MS)
}

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
