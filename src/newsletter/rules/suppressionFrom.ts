import type { AddressEvent } from '../model.ts'
import type { SuppressionCause } from './nextSuppression.ts'

/** So many bounces that may pass, within this time and with nothing delivered between, and the address is not mailed any more. */
export const TRANSIENT_BOUNCES = 3
export const TRANSIENT_WITHIN_MS = 30 * 86_400_000

/**
 * Whether what a provider told of one address says that it must not be mailed; the same in whatever order it came in.
 * A complaint says most, then a permanent bounce, then bounces that did not pass, then that the provider's own list has
 * the address; of several that say the same the earliest counts.
 * @param input.forgivenAt when staff let the address go: what was known by then does not count; null: never.
 * @param input.unlistedAt when the provider's own list was told so, or else the same: that it had the address until then does
 * not count, however late it is told.
 */
export function suppressionFrom({
  events,
  forgivenAt,
  unlistedAt,
}: {
  events: readonly AddressEvent[]
  forgivenAt: Date | null
  unlistedAt: Date | null
}): SuppressionCause | null {
  const isCounting = ({ kind, occurredAt, receivedAt }: AddressEvent) =>
    kind === 'suppressed'
      ? unlistedAt === null || occurredAt > unlistedAt
      : forgivenAt === null || receivedAt > forgivenAt
  const counting = events.filter(isCounting).toSorted(inTime)
  const complaint = counting.find(({ kind }) => kind === 'complained')
  if (complaint) return causeOf({ event: complaint, reason: 'complained', madeBy: 'event' })
  const bounce = counting.find(({ kind, bounceType }) => kind === 'bounced' && bounceType === 'permanent')
  if (bounce) return causeOf({ event: bounce, reason: 'bounced', madeBy: 'event' })
  const last = lastOfTransient(counting)
  if (last) return causeOf({ event: last, reason: 'bounced', madeBy: 'transient-bounces' })
  const listed = counting.find(({ kind }) => kind === 'suppressed')
  return listed ? causeOf({ event: listed, reason: 'provider', madeBy: 'event' }) : null
}

/**
 * Whether something was delivered between the bounces that had made a suppression. That its events are not there any more
 * takes nothing back.
 * @param input.suppressedAt when the last of the bounces occurred.
 */
export function isBrokenByDelivery({
  events,
  suppressedAt,
}: {
  events: readonly AddressEvent[]
  suppressedAt: Date
}): boolean {
  const from = suppressedAt.getTime() - TRANSIENT_WITHIN_MS
  const isBetween = (time: number) => time >= from && time <= suppressedAt.getTime()
  return events.some(({ kind, occurredAt }) => kind === 'delivered' && isBetween(occurredAt.getTime()))
}

/** By when they occurred; a delivery after a bounce of the same moment, and else by their id. */
function inTime(one: AddressEvent, other: AddressEvent): number {
  const isLater = (event: AddressEvent) => (event.kind === 'delivered' ? 1 : 0)
  return (
    one.occurredAt.getTime() - other.occurredAt.getTime() ||
    isLater(one) - isLater(other) ||
    (one.eventId < other.eventId ? -1 : 1)
  )
}

/** The first bounce with which there were enough in a row; null when there never were. */
function lastOfTransient(events: readonly AddressEvent[]): AddressEvent | null {
  let row: AddressEvent[] = []
  for (const event of events) {
    if (event.kind === 'delivered') row = []
    if (event.kind !== 'bounced') continue
    const from = event.occurredAt.getTime() - TRANSIENT_WITHIN_MS
    row = [...row.filter(({ occurredAt }) => occurredAt.getTime() >= from), event]
    if (row.length >= TRANSIENT_BOUNCES) return event
  }
  return null
}

const causeOf = ({
  event: { detail, occurredAt },
  reason,
  madeBy,
}: {
  event: AddressEvent
  reason: SuppressionCause['reason']
  madeBy: SuppressionCause['madeBy']
}): SuppressionCause => ({ reason, detail, suppressedAt: occurredAt, madeBy })
