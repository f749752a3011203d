import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { RecordedRequest } from '../../emulator/model.ts'
import { openMailingSite, resendVariables, type MailingSite } from '../support/mailing/mailingSite.ts'
import { readOutcome, type MailingOutcome } from '../support/mailing/outcome.ts'
import { startEmulator, type EmulatorProcess } from '../support/processes/startEmulator.ts'
import type { Ending, TestProcess } from '../support/processes/startProcess.ts'
import { startWorker } from '../support/processes/startWorker.ts'
import { keepEvidence } from './keepEvidence.ts'
import { killWorkers, type Kill, type KillPlan } from './killWorkers.ts'
import { openDatabase } from './openDatabase.ts'
import { watchCampaign } from './watchCampaign.ts'

export interface CrashRun extends KillPlan {
  recipients: number
  /** An empty folder that gets the data, the logs of all processes and, in the end, what there is to look at. */
  folder: string
  /** Variables of the environment that name an empty database; none: a SQLite file in the folder. */
  database: Record<string, string>
}

export interface CrashResult {
  outcome: MailingOutcome
  kills: Kill[]
  /** How the workers that were left ended when they were asked to. */
  endings: Ending[]
  /** At the emulator. */
  calls: number
  faults: Record<string, number>
  /** Calls that brought a batch once more, under its key. */
  repeats: number
  seconds: number
}

/** So long that most lives of a worker end while it waits for an answer. */
const LATENCY_MS = 2_000
const FAULT_RATE = 0.05
/** From the publishing: a kill costs a worker's boot, and the last one a lease. */
const PATIENCE_MS = { each: 30_000, atLast: 240_000 }

/**
 * One campaign, published as an editor does it, to so many readers, by workers that are killed so many times, with a
 * provider that fails in every way. Nobody helps.
 * @throws when the campaign has not ended by itself after a time in which it surely should.
 */
export async function crashCampaign({
  recipients,
  folder,
  database,
  ...plan
}: CrashRun): Promise<CrashResult> {
  const emulator = await startEmulator({
    flags: ['--latency', `${LATENCY_MS}`, '--fault-rate', `${FAULT_RATE}`, '--seed', `${plan.seed}`],
    log: join(folder, 'emulator.log'),
  })
  const opened = await openDatabase({ folder, variables: { ...database, ...resendVariables(emulator.url) } })
  try {
    const site = await openMailingSite(opened, { readers: recipients })
    try {
      return await crash({ recipients, folder, plan, emulator, site })
    } finally {
      await keepEvidence({ site, emulator, folder })
    }
  } finally {
    await opened.close()
    await emulator.stop()
  }
}

async function crash({
  recipients,
  folder,
  plan,
  emulator,
  site,
}: {
  recipients: number
  folder: string
  plan: KillPlan
  emulator: EmulatorProcess
  site: MailingSite
}): Promise<CrashResult> {
  const article = await site.publish()
  const began = Date.now()
  const watch = await watchCampaign({ site, article })
  const kills: Kill[] = []
  const workers: TestProcess[] = []
  const start = (worker: number) => {
    const log = join(folder, `worker-${worker}.log`)
    const life = startWorker({ environment: site.environment, log })
    workers.push(life)
    return life
  }
  const killed = (kill: Kill) => {
    kills.push(kill)
    appendFileSync(join(folder, 'kills.log'), `${kills.length} ${JSON.stringify(kill)}\n`)
  }
  try {
    const ms = plan.kills * PATIENCE_MS.each + PATIENCE_MS.atLast
    const endings = await within({ ms, promise: killWorkers({ plan, watch, start, killed }) })
    const seconds = (Date.now() - began) / 1000
    const outcome = await readOutcome({ site, article, readers: recipients, mails: await emulator.mails() })
    return { outcome, kills, endings, seconds, ...countCalls(await emulator.calls()) }
  } finally {
    for (const { kill } of workers) kill('SIGKILL')
    await Promise.all(workers.map(({ ended }) => ended))
    await watch.end()
  }
}

async function within<Value>({ ms, promise }: { ms: number; promise: Promise<Value> }): Promise<Value> {
  const stop = new AbortController()
  const late = wait(ms, undefined, { signal: stop.signal }).then((): never => {
    throw new Error(`The campaign has not ended by itself within ${ms / 1000} seconds.`)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    stop.abort()
    late.catch(() => undefined)
  }
}

function countCalls(calls: readonly RecordedRequest[]): Pick<CrashResult, 'calls' | 'repeats' | 'faults'> {
  const faults: Record<string, number> = {}
  for (const { fault } of calls) if (fault) faults[fault] = (faults[fault] ?? 0) + 1
  return { calls: calls.length, repeats: calls.length - new Set(calls.map(({ key }) => key)).size, faults }
}
