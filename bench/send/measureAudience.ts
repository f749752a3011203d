import { say } from '../measure/say.ts'
import { untilTrue } from '../measure/untilTrue.ts'
import type { Database } from './databases.ts'
import { openSite } from './openSite.ts'
import { startEmulator } from './startEmulator.ts'
import { startWorkers } from './startWorkers.ts'

export interface AudienceResult {
  recipients: number
  database: string
  firstCallSeconds: number
  /** Of the worker, when it has made some calls. */
  peakMemoryMb: number
}

/** As many as the smallest campaign has: what sending itself takes is in every figure then. */
const CALLS = 10

/** Only the beginning of a campaign: who gets it, and the first calls. */
export async function measureAudience({
  recipients,
  database,
  profileIn,
}: {
  recipients: number
  database: Database
  profileIn: string | null
}): Promise<AudienceResult> {
  say(`audience of ${recipients}, ${database.kind} …`)
  const emulator = await startEmulator({ latencyMs: 0, perSecond: null })
  const site = await openSite({ database, recipients, emulatorUrl: emulator.url })
  const workers = await startWorkers({ site, count: 1, profileIn })
  try {
    const { at } = await site.publish()
    await untilTrue({
      what: 'some calls were made',
      ask: async () => (await emulator.counts()).calls >= Math.min(CALLS, recipients / 100),
      patienceMs: 600_000,
    })
    const { firstCallAt } = await emulator.counts()
    return {
      recipients,
      database: database.kind,
      firstCallSeconds: ((firstCallAt ?? Number.NaN) - at) / 1000,
      peakMemoryMb: workers.peakMemory(),
    }
  } finally {
    await workers.stop()
    await site.close()
    await emulator.stop()
  }
}
