import { cpus, loadavg } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { createClient, type Client } from '@libsql/client'
import { ensureBuild } from '../src/cli/server/ensureBuild.ts'
import { benchEnvironment } from './measure/benchEnvironment.ts'
import { nodeArguments } from '../src/cli/server/projectRoot.ts'
import { runServer } from '../src/cli/server/runServer.ts'
import { untilServed } from '../src/cli/server/untilServed.ts'
import { readEnv } from '../src/env.ts'
import { seedDeliveries } from './events/seedDeliveries.ts'
import { makeAdmin } from './webhooks/makeAdmin.ts'
import { startProbe, type Latency } from './webhooks/probe.ts'
import { say } from './measure/say.ts'
import { startProcess } from './measure/startProcess.ts'
import { table } from './measure/table.ts'
import { temporaryFolder } from './measure/temporaryFolder.ts'
import { untilTrue } from './measure/untilTrue.ts'
import { EVENTS_PER_MAIL, WEBHOOK_SECRET } from './webhooks/told.ts'

const EVENTS = 40_000
const FIRST = 10_000
const QUIET_MS = 8_000

/**
 * What a flood of webhooks costs: the production server with its worker, on a fresh SQLite file. First 10,000 events are
 * posted while no worker runs, and applied: how long that takes. Then 40,000 are posted as fast as another process can,
 * over so many connections, and each refused one again when the answer says; meanwhile an article, a page of the admin and
 * the health are asked for. The same three asked for before, when nothing is posted, are the baseline.
 */
export async function benchWebhooks(options: string[]): Promise<void> {
  const scale = options.includes('--quick') ? 10 : 1
  const connections = Number(options.find((option) => /^\d+$/.test(option)) ?? 1_000)
  const [first, flood] = [FIRST / scale, EVENTS / scale]
  const { path: folder, remove } = temporaryFolder()
  const environment = await benchEnvironment({ folder, webhookSecret: WEBHOOK_SECRET })
  await ensureBuild({ environment, report: (seconds) => say(`building … ${seconds} s`) })
  const mails = (first + flood) / EVENTS_PER_MAIL
  say(`writing ${mails} deliveries …`)
  await seedDeliveries({ environment, count: mails })
  const env = readEnv(environment)
  const client = createClient({ url: env.database.url })
  const applied = await measureApplying({ environment, client, first })
  const server = runServer({
    env: readEnv({ ...environment, WORKER: 'on' }),
    environment: { ...environment, WORKER: 'on' },
    quiet: true,
  })
  try {
    await untilServed({ baseUrl: env.serverUrl, server })
    const paths = await makeAdmin(env.serverUrl)
    const quiet = startProbe(paths)
    await wait(QUIET_MS)
    const baseline = await quiet.stop()
    say(`posting ${flood} events over ${connections} connections …`)
    const posting = post({ environment, url: env.serverUrl, from: first, count: flood, connections })
    const probe = startProbe(paths)
    const begun = performance.now()
    const [posted, peak] = await Promise.all([posting, watchQueue(client, posting)])
    const during = await probe.stop()
    await untilApplied({ client, count: first + flood })
    const seconds = (performance.now() - begun) / 1000
    show({ applied, posted, seconds, peak, baseline, during, flood, connections })
  } finally {
    await server.stop()
    client.close()
    remove()
  }
}

interface Applied {
  events: number
  seconds: number
}

/** The events are there before the worker is: nothing but applying them is measured, and half a second of looking. */
async function measureApplying({
  environment,
  client,
  first,
}: {
  environment: Record<string, string>
  client: Client
  first: number
}): Promise<Applied> {
  const filling = startProcess({
    args: program('bench/webhooks/fill.ts'),
    environment: { ...environment, COUNT: String(first) },
  })
  await filling.ended
  const worker = startProcess({ args: program('src/cli/worker.ts'), environment })
  await worker.line((line) => line.includes('worker.started'))
  const begun = performance.now()
  await untilApplied({ client, count: first })
  const seconds = (performance.now() - begun) / 1000
  await worker.stop()
  say(`${first} events applied in ${seconds.toFixed(1)} s`)
  return { events: first, seconds }
}

export const program = (script: string): string[] => [...nodeArguments, script]

async function untilApplied({ client, count }: { client: Client; count: number }): Promise<void> {
  let applied = 0
  await untilTrue({
    what: 'all events are applied',
    ask: async () =>
      (applied = await countOf(client, 'provider_events WHERE applied_at IS NOT NULL')) >= count,
    progress: () => applied,
    everyMs: 200,
  })
}

async function watchQueue(client: Client, posting: Promise<unknown>): Promise<number> {
  let isOver = false
  void posting.finally(() => (isOver = true))
  let peak = 0
  while (!isOver) {
    peak = Math.max(peak, await countOf(client, 'waiting_events'))
    await wait(500)
  }
  return peak
}

const countOf = async (client: Client, what: string): Promise<number> =>
  Number((await client.execute(`SELECT count(*) AS n FROM ${what}`)).rows[0]?.n)

interface Posted {
  seconds: number
  refused: number
  failed: number
}

/** In a process of its own, so that what it costs does not slow down who measures. */
async function post({
  environment,
  url,
  from,
  count,
  connections,
}: {
  environment: Record<string, string>
  url: string
  from: number
  count: number
  connections: number
}): Promise<Posted> {
  const given = { TARGET: url, FROM: String(from), COUNT: String(count), CONNECTIONS: String(connections) }
  const poster = startProcess({
    args: program('bench/webhooks/post.ts'),
    environment: { ...environment, ...given },
  })
  const line = await poster.line((printed) => printed.startsWith('{'))
  return JSON.parse(line) as Posted
}

function show({
  applied,
  posted,
  seconds,
  peak,
  baseline,
  during,
  flood,
  connections,
}: {
  applied: Applied
  posted: Posted
  seconds: number
  peak: number
  baseline: Record<string, Latency>
  during: Record<string, Latency>
  flood: number
  connections: number
}): void {
  const rows = Object.entries(during).map(([name, { asked, failed, p50, p95, most }]) => {
    const quiet = baseline[name]?.p95 ?? 0
    return [name, asked, failed, quiet, p50, p95, most, p95 / Math.max(1, quiet)].map((cell) =>
      typeof cell === 'number' ? cell.toFixed(0) : cell,
    )
  })
  const header = ['ms', 'asked', 'failed', 'quiet p95', 'p50', 'p95', 'most', 'ratio']
  console.log(`${applied.events} events applied in ${applied.seconds.toFixed(1)} s (no web server beside)`)
  console.log(
    `${flood} events over ${connections} connections: taken in ${posted.seconds.toFixed(1)} s, ${posted.refused} times refused with 503, ${posted.failed} connections failed; at most ${peak} waited; all applied after ${seconds.toFixed(1)} s`,
  )
  console.log(`\n${table({ header, rows })}\n`)
  const machine = { cores: cpus().length, load: loadavg().map((load) => Number(load.toFixed(1))) }
  console.log(
    JSON.stringify({ bench: 'webhooks', applied, posted, seconds, peak, baseline, during, machine }),
  )
}
