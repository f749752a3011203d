import type { CampaignStatus } from '../model.ts'

/** A campaign that should move and has not for this long says so. */
export const STALLED_AFTER_MS = 10 * 60_000

/** The states in which it is a worker's turn. */
const MOVING: readonly CampaignStatus[] = ['holding', 'scheduled', 'preparing', 'canary', 'submitting']

export const isMoving = (status: CampaignStatus): boolean => MOVING.includes(status)

/**
 * Since when a campaign is stalled: no batch was settled and its status has not changed for ten minutes, although a
 * worker should have gone on. Null when it is not, or when only recipients are left whose servers asked to come later.
 * @param movedAt when its status changed last; of one that is meant to wait, when the wait ends (waitsUntil).
 * @param lastSettledAt when its last batch was settled.
 * @param next the batch that is due first; null when none is left.
 */
export function stalledSince({
  status,
  movedAt,
  lastSettledAt,
  next,
  now,
}: {
  status: CampaignStatus
  movedAt: Date
  lastSettledAt: Date | null
  next: { dueAt: Date; isPostponed: boolean } | null
  now: Date
}): Date | null {
  const waitsForRecipients =
    next?.isPostponed === true && now.getTime() < next.dueAt.getTime() + STALLED_AFTER_MS
  if (!isMoving(status) || waitsForRecipients) return null
  const since = lastSettledAt !== null && lastSettledAt > movedAt ? lastSettledAt : movedAt
  return now.getTime() - since.getTime() >= STALLED_AFTER_MS ? since : null
}

/**
 * Until when a campaign is meant to stand as it is: what is late then is its next move.
 * @param campaign.dueAt in its hold, when that ends.
 * @param campaign.canaryWaitsUntil in its canary, until when that waits for events; null while it is mailed.
 */
export function waitsUntil({
  status,
  dueAt,
  canaryWaitsUntil,
}: {
  status: CampaignStatus
  dueAt: Date
  canaryWaitsUntil: Date | null
}): Date | null {
  if (status === 'holding') return dueAt
  return status === 'canary' ? canaryWaitsUntil : null
}
