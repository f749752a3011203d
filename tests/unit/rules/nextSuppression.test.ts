import { describe, expect, it } from '@jest/globals'
import type { Suppression, SuppressionReason } from '../../../src/newsletter/model.ts'
import {
  nextSuppression,
  withoutTransientBounces,
  type SuppressionCause,
} from '../../../src/newsletter/rules/nextSuppression.ts'

const at = (day: number) => new Date(Date.UTC(2026, 10, day))
const email = 'anna@example.com'
const suppression = (more: Partial<Suppression> = {}): Suppression => ({
  email,
  reason: 'bounced',
  detail: null,
  suppressedAt: at(5),
  liftedAt: null,
  liftedBy: null,
  liftedByName: null,
  liftedReason: null,
  madeBy: 'event',
  statusBefore: 'active',
  forgivenAt: null,
  toTellProvider: null,
  ...more,
})
const cause = (more: Partial<SuppressionCause> = {}): SuppressionCause => ({
  reason: 'bounced',
  detail: null,
  suppressedAt: at(5),
  madeBy: 'event',
  ...more,
})
const next = (was: Suppression | null, because: SuppressionCause) =>
  nextSuppression({ was, cause: because, email })

describe('nextSuppression', () => {
  it('is the cause where there was none', () => {
    expect(next(null, cause({ reason: 'complained', detail: 'x' }))).toEqual(
      suppression({ reason: 'complained', detail: 'x', statusBefore: null }),
    )
  })

  const reasons: SuppressionReason[] = ['moved', 'provider', 'bounced', 'manual', 'complained', 'erased']
  it.each(reasons.flatMap((one, weight) => reasons.slice(weight + 1).map((other) => [one, other] as const)))(
    'of %s and %s it is the latter, whichever was first',
    (weak, strong) => {
      const was = { reason: strong, madeBy: null }
      expect(next(suppression(was), cause({ reason: weak, suppressedAt: at(1) }))).toEqual(suppression(was))
      const raised = next(suppression({ reason: weak }), cause({ reason: strong, suppressedAt: at(9) }))
      expect(raised).toEqual(
        suppression({ reason: strong, suppressedAt: at(9), email: strong === 'erased' ? null : email }),
      )
    },
  )

  it('keeps the earlier of two that say the same', () => {
    const was = suppression()
    expect(next(was, cause({ suppressedAt: at(6) }))).toBe(was)
    expect(next(was, cause({ suppressedAt: at(4) }))).toEqual(suppression({ suppressedAt: at(4) }))
  })

  it('leaves what staff did to staff', () => {
    const was = suppression({ reason: 'manual', madeBy: null })
    expect(next(was, cause({ reason: 'manual', madeBy: null, suppressedAt: at(1) }))).toBe(was)
  })

  it('of one that was lifted keeps who lifted it, and that what was known then is forgiven', () => {
    const lifted = {
      ...{ liftedAt: at(6), liftedBy: '1', liftedByName: 'Anna', liftedReason: 'asked' },
      forgivenAt: at(6),
    }
    expect(next(suppression({ ...lifted, toTellProvider: 'lift' }), cause({ suppressedAt: at(8) }))).toEqual(
      suppression({ ...lifted, liftedAt: null, suppressedAt: at(8), statusBefore: null }),
    )
  })
})

describe('nextSuppression of one whose lifting the provider is still to be told of', () => {
  const was = suppression({ liftedAt: at(6), forgivenAt: at(6), toTellProvider: 'lift' })

  it('is nothing new for what that list says meanwhile', () => {
    expect(next(was, cause({ reason: 'provider', suppressedAt: at(7) }))).toBe(was)
  })

  it('is what anything else says', () => {
    const because = cause({ reason: 'complained', suppressedAt: at(7) })
    expect(next(was, because)).toMatchObject({ reason: 'complained', liftedAt: null, toTellProvider: null })
  })
})

it('of somebody who is erased keeps nothing that staff wrote', () => {
  const was = suppression({
    ...{ liftedAt: at(6), liftedBy: '1', liftedByName: 'Anna', liftedReason: 'Bo rang', forgivenAt: at(6) },
  })
  expect(next(was, cause({ reason: 'erased', suppressedAt: at(8), madeBy: null }))).toEqual(
    suppression({
      ...{ email: null, reason: 'erased', suppressedAt: at(8), madeBy: null, statusBefore: null },
      forgivenAt: at(6),
    }),
  )
})

describe('withoutTransientBounces', () => {
  it('takes back what only bounces that may pass had made, and nothing else', () => {
    const permanent = suppression()
    const transient = suppression({ madeBy: 'transient-bounces' })
    expect(withoutTransientBounces(transient)).toBeNull()
    expect(withoutTransientBounces(permanent)).toBe(permanent)
    expect(withoutTransientBounces(null)).toBeNull()
  })

  it('leaves one that had been lifted before lifted as it was', () => {
    const was = suppression({ madeBy: 'transient-bounces', forgivenAt: at(2), liftedBy: '1' })
    expect(withoutTransientBounces(was)).toEqual({ ...was, liftedAt: at(2), statusBefore: null })
  })
})
