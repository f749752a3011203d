import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Article } from '../../src/payload-types.ts'
import { oneDatabase } from '../support/longRun.ts'
import { toBatchRow } from '../support/flow/readRows.ts'
import { openMailingSite, resendVariables, type MailingSite } from '../support/mailing/mailingSite.ts'
import { everybodyOnce, readOutcome } from '../support/mailing/outcome.ts'
import { startEmulator, type EmulatorProcess } from '../support/processes/startEmulator.ts'
import type { TestProcess } from '../support/processes/startProcess.ts'
import { startWorker } from '../support/processes/startWorker.ts'
import { until } from '../support/until.ts'

const READERS = 1_000
const BY_ITSELF = { code: 0, signal: null }

let emulator: EmulatorProcess
let site: MailingSite
let article: Article['id']
let worker: TestProcess

describe.each(oneDatabase())('on $name, a worker that is told to stop', ({ open }) => {
  beforeEach(async () => {
    emulator = await startEmulator()
    site = await openMailingSite(await open(resendVariables(emulator.url)), { readers: READERS })
    article = await site.publish()
  })
  afterEach(async () => {
    worker?.kill('SIGKILL')
    await worker?.ended
    await site?.close()
    await emulator?.stop()
  })

  it('waits for the answers that are under way and records them, and the next one mails the others', async () => {
    await emulator.set({ latencyMs: 2_000 })
    worker = startWorker(site)
    await until('calls are in flight', async () => ((await openCalls()).length > 0 ? true : undefined))
    worker.kill('SIGTERM')

    expect(await worker.ended).toEqual(BY_ITSELF)
    const calls = await emulator.calls()
    expect(await openCalls()).toEqual([])
    expect(await batchesLeft()).toEqual({ settled: calls.length, leased: [], inDoubt: [] })

    await emulator.set({ latencyMs: 0 })
    await mailTheRest()
    // No call was made a second time.
    expect(new Set((await emulator.calls()).map(({ key }) => key)).size).toBe(READERS / 100)
    expect(await emulator.calls()).toHaveLength(READERS / 100)
  })

  it('does not wait for an answer that does not come: the next one asks again at once, under the same key', async () => {
    await emulator.failEvery({ kind: 'hang', when: 'after' })
    worker = startWorker(site)
    await until('calls hang', async () => ((await openCalls()).length > 0 ? true : undefined))
    worker.kill('SIGTERM')

    expect(await worker.ended).toEqual(BY_ITSELF)
    const hanging = (await emulator.calls()).map(({ key }) => key)
    // Their time was not over: the worker has learnt nothing of them.
    expect(worker.lines.filter((line) => /batch\.(settled|repeated)/.test(line))).toEqual([])
    expect(await batchesLeft()).toEqual({ settled: 0, leased: [], inDoubt: [...hanging].sort() })

    await emulator.failEvery(null)
    await mailTheRest()
    const repeated = (await emulator.calls()).slice(hanging.length).map(({ key }) => key)
    expect(repeated.slice(0, hanging.length).sort()).toEqual([...hanging].sort())
    expect(repeated).toHaveLength(READERS / 100)
  })
})

const openCalls = async () => (await emulator.calls()).filter(({ status }) => status === null)

async function batchesLeft() {
  const { docs } = await site.payload.find({ collection: 'batches', depth: 0, pagination: false })
  const batches = docs.map(toBatchRow)
  const keysOf = (isIt: (batch: (typeof batches)[number]) => boolean) =>
    batches
      .filter(isIt)
      .map(({ idempotencyKey }) => idempotencyKey)
      .sort()
  return {
    settled: batches.filter(({ status }) => status === 'settled').length,
    leased: keysOf(({ leaseToken }) => leaseToken !== null),
    inDoubt: keysOf(({ status, inDoubtSince }) => status === 'pending' && inDoubtSince !== null),
  }
}

/** Another worker does what is left; in the end everybody has one mail. */
async function mailTheRest(): Promise<void> {
  worker = startWorker(site)
  await until('the campaign is submitted', async () =>
    (await site.campaignOf(article)).status === 'submitted' ? true : undefined,
  )
  expect(await readOutcome({ site, article, readers: READERS, mails: await emulator.mails() })).toEqual(
    everybodyOnce(READERS),
  )
}
