import type { MailResult, Outcome, Problem } from '../model.ts'

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
  | { kind: 'repeat'; until: Date; holds: 'batch' | 'campaign'; isInDoubt: boolean; problem: Problem }
  | { kind: 'stop'; isInDoubt: boolean; problem: Problem }
  | { kind: 'doubt'; until: Date; problem: Problem }

/**
 * Decides from the outcome of a call: the one table of reactions.
 * @param inDoubtSince since when an earlier call may have been taken; an answer that this call was not says nothing about
 * that one.
 * @param problemSince since when no call of the campaign was answered.
 * @param jitter from 0 up to 1: spreads the tries of several campaigns and workers.
 */
export function nextBatchMove({
  outcome,
  problemSince,
  inDoubtSince,
  repeatableMs,
  jitter,
  now,
}: {
  outcome: Outcome
  problemSince: Date | null
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
