import { describe, expect, it } from '@jest/globals'
import {
  isFollowedBy,
  toldMoves,
  type CampaignPageDoc,
  type LaterEdition,
} from '../../../src/admin/moves/toldMoves.ts'
import type { CampaignMove } from '../../../src/newsletter/rules/campaignMoves.ts'

const at = (time: string) => `2026-11-25T${time}:00.000Z`

const campaign = (change: Partial<CampaignPageDoc> = {}): CampaignPageDoc => ({
  ...{ id: 1, article: 3, edition: 1, audience: 'everybody', status: 'submitted' },
  ...{ createdAt: at('08:00'), dueAt: at('08:01'), moves: [] },
  ...change,
})

const move = (time: string, change: Partial<CampaignMove>): CampaignMove => ({
  ...{ at: at(time), to: 'submitting', control: null, by: null, byName: null },
  ...{ problem: null, override: null, counts: null },
  ...change,
})

const later = (change: Partial<LaterEdition> = {}): LaterEdition => ({
  ...{ id: 2, edition: 2, audience: 'missed', status: 'submitted', createdAt: at('10:00') },
  ...change,
})

const shortly = (told: ReturnType<typeof toldMoves>) =>
  told.map(({ at: time, what, byName, isByWorker }) => [
    time.slice(11, 16),
    what,
    byName ?? (isByWorker ? 'worker' : null),
  ])

describe('what happened to a campaign', () => {
  it('is told by its moves, the newest first, with the later mailings of its article', () => {
    const counts = { recipients: 2, submitted: 0, rejected: 0, excluded: 0, uncertain: 0 }
    const moves = [
      move('08:00', { to: 'holding', control: 'publish', by: '5', byName: 'Eva' }),
      move('08:01', { to: 'scheduled' }),
      move('08:01', { to: 'preparing' }),
      move('08:02', { to: 'submitting', counts }),
      move('08:03', { to: 'paused', problem: { code: 'bounces', message: 'Too many.' } }),
      move('08:04', { to: 'submitting', control: 'resume', by: '6', byName: 'Bo' }),
      move('08:05', { to: 'submitted', counts: { ...counts, submitted: 2 } }),
    ]
    const askedBy = { id: 7, name: 'Cia' } as LaterEdition['askedBy']
    expect(shortly(toldMoves(campaign({ moves }), [later({ askedBy })]))).toEqual([
      ['10:00', 'laterEdition', 'Cia'],
      ['08:05', 'finished', 'worker'],
      ['08:04', 'resume', 'Bo'],
      ['08:03', 'stopped', 'worker'],
      ['08:02', 'opened', 'worker'],
      ['08:01', 'preparing', 'worker'],
      ['08:01', 'holdEnded', 'worker'],
      ['08:00', 'publish', 'Eva'],
    ])
  })

  it('tells of a canary and of who did not wait for it', () => {
    const moves = [
      move('08:02', { to: 'canary' }),
      move('08:03', { to: 'submitting', control: 'send-now', by: '6', byName: 'Bo' }),
    ]
    expect(shortly(toldMoves(campaign({ startedAt: at('08:01'), moves }))).slice(0, 2)).toEqual([
      ['08:03', 'restNow', 'Bo'],
      ['08:02', 'canary', 'worker'],
    ])
  })

  it('is told by the columns where an earlier version kept no moves', () => {
    const old = campaign({
      ...{ startedAt: at('08:01'), finishedAt: at('08:05'), counts: { recipients: 2, submitted: 2 } },
      override: { checks: ['too_long'], reason: 'It must.', at: at('08:00'), by: null },
      decision: { kind: 'leave', at: at('08:04'), by: { id: 6, name: 'Bo' } as LaterEdition['askedBy'] },
    })
    expect(shortly(toldMoves(old))).toEqual([
      ['08:05', 'finished', 'worker'],
      ['08:04', 'leave', 'Bo'],
      ['08:01', 'preparing', 'worker'],
      ['08:00', 'override', null],
      ['08:00', 'publish', null],
    ])
  })

  it('is told by the columns until the moves begin, and by the moves from then on', () => {
    const moves = [move('08:03', { to: 'paused', control: 'pause', by: '6', byName: 'Bo' })]
    const halfway = campaign({ status: 'paused', startedAt: at('08:01'), moves })
    expect(shortly(toldMoves(halfway))).toEqual([
      ['08:03', 'pause', 'Bo'],
      ['08:01', 'preparing', 'worker'],
      ['08:00', 'publish', null],
    ])
  })

  it('says until when it can be undone, while it can', () => {
    const moves = [move('08:00', { to: 'holding', control: 'publish' })]
    const heldUntil = (status: CampaignPageDoc['status']) =>
      toldMoves(campaign({ status, moves }))[0]?.heldUntil
    expect([heldUntil('holding'), heldUntil('submitting')]).toEqual([at('08:01'), null])
  })
})

describe('a later mailing', () => {
  it.each([
    ['counts when it is under way', later({ status: 'holding' }), true],
    ['does not when it was undone', later({ status: 'cancelled', startedAt: null }), false],
    ['counts when it was cancelled halfway', later({ status: 'cancelled', startedAt: at('08:01') }), true],
  ])('%s', (_, edition, expected) => {
    expect(isFollowedBy([edition])).toBe(expected)
  })
})
