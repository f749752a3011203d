import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { serverDatabases } from '../support/databases.ts'
import { isLong } from '../support/longRun.ts'
import { RESTORE_KINDS } from './backups.ts'
import { resendProvider, smtpProvider, type TestProvider } from './providers.ts'
import { restoreCampaign } from './restoreCampaign.ts'

const SEED = 13
const MOMENTS = isLong ? 20 : 2
const PATIENCE_MS = isLong ? 1_800_000 : 590_000

interface Case {
  provider: string
  start: () => Promise<TestProvider>
  readers: number
}

/** As many as are mailed slowly enough for a backup in between. */
const PROVIDERS: Case[] = [
  {
    provider: 'Resend, keys known',
    start: () => resendProvider({ forgets: false }),
    readers: isLong ? 8_000 : 800,
  },
  {
    provider: 'Resend, keys forgotten',
    start: () => resendProvider({ forgets: true }),
    readers: isLong ? 8_000 : 800,
  },
  { provider: 'SMTP', start: smtpProvider, readers: isLong ? 3_000 : 200 },
]

/** The short form leaves out where the provider itself keeps a mail single, and SMTP on the second database. */
const isInShort = (database: string, provider: string) =>
  provider === 'Resend, keys forgotten' || (provider === 'SMTP' && database === 'SQLite')
const combinations = serverDatabases().flatMap(({ name, variables }) =>
  PROVIDERS.filter(({ provider }) => isLong || isInShort(name, provider)).map((each) => ({
    ...{ name, variables },
    ...each,
  })),
)

describe('a backup of a campaign that is under way, restored when the original has ended', () => {
  it.each(combinations)(
    'mails nobody by itself ($name, $provider)',
    async ({ variables, start, readers }) => {
      const folder = mkdtempSync(join(tmpdir(), 'utskick-restore-'))
      const provider = await start()
      try {
        const { original, restored } = await restoreCampaign({
          ...{ folder, variables: variables(), provider, readers },
          moments: momentsOfChance({ count: MOMENTS, seed: SEED }),
        })
        expect(new Set(original).size).toBe(readers)
        expect({
          folder,
          mailedTwice: restored.filter(({ mailed }) => mailed.length > 0),
          asked: restored.map(({ status, problem }) => `${status}, ${problem}`),
        }).toEqual({
          folder,
          mailedTwice: [],
          asked: restored.map(() => 'paused, restored'),
        })
        // The last moments may come too late where the machine is slow.
        expect(restored.length).toBeGreaterThanOrEqual(RESTORE_KINDS.length * Math.ceil(MOMENTS / 2))
        if (isLong) console.log(`${restored.length} restores: nobody was mailed twice.`)
      } finally {
        await provider.stop()
      }
      rmSync(folder, { recursive: true, force: true })
    },
    PATIENCE_MS,
  )
})

/** What is left at each, from much to little; the first before the first batch is settled. */
function momentsOfChance({ count, seed }: { count: number; seed: number }): number[] {
  let state = seed
  const next = () => {
    // A linear congruential generator (Numerical Recipes); enough to spread moments.
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
  return [1, ...Array.from({ length: count - 1 }, () => 0.05 + 0.95 * next())].toSorted((a, b) => b - a)
}
