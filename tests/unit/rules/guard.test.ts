import { expect, it } from '@jest/globals'
import { guardProblem, isWithinLimits } from '../../../src/newsletter/rules/guard.ts'
import { isSilent } from '../../../src/newsletter/rules/silence.ts'

const numbers = (submitted: number, bounced: number, complained = 0) => ({ submitted, bounced, complained })
const codeOf = (...input: Parameters<typeof numbers>) =>
  guardProblem({ numbers: numbers(...input), guarded: null })?.code ?? null

it.each([
  [numbers(499, 400, 400), null],
  [numbers(500, 20), null],
  [numbers(500, 21), 'too_many_bounces'],
  [numbers(500, 0, 1), 'too_many_complaints'],
  [numbers(10_000, 0, 8), null],
  [numbers(10_000, 0, 9), 'too_many_complaints'],
  [numbers(10_000, 401, 9), 'too_many_complaints'],
])('of %j the campaign says %s', ({ submitted, bounced, complained }, code) => {
  expect(codeOf(submitted, bounced, complained)).toBe(code)
})

it('says how many, and the remedy', () => {
  expect(guardProblem({ numbers: numbers(600, 30), guarded: null })).toEqual({
    code: 'too_many_bounces',
    message:
      '30 of 600 mails bounced: above 4 % providers stop a sender. Look at where these addresses came from, then resume or cancel.',
  })
})

it('counts only what came since staff saw it, and again after 500 mails more', () => {
  const guarded = numbers(600, 30, 1)
  const since = (submitted: number, bounced: number, complained: number) =>
    guardProblem({ numbers: numbers(submitted, bounced, complained), guarded })?.code ?? null
  expect([since(600, 30, 1), since(1_099, 300, 1), since(1_100, 50, 1), since(1_100, 51, 1)]).toEqual([
    ...[null, null, null, 'too_many_bounces'],
  ])
})

it.each([
  [numbers(1_249, 0, 1), null, false],
  [numbers(1_250, 0, 1), null, true],
  [numbers(500, 21), null, false],
  [numbers(525, 21), null, true],
  [numbers(0, 0), null, true],
  [numbers(0, 1), null, false],
  [numbers(1_100, 51, 1), numbers(600, 30, 1), false],
  [numbers(1_125, 51, 1), numbers(600, 30, 1), true],
])('with at least as many mails as in %j, and %j seen, all is well: %s', (least, guarded, expected) => {
  expect(isWithinLimits({ numbers: least, guarded })).toBe(expected)
})

const at = (time: string) => new Date(`2026-11-02T${time}:00.000Z`)

it.each([
  ['after 60 minutes and more than 20 mails', { submitted: 21, now: at('09:00') }, true],
  ['not before', { submitted: 21, now: at('08:59') }, false],
  ['not of so few', { submitted: 20, now: at('09:00') }, false],
  ['not when anything was told', { submitted: 21, now: at('09:00'), firstEventAt: at('08:01') }, false],
  ['not before it began', { submitted: 21, now: at('09:00'), startedAt: null }, false],
])('a provider is silent %s', (_, more, expected) => {
  expect(isSilent({ startedAt: at('08:00'), firstEventAt: null, ...more })).toBe(expected)
})
