import type { Payload } from 'payload'

/** Longer than any publishing takes: a job that runs for so long belongs to a process that is gone. */
const ABANDONED_AFTER_MS = 5 * 60_000

/**
 * Publishes (or unpublishes) what is due at this time, through Payload's jobs. Payload claims jobs without a lock and
 * leaves those of a killed process marked as running for ever: publishing twice is harmless here (one campaign per
 * article), and what was abandoned is given back.
 * @returns false, always: what is due is done in one go.
 */
export async function runScheduledPublishing(payload: Payload, now: Date): Promise<boolean> {
  await payload.update({
    collection: 'payload-jobs',
    where: {
      and: [
        { processing: { equals: true } },
        { updatedAt: { less_than: new Date(now.getTime() - ABANDONED_AFTER_MS).toISOString() } },
      ],
    },
    data: { processing: false },
    depth: 0,
    overrideAccess: true,
  })
  await payload.jobs.run({ allQueues: true, limit: 100, overrideAccess: true, silent: true })
  return false
}
