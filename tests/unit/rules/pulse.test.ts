import { describe, expect, it } from '@jest/globals'
import { isWorkerMissing } from '../../../src/newsletter/rules/pulse.ts'

const at = (time: string) => new Date(`2026-11-25T${time}Z`)

const isMissing = ({ seen, due }: { seen: string | null; due: string | null }) =>
  isWorkerMissing({
    pulse: { workerSeenAt: seen === null ? null : at(seen), oldestDueAt: due === null ? null : at(due) },
    now: at('10:02:00'),
  })

describe('a worker is missing', () => {
  it.each<[string, { seen: string | null; due: string | null }, boolean]>([
    [
      'when something has waited, and none was seen, for two minutes',
      { seen: '10:00:00', due: '10:00:00' },
      true,
    ],
    ['when none was ever seen', { seen: null, due: '09:00:00' }, true],
    ['not when one was seen a moment ago: it has much to do', { seen: '10:00:01', due: '09:00:00' }, false],
    ['not when what waits has just become due', { seen: null, due: '10:00:01' }, false],
    ['not when nothing waits', { seen: null, due: null }, false],
  ])('%s', (_, pulse, expected) => {
    expect(isMissing(pulse)).toBe(expected)
  })
})
