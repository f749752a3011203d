import { expect, it } from '@jest/globals'
import { nextBestMs, nextWidth } from '../../../src/newsletter/rules/callWidth.ts'

const after = (change: Partial<Parameters<typeof nextWidth>[0]>) =>
  nextWidth({ width: 4, outcome: 'answered', tookMs: 100, bestMs: 100, widest: 16, ...change })

it.each([
  ['two more after a call that was answered as fast as it can be', {}, 6],
  ['no more when calls begin to queue', { tookMs: 201 }, 4],
  ['no more than it may', { width: 15 }, 16],
  ['half when the provider does not take calls', { outcome: 'unknown' }, 2],
  ['half when it asks to come later', { outcome: 'later' }, 2],
  ['half when it refuses', { outcome: 'refused' }, 2],
  ['one at least', { width: 1, outcome: 'later' }, 1],
  ['as many as before after what says nothing of the pace', { outcome: 'busy' }, 4],
] as const)('how many calls may be in flight: %s', (_, change, width) => {
  expect(after(change)).toBe(width)
})

it.each([
  ['the first answer', Infinity, 100, 100],
  ['a faster one', 100, 80, 80],
  ['slower ones, which let it be forgotten', 100, 300, 102],
])('what a good answer takes is that of %s', (_, bestMs, tookMs, next) => {
  expect(nextBestMs({ bestMs, tookMs })).toBe(next)
})
