import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { serverDatabases } from '../support/databases.ts'
import { everybodyOnce } from '../support/mailing/outcome.ts'
import { crashCampaign } from './crashCampaign.ts'

const READERS = 800
const KILLS = 2
const SEED = 12
/** They take turns on the machine's processors. */
const PATIENCE_MS = 420_000

/** One worker where one process writes, three where many may. `npm run test:crash` runs all combinations. */
const combinations = serverDatabases().map(({ name, variables }) => ({
  ...{ name, variables },
  workers: name === 'SQLite' ? 1 : 3,
}))

/** The shortest form of `npm run test:crash -- --long`, which kills 25 times as often. */
describe('a campaign whose workers are killed while its provider fails', () => {
  // Side by side: most of the time is spent waiting for the leases of the dead.
  it.concurrent.each(combinations)(
    'is submitted with nobody’s help, once to everybody ($name, $workers at work)',
    async ({ workers, variables }) => {
      const folder = mkdtempSync(join(tmpdir(), 'utskick-crash-'))
      const { outcome, kills, endings } = await crashCampaign({
        ...{ kills: KILLS, recipients: READERS, workers, seed: SEED, folder },
        database: variables(),
      })
      // The folder is there to look for the cause of a failure.
      expect({ folder, outcome, kills: kills.length, endings }).toEqual({
        folder,
        outcome: everybodyOnce(READERS),
        kills: KILLS,
        endings: Array.from({ length: workers }, () => ({ code: 0, signal: null })),
      })
      rmSync(folder, { recursive: true, force: true })
    },
    PATIENCE_MS,
  )
})
