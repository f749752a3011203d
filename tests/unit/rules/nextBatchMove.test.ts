import { describe, expect, it } from '@jest/globals'
import type { MailResult, Outcome } from '../../../src/newsletter/model.ts'
import { isRepeatSafe, nextBatchMove, pauseMs } from '../../../src/newsletter/rules/nextBatchMove.ts'
import { at } from '../../support/flow/time.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const problem = { code: 'provider_down', message: 'The provider is down.' }
const now = at('12:00')

const move = (outcome: Outcome, change: Partial<Parameters<typeof nextBatchMove>[0]> = {}) =>
  nextBatchMove({ outcome, problemSince: null, inDoubtSince: null, repeatableMs: DAY_MS, now, ...change })

describe('what follows from a provider’s answer', () => {
  it('an answer settles the batch, whatever was in doubt', () => {
    const results: MailResult[] = [{ kind: 'accepted', providerId: 'p-1' }]
    expect(move({ kind: 'answered', results }, { inDoubtSince: at('11:00') })).toEqual({
      kind: 'settle',
      results,
    })
  })

  it.each([
    { kind: 'refused', problem },
    { kind: 'later', afterMs: null, problem },
  ] as const)('$kind is tried again after a pause, and adds no doubt', (outcome) => {
    const repeat = { kind: 'repeat', dueAt: at('12:00:01'), problem }
    expect(move(outcome)).toEqual({ ...repeat, isInDoubt: false })
    expect(move(outcome, { inDoubtSince: at('11:00') })).toEqual({ ...repeat, isInDoubt: true })
  })

  it.each([
    [90_000, at('12:01:30')],
    [0, at('12:00')],
    [-5_000, at('12:00')],
  ])('later, after %d ms, is tried again then and not in the past', (afterMs, dueAt) => {
    expect(move({ kind: 'later', afterMs, problem }, { problemSince: at('11:59') })).toMatchObject({ dueAt })
  })

  it('unknown is repeated while the provider remembers the key', () => {
    const repeat = { kind: 'repeat', dueAt: at('12:00:01'), isInDoubt: true, problem }
    expect(move({ kind: 'unknown', problem })).toEqual(repeat)
    expect(move({ kind: 'unknown', problem }, { inDoubtSince: at('00:00') })).toEqual(repeat)
  })

  it('unknown is not repeated when the provider may have forgotten the key, or has none', () => {
    const doubt = { kind: 'doubt', problem }
    const forgotten = { inDoubtSince: at('11:00'), repeatableMs: HOUR_MS }
    expect(move({ kind: 'unknown', problem }, forgotten)).toEqual(doubt)
    expect(move({ kind: 'unknown', problem }, { repeatableMs: 0 })).toEqual(doubt)
  })
})

describe('whether a call may be made again', () => {
  it.each([
    ['no call is in doubt', { inDoubtSince: null, repeatableMs: 0 }, true],
    ['the call is in doubt and there is no key', { inDoubtSince: now, repeatableMs: 0 }, false],
    ['the key is remembered for long', { inDoubtSince: at('11:04'), repeatableMs: HOUR_MS }, true],
    ['the key is remembered hardly longer', { inDoubtSince: at('11:03'), repeatableMs: HOUR_MS }, false],
    ['the key is remembered for ever', { inDoubtSince: at('00:00'), repeatableMs: Infinity }, true],
  ])('when %s', (_, { inDoubtSince, repeatableMs }, isSafe) => {
    expect(isRepeatSafe({ inDoubtSince, repeatableMs, now })).toBe(isSafe)
  })
})

describe('the pause before another try', () => {
  it.each([
    ['a first try', null, 1_000],
    ['half a second', new Date(now.getTime() - 500), 1_000],
    ['seven seconds', at('11:59:53'), 7_000],
    ['a minute', at('11:59'), 60_000],
    ['hours', at('00:00'), 60_000],
    ['a clock that went back', at('12:01'), 1_000],
  ])('after %s is as long as the problem has lasted, from a second to a minute', (_, problemSince, ms) => {
    expect(pauseMs({ problemSince, now })).toBe(ms)
  })

  it.each(['refused', 'later', 'unknown'] as const)('follows %s', (kind) => {
    const outcome = kind === 'later' ? { kind, afterMs: null, problem } : { kind, problem }
    expect(move(outcome, { problemSince: at('11:59:30') })).toMatchObject({ dueAt: at('12:00:30') })
  })
})
