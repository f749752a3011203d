import { expect, it } from '@jest/globals'
import { CAMPAIGN_STATUSES } from '../../../src/newsletter/model.ts'
import { CONTROLS, type Control } from '../../../src/newsletter/rules/campaignMoves.ts'

it.each([
  ['scheduled', ['cancel']],
  ['preparing', ['cancel']],
  ['submitting', ['pause', 'cancel']],
  ['paused', ['resume', 'cancel']],
  ['failed', ['cancel', 'retry']],
  ['submitted', []],
  ['cancelled', []],
] as const)('a campaign that is %s allows %j', (status, allowed) => {
  const controls = (Object.keys(CONTROLS) as Control[]).filter((control) => {
    const from: readonly string[] = CONTROLS[control].from
    return from.includes(status)
  })
  expect(controls).toEqual(allowed)
})

it('nothing leads to a state that is none', () => {
  const states: readonly string[] = [...CAMPAIGN_STATUSES, 'onward']
  expect(Object.values(CONTROLS).filter(({ to }) => !states.includes(to))).toEqual([])
})
