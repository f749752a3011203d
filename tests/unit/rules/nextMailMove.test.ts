import { describe, expect, it } from '@jest/globals'
import type { Outcome } from '../../../src/newsletter/model.ts'
import { moveBeforeCall, nextMailMove } from '../../../src/newsletter/rules/nextMailMove.ts'
import { at } from '../../support/flow/time.ts'

const problem = { code: 'a_problem', message: 'Something is wrong.' }
const A_DAY_MS = 86_400_000
const earlier = { attempts: 0, calledWith: null, inDoubtSince: null, problemSince: null }

const moveAfter = (outcome: Outcome, change: Partial<Parameters<typeof nextMailMove>[0]['earlier']> = {}) =>
  nextMailMove({
    outcome,
    earlier: { ...earlier, ...change },
    repeatableMs: A_DAY_MS,
    jitter: 0,
    now: at('08:00'),
  })

describe('what follows from an answer for one mail', () => {
  it('is its fate, where the answer names one', () => {
    const result = { kind: 'accepted', providerId: 'p-1' } as const
    expect(moveAfter({ kind: 'answered', results: [result] })).toEqual({
      kind: 'settle',
      result,
      hold: null,
    })
  })

  it('is doubt, where the answer names none', () => {
    expect(moveAfter({ kind: 'answered', results: [] })).toEqual({
      kind: 'settle',
      result: { kind: 'unknown', code: 'not_mentioned', detail: null },
      hold: null,
    })
  })

  it('is a try a minute later when it had other bytes; the others need not wait', () => {
    expect(moveAfter({ kind: 'conflict', problem })).toEqual({
      ...{ kind: 'again', until: at('08:01'), hold: null, isInDoubt: true, problem },
    })
  })

  it('is a try after another had one when it is refused: a minute later, unless it alone is refused', () => {
    const moves = [null, at('07:00')].map((problemSince) =>
      moveAfter({ kind: 'refused', problem }, { attempts: 7, problemSince }),
    )
    const again = { kind: 'again', until: at('08:01:30'), isInDoubt: false, problem } as const
    expect(moves).toEqual([
      { ...again, hold: { until: at('08:01'), unlessTakenSince: null } },
      { ...again, hold: { until: at('08:01'), unlessTakenSince: at('07:00') } },
    ])
  })

  it('is a try when the provider asks for it, for the others too', () => {
    const until = at('08:00:05')
    expect(moveAfter({ kind: 'later', afterMs: 5_000, problem })).toEqual({
      ...{ kind: 'again', until, hold: { until, unlessTakenSince: null }, isInDoubt: false, problem },
    })
  })

  it('holds the others three times for one mail, and no more', () => {
    const holds = [0, 2, 3].map((attempts) => {
      const move = moveAfter({ kind: 'unknown', problem }, { attempts })
      return move.hold !== null
    })
    expect(holds).toEqual([true, true, false])
  })

  it('is doubt for good, without a key that the provider remembers; the others wait a moment', () => {
    const move = moveAfter(
      { kind: 'unknown', problem },
      { inDoubtSince: new Date(at('08:00').getTime() - A_DAY_MS) },
    )
    expect(move).toEqual({
      kind: 'settle',
      result: { kind: 'unknown', code: problem.code, detail: problem.message },
      hold: { until: at('08:00:02'), unlessTakenSince: null },
    })
  })
})

describe('before a call', () => {
  const before = (change: Partial<typeof earlier> | { inDoubtSince: Date; calledWith: string }) =>
    moveBeforeCall({
      earlier: { ...earlier, ...change },
      account: 'resend 1',
      repeatableMs: A_DAY_MS,
      now: at('08:00'),
    })
  const reasonOf = (move: ReturnType<typeof moveBeforeCall>) =>
    move?.kind === 'settle' && move.result.kind === 'unknown' ? move.result.code : move

  it('nothing keeps one back that is not in doubt, or whose call may be repeated', () => {
    expect([before({}), before({ inDoubtSince: at('07:00'), calledWith: 'resend 1' })]).toEqual([null, null])
  })

  it('one is uncertain that another account may have taken, or whose key is forgotten', () => {
    const other = before({ inDoubtSince: at('07:00'), calledWith: 'smtp 1' })
    const old = before({ inDoubtSince: new Date(at('08:00').getTime() - A_DAY_MS), calledWith: 'resend 1' })
    expect([other, old].map(reasonOf)).toEqual(['mailer_changed', 'interrupted'])
  })
})
