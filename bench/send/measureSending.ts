import { median } from '../measure/median.ts'
import { say } from '../measure/say.ts'
import type { Database } from './databases.ts'
import { measureApi, type ApiLatency } from './measureApi.ts'
import { openSite, type Publication, type Site } from './openSite.ts'
import { mailsPerSecond, sendOnce, type SendRun } from './sendOnce.ts'
import { startBaseline, type Baseline } from './startBaseline.ts'
import { startEmulator, type Emulator } from './startEmulator.ts'
import { startWorkers } from './startWorkers.ts'

export interface Cell {
  recipients: number
  database: Database
  latencyMs: number
}

export interface SendingResult {
  recipients: number
  database: string
  latencyMs: number
  /** Medians over the rounds, but for the memory and the first call: those are the worst. */
  wallSeconds: number
  mailsPerSecond: number
  /** The limit: see baseline.ts. */
  baselineMailsPerSecond: number
  /** Of the time in which mails are handed over. */
  ratio: number
  /** Of the whole time from the publishing on. */
  wallRatio: number
  inFlight: number
  workerCpuSeconds: number
  baselineCpuSeconds: number
  databaseCpuSeconds: number | null
  emulatorCpuSeconds: number
  peakMemoryMb: number
  firstCallSeconds: number
  api: ApiLatency | null
  rounds: (SendRun & { baselineMailsPerSecond: number; baselineCpuSeconds: number })[]
}

const WARM_UP_CALLS = 20

/**
 * Sends to everybody and lets the baseline post as many mails with as many calls in flight, in turn, round by round:
 * whatever else the machine does meets both.
 * @param withApi measures a reader's request too, during another send.
 */
export async function measureSending({
  cell: { recipients, database, latencyMs },
  rounds,
  withApi,
  profileIn,
}: {
  cell: Cell
  rounds: number
  withApi: boolean
  profileIn: string | null
}): Promise<SendingResult> {
  say(`${recipients} recipients, ${database.kind}, ${latencyMs} ms …`)
  const emulator = await startEmulator({ latencyMs, perSecond: null })
  const site = await openSite({ database, recipients, emulatorUrl: emulator.url })
  const workers = await startWorkers({ site, count: 1, profileIn })
  try {
    const runs = await alternate({
      rounds,
      recipients,
      emulator,
      site,
      send: () => sendOnce({ site, database, emulator, workers, recipients }),
    })
    const peakMemoryMb = workers.peakMemory()
    if (withApi) emulator.makeWay()
    const api = withApi ? await measureApi(site) : null
    return { recipients, database: database.kind, latencyMs, ...summary(runs), peakMemoryMb, api }
  } finally {
    await workers.stop()
    await site.close()
    await emulator.stop()
  }
}

type Round = SendingResult['rounds'][number]

async function alternate({
  rounds,
  recipients,
  emulator,
  site,
  send,
}: {
  rounds: number
  recipients: number
  emulator: Emulator
  site: Site
  send: () => Promise<SendRun>
}): Promise<Round[]> {
  const runs: Round[] = []
  let baseline: Baseline | null = null
  try {
    for (let number = 0; number < rounds; number++) {
      const run = await send()
      baseline ??= await startWarm({ site, emulator, article: run.article })
      await emulator.beginAnew()
      const before = baseline.cpuSeconds()
      const { maxInFlight: inFlight } = run.counts
      await baseline.run({ calls: Math.ceil(recipients / 100), inFlight, key: `round-${number}` })
      runs.push({
        ...run,
        baselineMailsPerSecond: mailsPerSecond(await emulator.counts()),
        baselineCpuSeconds: baseline.cpuSeconds() - before,
      })
    }
  } finally {
    await baseline?.stop()
  }
  return runs
}

async function startWarm({
  site,
  emulator,
  article,
}: {
  site: Site
  emulator: Emulator
  article: Publication['article']
}): Promise<Baseline> {
  const baseline = await startBaseline({ site, emulatorUrl: emulator.url, article })
  await baseline.run({ calls: WARM_UP_CALLS, inFlight: 4, key: 'warm-up' })
  return baseline
}

function summary(rounds: Round[]): Omit<SendingResult, keyof Cell | 'peakMemoryMb' | 'api'> {
  const of = (pick: (round: Round) => number) => median(rounds.map(pick))
  const databaseCpu = rounds.flatMap(({ cpuSeconds }) => cpuSeconds.database ?? [])
  return {
    wallSeconds: of(({ wallSeconds }) => wallSeconds),
    mailsPerSecond: of((round) => round.mailsPerSecond),
    baselineMailsPerSecond: of((round) => round.baselineMailsPerSecond),
    ratio: of((round) => round.mailsPerSecond / round.baselineMailsPerSecond),
    wallRatio: of((round) => round.wallMailsPerSecond / round.baselineMailsPerSecond),
    inFlight: Math.max(...rounds.map(({ counts }) => counts.maxInFlight)),
    workerCpuSeconds: of(({ cpuSeconds }) => cpuSeconds.worker),
    baselineCpuSeconds: of((round) => round.baselineCpuSeconds),
    databaseCpuSeconds: databaseCpu.length === 0 ? null : median(databaseCpu),
    emulatorCpuSeconds: of(({ cpuSeconds }) => cpuSeconds.emulator),
    firstCallSeconds: Math.max(...rounds.map(({ firstCallSeconds }) => firstCallSeconds)),
    rounds,
  }
}
