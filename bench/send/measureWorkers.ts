import { say } from '../measure/say.ts'
import type { Database } from './databases.ts'
import { openSite } from './openSite.ts'
import { sendOnce } from './sendOnce.ts'
import { startEmulator } from './startEmulator.ts'
import { startWorkers } from './startWorkers.ts'

export interface WorkersResult {
  workers: number
  recipients: number
  database: string
  latencyMs: number
  /** Calls a second that the provider takes; null: as many as come. */
  limit: number | null
  wallSeconds: number
  mailsPerSecond: number
  callsPerSecond: number
  calls: number
  /** Of all calls, those that were answered that they are too many. */
  tooManyShare: number
  inFlight: number
}

/** One campaign by several workers that know nothing of each other but what is in the database. */
export async function measureWorkers({
  count,
  recipients,
  database,
  latencyMs,
  limit,
  rounds,
  profileIn,
}: {
  count: number
  recipients: number
  database: Database
  latencyMs: number
  limit: number | null
  /** The fastest counts: in the first one new processes warm up. */
  rounds: number
  profileIn: string | null
}): Promise<WorkersResult> {
  say(`${count} worker(s), ${recipients} recipients, ${database.kind}, limit ${limit ?? 'none'} …`)
  const emulator = await startEmulator({ latencyMs, perSecond: limit })
  const site = await openSite({ database, recipients, emulatorUrl: emulator.url })
  const workers = await startWorkers({ site, count, profileIn })
  try {
    let run = await sendOnce({ site, database, emulator, workers, recipients })
    for (let round = 1; round < rounds; round++) {
      const next = await sendOnce({ site, database, emulator, workers, recipients })
      if (next.wallSeconds < run.wallSeconds) run = next
    }
    const { calls, statuses, maxInFlight, firstCallAt, lastAnswerAt } = run.counts
    const seconds = ((lastAnswerAt ?? Number.NaN) - (firstCallAt ?? Number.NaN)) / 1000
    return {
      workers: count,
      recipients,
      database: database.kind,
      latencyMs,
      limit,
      wallSeconds: run.wallSeconds,
      mailsPerSecond: run.mailsPerSecond,
      callsPerSecond: calls / seconds,
      calls,
      tooManyShare: (statuses['429'] ?? 0) / calls,
      inFlight: maxInFlight,
    }
  } finally {
    await workers.stop()
    await site.close()
    await emulator.stop()
  }
}
