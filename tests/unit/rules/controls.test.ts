import { describe, expect, it } from '@jest/globals'
import type { CampaignStatus } from '../../../src/newsletter/model.ts'
import { allowedControls, CONTROL_MOVES, type Control } from '../../../src/newsletter/rules/controls.ts'
import { UNDECIDED } from '../../../src/newsletter/rules/problems.ts'
import { CAMPAIGN_MOVES, REMAILED_FROM } from '../../../src/newsletter/rules/transitions.ts'

const allowed = (
  status: CampaignStatus,
  {
    problemCode = null,
    rejected = 0,
    uncertain = 0,
  }: { problemCode?: string | null; rejected?: number; uncertain?: number } = {},
): Control[] => allowedControls({ status, problemCode, counts: { rejected, uncertain } })

describe('what may be asked of a campaign', () => {
  it.each<[CampaignStatus, Control[]]>([
    ['holding', ['undo', 'send-now', 'pause', 'cancel']],
    ['scheduled', ['pause', 'cancel']],
    ['preparing', ['pause', 'cancel']],
    ['canary', ['send-now', 'pause', 'cancel']],
    ['submitting', ['pause', 'cancel']],
    ['paused', ['resume', 'cancel']],
    ['failed', ['cancel', 'retry']],
    ['submitted', []],
    ['cancelled', []],
  ])('of one that is %s: %j', (status, controls) => {
    expect(allowed(status)).toEqual(controls)
  })

  it('of one that has finished: to try the refused again, and to mail the uncertain again', () => {
    expect([
      allowed('submitted', { rejected: 1 }),
      allowed('submitted', { uncertain: 1 }),
      allowed('submitted', { rejected: 1, uncertain: 1 }),
      allowed('cancelled', { rejected: 1, uncertain: 1 }),
    ]).toEqual([['retry'], ['mail-again'], ['retry', 'mail-again'], []])
  })

  it('of one that waits for a decision: to decide, and not to go on without one', () => {
    const undecided = { problemCode: UNDECIDED.code, uncertain: 2 }
    expect(allowed('paused', undecided)).toEqual(['cancel', 'mail-again', 'leave'])
    expect(allowed('paused', { problemCode: 'key_refused', uncertain: 2 })).toEqual(['resume', 'cancel'])
  })
})

describe('a move that staff may ask for', () => {
  const moves = Object.entries(CONTROL_MOVES).flatMap(([control, { from, to }]) =>
    from.map((status) => ({ control, status, to })),
  )

  it.each(moves)('$control leads from $status where a campaign may go', ({ status, to }) => {
    const targets: readonly CampaignStatus[] = to === 'onward' ? ['scheduled', 'canary', 'submitting'] : [to]
    const possible: readonly CampaignStatus[] = CAMPAIGN_MOVES[status]
    expect(targets.some((target) => possible.includes(target))).toBe(true)
  })

  it('that mails somebody once more leads back to submitting', () => {
    const possible = REMAILED_FROM.map((status): readonly CampaignStatus[] => CAMPAIGN_MOVES[status])
    expect(possible.map((targets) => targets.includes('submitting'))).toEqual([true, true])
  })
})
