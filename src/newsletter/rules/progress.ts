import type { CampaignStatus } from '../model.ts'

/** A campaign that should move and has not for this long says so. */
export const STALLED_AFTER_MS = 10 * 60_000

/** The states in which it is a worker's turn. */
const MOVING: readonly CampaignStatus[] = ['scheduled', 'preparing', 'submitting']

export const isMoving = (status: CampaignStatus): boolean => MOVING.includes(status)

/**
 * Since when a campaign is stalled: no batch was settled and its status has not changed for ten minutes, although a
 * worker should have gone on. Null when it is not.
 * @param movedAt when its status changed last.
 * @param lastSettledAt when its last batch was settled.
 */
export function stalledSince({
  status,
  movedAt,
  lastSettledAt,
  now,
}: {
  status: CampaignStatus
  movedAt: Date
  lastSettledAt: Date | null
  now: Date
}): Date | null {
  if (!isMoving(status)) return null
  const since = lastSettledAt !== null && lastSettledAt > movedAt ? lastSettledAt : movedAt
  return now.getTime() - since.getTime() >= STALLED_AFTER_MS ? since : null
}
