import { availableParallelism } from 'node:os'
import { table } from '../measure/table.ts'
import type { AudienceResult } from './measureAudience.ts'
import type { SendingResult } from './measureSending.ts'
import type { WorkersResult } from './measureWorkers.ts'

export interface Results {
  sending: SendingResult[]
  audience: AudienceResult[]
  workers: WorkersResult[]
  limit: WorkersResult[]
}

/** Tables for people, then one line of JSON for programs, both on stdout. */
export function showResults(results: Results): void {
  const parts = [
    `Sending, ${availableParallelism()} cores, Node ${process.version}`,
    ...(results.sending.length > 0 ? [sendingTable(results.sending)] : []),
    ...(results.audience.length > 0
      ? ['Audience: until the first calls, and what the worker holds then', audienceTable(results.audience)]
      : []),
    ...(results.workers.length > 0 ? ['Several workers', workersTable(results.workers)] : []),
    ...(results.limit.length > 0
      ? ['Several workers at a provider’s limit', workersTable(results.limit)]
      : []),
  ]
  console.log(`${parts.join('\n\n')}\n`)
  console.log(JSON.stringify({ node: process.version, cores: availableParallelism(), ...results }))
}

const sendingTable = (results: SendingResult[]) =>
  table({
    texts: 2,
    header: [
      ...['database', 'latency ms', 'recipients', 'wall s', 'mails/s', 'limit mails/s', 'ratio', 'with wall'],
      ...[
        'in flight',
        'CPU s worker',
        'limit',
        'database',
        'peak MB',
        'first call s',
        'API p99 ms',
        'idle',
        'ratio',
      ],
    ],
    rows: results.map((result) => [
      result.database,
      String(result.latencyMs),
      String(result.recipients),
      result.wallSeconds.toFixed(2),
      result.mailsPerSecond.toFixed(0),
      result.baselineMailsPerSecond.toFixed(0),
      result.ratio.toFixed(2),
      result.wallRatio.toFixed(2),
      String(result.inFlight),
      result.workerCpuSeconds.toFixed(2),
      result.baselineCpuSeconds.toFixed(2),
      result.databaseCpuSeconds?.toFixed(2) ?? '-',
      result.emulatorCpuSeconds.toFixed(2),
      result.peakMemoryMb.toFixed(0),
      result.firstCallSeconds.toFixed(2),
      ...apiCells(result),
    ]),
  })

const apiCells = ({ api }: SendingResult) =>
  api
    ? [api.sendingP99.toFixed(1), api.idleP99.toFixed(1), (api.sendingP99 / api.idleP99).toFixed(1)]
    : ['-', '-', '-']

const audienceTable = (results: AudienceResult[]) =>
  table({
    header: ['database', 'recipients', 'first call s', 'peak MB'],
    rows: results.map(({ database, recipients, firstCallSeconds, peakMemoryMb }) => [
      database,
      String(recipients),
      firstCallSeconds.toFixed(2),
      peakMemoryMb.toFixed(0),
    ]),
  })

const workersTable = (results: WorkersResult[]) =>
  table({
    header: [
      ...['database', 'workers', 'recipients', 'latency ms', 'limit calls/s', 'wall s', 'mails/s'],
      ...['calls/s', 'calls', '429 %', 'in flight'],
    ],
    rows: results.map((result) => [
      result.database,
      String(result.workers),
      String(result.recipients),
      String(result.latencyMs),
      result.limit === null ? '-' : String(result.limit),
      result.wallSeconds.toFixed(2),
      result.mailsPerSecond.toFixed(0),
      result.callsPerSecond.toFixed(1),
      String(result.calls),
      (result.tooManyShare * 100).toFixed(1),
      String(result.inFlight),
    ]),
  })
