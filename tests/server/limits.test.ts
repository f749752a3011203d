import { afterEach, describe, expect, it } from '@jest/globals'
import type { Article } from '../../src/payload-types.ts'
import { startClock, type MovableClock } from '../support/clock/startClock.ts'
import { isLong, oneDatabase } from '../support/longRun.ts'
import { openMailingSite, resendVariables, type MailingSite } from '../support/mailing/mailingSite.ts'
import { everybodyOnce, readOutcome } from '../support/mailing/outcome.ts'
import { startEmulator, type EmulatorProcess } from '../support/processes/startEmulator.ts'
import type { TestProcess } from '../support/processes/startProcess.ts'
import { STARTED, startWorker } from '../support/processes/startWorker.ts'
import { until } from '../support/until.ts'

let emulator: EmulatorProcess
let site: MailingSite
let workers: TestProcess[] = []
let clock: MovableClock | undefined

describe.each(oneDatabase())('on $name', ({ open }) => {
  const openSite = async ({ readers, flags = [] }: { readers: number; flags?: string[] }) => {
    emulator = await startEmulator({ flags })
    site = await openMailingSite(await open(resendVariables(emulator.url)), { readers })
  }
  afterEach(async () => {
    for (const { kill } of workers) kill('SIGKILL')
    await Promise.all(workers.map(({ ended }) => ended))
    workers = []
    await site?.close()
    await emulator?.stop()
    clock?.remove()
  })

  it('three workers stay at a limit of ten calls a second together: at most one call in a hundred is too many', async () => {
    const readers = isLong ? 15_000 : 4_000
    await openSite({ readers, flags: ['--per-second', '10', '--enforce-rate'] })
    await startWorkers({ count: 3 })
    const article = await site.publish()
    await untilSubmitted(article)

    const calls = await emulator.calls()
    const tooMany = calls.filter(({ status }) => status === 429)
    // A short run has fewer than a hundred calls.
    expect(tooMany.length).toBeLessThanOrEqual(Math.max(1, calls.length / 100))
    expect(await outcomeOf(article, readers)).toEqual(everybodyOnce(readers))
  })

  it('a used-up quota of the day makes a campaign wait for the next day, on which it goes on by itself', async () => {
    const readers = 1_000
    await openSite({ readers })
    await emulator.set({ dailyQuota: 500 })
    clock = startClock()
    await startWorkers({ count: 1, clock })
    const article = await site.publish()
    const waiting = await until('the quota is used up', async () => {
      const campaign = await site.campaignOf(article)
      return campaign.problem?.code ? campaign : undefined
    })
    expect(waiting).toMatchObject({
      status: 'submitting',
      problem: { code: 'daily_quota_exceeded', message: expect.stringContaining('midnight UTC') },
    })
    expect(await emulator.mails()).toHaveLength(500)

    await emulator.set({ clockOffsetMs: NEXT_DAY_MS })
    clock.move(NEXT_DAY_MS)
    await untilSubmitted(article)
    expect(await outcomeOf(article, readers)).toEqual(everybodyOnce(readers))
  })
})

/** A day, and the two minutes that clocks may differ by around midnight. */
const NEXT_DAY_MS = (24 * 60 + 2) * 60_000

async function startWorkers({ count, clock }: { count: number; clock?: MovableClock }): Promise<void> {
  const { environment } = site
  workers = Array.from({ length: count }, () => startWorker({ environment, ...(clock && { clock }) }))
  await Promise.all(workers.map(({ printed }) => printed(STARTED)))
}

const untilSubmitted = (article: Article['id']) =>
  until(
    'the campaign is submitted',
    async () => ((await site.campaignOf(article)).status === 'submitted' ? true : undefined),
    { seconds: 150 },
  )

const outcomeOf = async (article: Article['id'], readers: number) =>
  readOutcome({ site, article, readers, mails: await emulator.mails() })
