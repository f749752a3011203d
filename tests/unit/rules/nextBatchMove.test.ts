import { describe, expect, it } from '@jest/globals'
import type { MailResult, Outcome } from '../../../src/newsletter/model.ts'
import {
  isRepeatSafe,
  nextBatchMove,
  pauseMs,
  type BatchMove,
} from '../../../src/newsletter/rules/nextBatchMove.ts'
import { at } from '../../support/flow/time.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const problem = { code: 'provider_down', message: 'The provider is down.' }
const now = at('12:00')
const results: MailResult[] = [{ kind: 'accepted', providerId: 'p-1' }]

const move = (outcome: Outcome, change: Partial<Parameters<typeof nextBatchMove>[0]> = {}) =>
  nextBatchMove({
    outcome,
    problemSince: null,
    postponedSince: null,
    inDoubtSince: null,
    repeatableMs: DAY_MS,
    jitter: 0,
    now,
    ...change,
  })

const until = at('12:00:02')
const again = { kind: 'repeat', until, holds: 'campaign', problem } as const
const onlyThis = { ...again, holds: 'batch' } as const

/** The whole table: what follows when no earlier call is in doubt, and when one is. */
const REACTIONS: { outcome: Outcome; calm: BatchMove; inDoubt: BatchMove }[] = [
  {
    outcome: { kind: 'answered', results },
    calm: { kind: 'settle', results },
    inDoubt: { kind: 'settle', results },
  },
  {
    outcome: { kind: 'refused', problem },
    calm: { kind: 'stop', isInDoubt: false, problem },
    inDoubt: { kind: 'stop', isInDoubt: true, problem },
  },
  {
    outcome: { kind: 'conflict', problem },
    calm: { kind: 'stop', isInDoubt: true, problem },
    inDoubt: { kind: 'stop', isInDoubt: true, problem },
  },
  {
    outcome: { kind: 'later', afterMs: null, problem },
    calm: { ...again, isInDoubt: false },
    inDoubt: { ...again, isInDoubt: true },
  },
  {
    outcome: { kind: 'postponed', problem },
    calm: { ...onlyThis, until: at('12:01'), isInDoubt: false, postponedSince: now },
    inDoubt: { ...onlyThis, until: at('12:01'), isInDoubt: true, postponedSince: now },
  },
  {
    outcome: { kind: 'busy', problem },
    calm: { ...onlyThis, isInDoubt: true },
    inDoubt: { ...onlyThis, isInDoubt: true },
  },
  {
    outcome: { kind: 'unknown', problem },
    calm: { ...again, isInDoubt: true },
    inDoubt: { ...again, isInDoubt: true },
  },
]

describe('what follows from a provider’s answer', () => {
  it.each(REACTIONS)('$outcome.kind', ({ outcome, calm, inDoubt }) => {
    expect([move(outcome), move(outcome, { inDoubtSince: at('00:00') })]).toEqual([calm, inDoubt])
  })

  it.each([
    ['11:59', '12:05'],
    ['11:54', '12:15'],
    ['11:39', '13:00'],
    ['11:00', '13:00'],
  ])('postponed since %s, one recipient is tried again at %s; the others go on', (since, until) => {
    const postponedSince = at(since)
    const again = { ...onlyThis, until: at(until), isInDoubt: false, postponedSince }
    expect(move({ kind: 'postponed', problem }, { postponedSince })).toEqual(again)
  })

  it('postponed for a day, the mail is rejected, with the last words of the server', () => {
    const yesterday = new Date(now.getTime() - DAY_MS)
    const detail = problem.message
    expect([
      move({ kind: 'postponed', problem }, { postponedSince: yesterday }),
      move({ kind: 'postponed', problem }, { postponedSince: yesterday, inDoubtSince: yesterday }),
    ]).toEqual([
      { kind: 'settle', results: [{ kind: 'rejected', code: 'deferred_too_long', detail }] },
      { kind: 'doubt', until: now, problem: { code: 'deferred_too_long', message: detail } },
    ])
  })

  it.each([
    [90_000, at('12:01:30')],
    [0, at('12:00')],
    [-5_000, at('12:00')],
  ])('later, after %d ms, is tried again then and not in the past', (afterMs, asked) => {
    expect(move({ kind: 'later', afterMs, problem }, { problemSince: at('11:59') })).toMatchObject({
      until: asked,
    })
  })

  it.each(['busy', 'unknown'] as const)(
    '%s is not repeated when the provider may have forgotten the key, or has none',
    (kind) => {
      const doubt = { kind: 'doubt', until, problem }
      const forgotten = { inDoubtSince: at('11:00'), repeatableMs: HOUR_MS }
      expect(move({ kind, problem }, forgotten)).toEqual(doubt)
      expect(move({ kind, problem }, { repeatableMs: 0 })).toEqual(doubt)
    },
  )
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
    ['a first try', null, 2_000],
    ['half a second', new Date(now.getTime() - 500), 2_000],
    ['seven seconds', at('11:59:53'), 14_000],
    ['a minute', at('11:59'), 60_000],
    ['hours', at('00:00'), 60_000],
    ['a clock that went back', at('12:01'), 2_000],
  ])('after %s is twice as long as the problem has lasted, up to a minute', (_, problemSince, ms) => {
    expect(pauseMs({ problemSince, jitter: 0, now })).toBe(ms)
  })

  it.each([
    [0, 14_000],
    [0.5, 10_500],
    [0.999_99, 7_000],
  ])('is shortened by chance, here %d, by up to half', (jitter, ms) => {
    expect(pauseMs({ problemSince: at('11:59:53'), jitter, now })).toBe(ms)
  })

  it.each(['busy', 'later', 'unknown'] as const)('follows %s', (kind) => {
    const outcome = kind === 'later' ? { kind, afterMs: null, problem } : { kind, problem }
    expect(move(outcome, { problemSince: at('11:59:45') })).toMatchObject({ until: at('12:00:30') })
  })
})
