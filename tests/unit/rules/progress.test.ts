import { describe, expect, it } from '@jest/globals'
import type { CampaignStatus } from '../../../src/newsletter/model.ts'
import { stalledSince, waitsUntil } from '../../../src/newsletter/rules/progress.ts'

const at = (time: string) => new Date(`2026-11-25T${time}Z`)

const since = ({
  status = 'submitting',
  movedAt = '10:00:00',
  lastSettledAt = null,
  next = null,
  now,
}: {
  status?: CampaignStatus
  movedAt?: string
  lastSettledAt?: string | null
  next?: { dueAt: string; isPostponed: boolean } | null
  now: string
}) =>
  stalledSince({
    status,
    movedAt: at(movedAt),
    lastSettledAt: lastSettledAt === null ? null : at(lastSettledAt),
    next: next && { ...next, dueAt: at(next.dueAt) },
    now: at(now),
  })

describe('a campaign is stalled', () => {
  it('once nothing has happened for ten minutes, and not before', () => {
    expect([since({ now: '10:09:59' }), since({ now: '10:10:00' })]).toEqual([null, at('10:00:00')])
  })

  it('counted from the last batch that was settled', () => {
    const batch = { lastSettledAt: '10:05:00' }
    expect([since({ ...batch, now: '10:14:59' }), since({ ...batch, now: '10:15:00' })]).toEqual([
      null,
      at('10:05:00'),
    ])
  })

  it('counted from its last move where that came after the last batch: somebody resumed it', () => {
    expect(since({ movedAt: '10:30:00', lastSettledAt: '10:05:00', now: '10:39:59' })).toBeNull()
  })

  it.each([
    [{ dueAt: '11:00:00', isPostponed: true }, null],
    [{ dueAt: '10:25:00', isPostponed: true }, null],
    [{ dueAt: '10:20:00', isPostponed: true }, at('10:00:00')],
    [{ dueAt: '11:00:00', isPostponed: false }, at('10:00:00')],
  ])('not while it waits for recipients whose servers asked to come later: %j', (next, stalled) => {
    expect(since({ next, now: '10:30:00' })).toEqual(stalled)
  })

  it.each<[CampaignStatus, boolean]>([
    ['holding', true],
    ['scheduled', true],
    ['preparing', true],
    ['canary', true],
    ['submitting', true],
    ['paused', false],
    ['submitted', false],
    ['cancelled', false],
    ['failed', false],
  ])('only while it is a worker’s turn: %s: %s', (status, isStalled) => {
    expect(since({ status, now: '23:00:00' }) !== null).toBe(isStalled)
  })
})

it('a campaign is meant to wait in its hold, and in its canary once all of that is mailed', () => {
  const until = (status: CampaignStatus, canaryWaitsUntil: Date | null = at('10:30:00')) =>
    waitsUntil({ status, dueAt: at('10:01:00'), canaryWaitsUntil })
  expect([until('holding'), until('canary'), until('canary', null), until('submitting')]).toEqual([
    at('10:01:00'),
    at('10:30:00'),
    null,
    null,
  ])
})
