import { expect, it } from '@jest/globals'
import { BATCH_STATUSES, CAMPAIGN_STATUSES, DELIVERY_STATUSES } from '../../../src/newsletter/model.ts'
import { CONTROL_MOVES } from '../../../src/newsletter/rules/controls.ts'
import { BATCH_MOVES, CAMPAIGN_MOVES, DELIVERY_MOVES } from '../../../src/newsletter/rules/transitions.ts'

it.each([
  ['campaign', CAMPAIGN_MOVES, CAMPAIGN_STATUSES],
  ['batch', BATCH_MOVES, BATCH_STATUSES],
  ['delivery', DELIVERY_MOVES, DELIVERY_STATUSES],
] as const)(
  'every status of a %s is in its table, and each but the first can be come to',
  (_, moves, statuses) => {
    const reached = new Set<string>(Object.values(moves).flat())
    expect(Object.keys(moves).sort()).toEqual([...statuses].sort())
    expect(statuses.filter((status, index) => index > 0 && !reached.has(status))).toEqual([])
  },
)

it('what staff may ask for is in the table of moves', () => {
  const asked = Object.values(CONTROL_MOVES).flatMap(({ from, to }) =>
    from.flatMap((status) => {
      const targets: readonly string[] = CAMPAIGN_MOVES[status]
      const wanted = to === 'onward' ? ['scheduled', 'canary', 'submitting'] : [to]
      return wanted.some((target) => targets.includes(target)) ? [] : [`${status} -> ${to}`]
    }),
  )
  expect(asked).toEqual([])
})

it('a mail that was submitted never becomes anything else, nor does a recipient who was left out', () => {
  expect([DELIVERY_MOVES.submitted, DELIVERY_MOVES.excluded]).toEqual([[], []])
})
