import { randomInt } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { serverDatabases } from '../support/databases.ts'
import { everybodyOnce } from '../support/mailing/outcome.ts'
import { crashCampaign } from './crashCampaign.ts'

const READERS = 2_000
const KILLS = 5
/** They take turns on the machine's processors. */
const PATIENCE_MS = 420_000

const combinations = serverDatabases().flatMap(({ name, variables }) =>
  [1, 3].map((workers) => ({ name, workers, variables })),
)

/** The short form of `npm run test:crash`, which kills ten times as often. */
describe('a campaign whose workers are killed while its provider fails', () => {
  // Side by side: most of the time is spent waiting for the leases of the dead.
  it.concurrent.each(combinations)(
    'is submitted with nobody’s help, once to everybody ($name, $workers at work)',
    async ({ workers, variables }) => {
      const folder = mkdtempSync(join(tmpdir(), 'utskick-crash-'))
      const seed = randomInt(1_000_000)
      const { outcome, kills, endings } = await crashCampaign({
        ...{ kills: KILLS, recipients: READERS, workers, seed, folder },
        database: variables(),
      })
      // The seed and the folder are for whoever looks for the cause of a failure.
      expect({ seed, folder, outcome, kills: kills.length, endings }).toEqual({
        seed,
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
