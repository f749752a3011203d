import { describe, expect, it } from '@jest/globals'
import type { AddressEvent } from '../../../src/newsletter/model.ts'
import { isBrokenByDelivery, suppressionFrom } from '../../../src/newsletter/rules/suppressionFrom.ts'

const day = (number: number, hours = 0) =>
  new Date(Date.parse('2026-11-01T08:00:00.000Z') + number * 86_400_000 + hours * 3_600_000)

let made = 0
const event = (kind: AddressEvent['kind'], at: Date, more: Partial<AddressEvent> = {}): AddressEvent => ({
  eventId: `e-${String(++made).padStart(4, '0')}`,
  kind,
  bounceType: kind === 'bounced' ? 'transient' : null,
  occurredAt: at,
  receivedAt: at,
  detail: null,
  ...more,
})
const bounced = (at: Date, more: Partial<AddressEvent> = {}) => event('bounced', at, more)
const delivered = (at: Date) => event('delivered', at)
const of = (events: AddressEvent[], forgivenAt: Date | null = null, unlistedAt: Date | null = forgivenAt) =>
  suppressionFrom({ events, forgivenAt, unlistedAt })
const transient = (at: Date) => ({
  reason: 'bounced',
  detail: null,
  suppressedAt: at,
  madeBy: 'transient-bounces',
})

describe('bounces that may pass', () => {
  it('suppress with the third within 30 days, whatever order they came in', () => {
    const events = [bounced(day(30)), bounced(day(0)), bounced(day(12), { bounceType: 'undetermined' })]
    expect(of(events)).toEqual(transient(day(30)))
  })

  it('do not when the first is older than 30 days', () => {
    expect(of([bounced(day(0)), bounced(day(12)), bounced(day(30, 1))])).toBeNull()
  })

  it('suppress by any three in a row, not only the first three', () => {
    const events = [bounced(day(0)), bounced(day(29)), bounced(day(31)), bounced(day(33))]
    expect(of(events)).toEqual(transient(day(33)))
  })

  it('begin anew with a delivery between, also one of the same moment', () => {
    expect(of([bounced(day(0)), bounced(day(1)), delivered(day(1)), bounced(day(2))])).toBeNull()
    expect(of([bounced(day(0)), delivered(day(0)), bounced(day(1)), bounced(day(2))])).toBeNull()
  })

  it('have suppressed, whatever is delivered after', () => {
    const events = [bounced(day(0)), bounced(day(1)), bounced(day(2)), delivered(day(3))]
    expect(of(events)).toEqual(transient(day(2)))
  })
})

describe('what says more', () => {
  const permanent = bounced(day(5), { bounceType: 'permanent', detail: 'No such user' })
  const permanentCause = {
    reason: 'bounced',
    detail: 'No such user',
    suppressedAt: day(5),
    madeBy: 'event',
  }

  it('is a permanent bounce, the earliest', () => {
    const later = bounced(day(9), { bounceType: 'permanent' })
    expect(of([later, bounced(day(1)), bounced(day(2)), bounced(day(3)), permanent])).toEqual(permanentCause)
  })

  it('is a complaint above all, and the provider’s list below all', () => {
    const complaint = event('complained', day(8))
    const listed = event('suppressed', day(1), { detail: 'On the list' })
    const cause = { reason: 'complained', detail: null, suppressedAt: day(8), madeBy: 'event' }
    expect(of([listed, permanent, complaint])).toEqual(cause)
    expect(of([listed, permanent])).toEqual(permanentCause)
    expect(of([listed])).toEqual({
      reason: 'provider',
      detail: 'On the list',
      suppressedAt: day(1),
      madeBy: 'event',
    })
  })

  it('is nothing when staff let the address go after it was known', () => {
    expect(of([permanent, event('complained', day(4))], day(5))).toBeNull()
    expect(of([permanent, event('complained', day(4), { receivedAt: day(6) })], day(5))).toEqual({
      reason: 'complained',
      detail: null,
      suppressedAt: day(4),
      madeBy: 'event',
    })
  })
})

describe('that the provider’s list has the address', () => {
  const listed = event('suppressed', day(6), { receivedAt: day(9) })
  const cause = { reason: 'provider', detail: null, suppressedAt: day(6), madeBy: 'event' }

  it('says nothing when it was so before the list was told otherwise, however late it comes', () => {
    expect(of([listed], day(5), day(7))).toBeNull()
    expect(of([listed], day(7))).toBeNull()
  })

  it('says it again when it is so after that', () => {
    expect(of([listed], day(5))).toEqual(cause)
    expect(of([listed], day(3), day(5))).toEqual(cause)
  })
})

describe('a suppression that only bounces that may pass made', () => {
  const suppressedAt = day(20)

  it('is broken by a delivery between them', () => {
    expect(isBrokenByDelivery({ events: [delivered(day(10))], suppressedAt })).toBe(true)
  })

  it('is not because its bounces are forgotten, nor by a delivery before or after them', () => {
    expect(isBrokenByDelivery({ events: [], suppressedAt })).toBe(false)
    expect(isBrokenByDelivery({ events: [bounced(day(25)), delivered(day(21))], suppressedAt })).toBe(false)
    expect(isBrokenByDelivery({ events: [delivered(day(-11))], suppressedAt })).toBe(false)
  })
})

it('deliveries, delays and what nobody knows suppress nobody', () => {
  expect(
    of([delivered(day(0)), event('delayed', day(0)), event('other', day(0)), event('failed', day(1))]),
  ).toBeNull()
})
