import type { Subscriber } from '../payload-types.ts'

/** How long the page that somebody left by offers to take it back; later on only a new consent brings mail again. */
const UNDO_WINDOW_MS = 24 * 60 * 60_000

/**
 * Whether leaving can still be taken back with the link that it was done with. Not for long, because the link may have
 * been forwarded with the mail; and not without a consent on record, because somebody who left before confirming never
 * gave one.
 */
export function canUndoLeaving({
  status,
  consentAt,
  unsubscribedAt,
  now,
}: Pick<Subscriber, 'status' | 'consentAt' | 'unsubscribedAt'> & { now: Date }): boolean {
  if (status !== 'unsubscribed' || !consentAt || !unsubscribedAt) return false
  const age = now.getTime() - Date.parse(unsubscribedAt)
  return age >= 0 && age < UNDO_WINDOW_MS
}
