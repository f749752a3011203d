import type { Payload } from 'payload'
import { readNotice } from '../restore/staffNotice.ts'
import { asScheduled } from './systemSaves.ts'

/** Longer than any publishing takes: a job that runs for so long belongs to a process that is gone. */
const ABANDONED_AFTER_MS = 5 * 60_000

/** A database that was busy at the set time, say: tried again a minute later, for half an hour. */
const FAILED_AGAIN_AFTER_MS = 60_000
const TRIES = 30

/**
 * Publishes (or unpublishes) what is due at this time, through Payload's jobs. Payload claims jobs without a lock and
 * leaves those of a killed process marked as running for ever: publishing twice is harmless here (one campaign per
 * article), and what was abandoned or failed is given back.
 * While staff have not seen that the database was restored, all of it waits: it may have happened before.
 * @returns false, always: what is due is done in one go.
 */
export async function runScheduledPublishing(payload: Payload, now: Date): Promise<boolean> {
  if (await readNotice(payload)) return false
  const before = (ms: number) => ({ updatedAt: { less_than: new Date(now.getTime() - ms).toISOString() } })
  const { docs } = await payload.update({
    collection: 'payload-jobs',
    where: {
      or: [
        { and: [{ processing: { equals: true } }, before(ABANDONED_AFTER_MS)] },
        {
          and: [
            { hasError: { equals: true } },
            { completedAt: { exists: false } },
            { totalTried: { less_than: TRIES } },
            before(FAILED_AGAIN_AFTER_MS),
          ],
        },
      ],
    },
    data: { processing: false, hasError: false },
    depth: 0,
    overrideAccess: true,
  })
  for (const { id, totalTried } of docs)
    payload.logger.warn({ event: 'publish.repeated', job: id, tried: totalTried ?? 0 })
  await asScheduled(() =>
    payload.jobs.run({ allQueues: true, limit: 100, overrideAccess: true, silent: true }),
  )
  return false
}
