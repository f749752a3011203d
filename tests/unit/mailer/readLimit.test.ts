import { expect, it } from '@jest/globals'
import { readLimit } from '../../../src/adapters/mailer/resend/readLimit.ts'

const known = { kind: 'limited', perSecond: 5 } as const
const limit = (headers: Record<string, string>, isTaken: boolean) => readLimit({ headers, isTaken, known })

it.each([
  ['a limit', { 'ratelimit-limit': '10', 'ratelimit-remaining': '9' }, { kind: 'limited', perSecond: 10 }],
  ['nothing', {}, { kind: 'none' }],
  ['what is no number', { 'ratelimit-limit': 'many' }, { kind: 'none' }],
  ['a limit of nought', { 'ratelimit-limit': '0' }, { kind: 'none' }],
])('a call that is taken and names %s', (_, headers, told) => {
  expect(limit(headers, true)).toEqual(told)
})

it.each([
  ['a limit', { 'ratelimit-limit': '2', 'retry-after': '1' }, { kind: 'limited', perSecond: 2 }],
  ['to wait', { 'retry-after': '1' }, known],
  ['nothing', {}, known],
])('a call that fails and names %s', (_, headers, told) => {
  expect(limit(headers, false)).toEqual(told)
})
