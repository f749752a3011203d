import type { Pulse } from '../model.ts'

/** How often a worker says that it lives. */
export const BEAT_EVERY_MS = 15_000

/** A worker that was not seen for this long is not there. */
export const UNSEEN_AFTER_MS = 2 * 60_000

/**
 * Whether something waits that nobody takes: it has been due, and no worker was seen, for two minutes.
 */
export function isWorkerMissing({ pulse, now }: { pulse: Pulse; now: Date }): boolean {
  const { workerSeenAt, oldestDueAt } = pulse
  const isOld = (date: Date) => now.getTime() - date.getTime() >= UNSEEN_AFTER_MS
  return oldestDueAt !== null && isOld(oldestDueAt) && (workerSeenAt === null || isOld(workerSeenAt))
}
