import { availableParallelism } from 'node:os'
import { seedDesk } from './desk/seedDesk.ts'
import { startBenchServer } from './measure/benchServer.ts'
import { quantile } from './measure/median.ts'
import { say } from './measure/say.ts'
import { table } from './measure/table.ts'
import { makeAdmin } from './webhooks/makeAdmin.ts'

const SIZES = [1_000, 100_000, 1_000_000]
const ROUNDS = 30

/** What an editor looks at; the account is the baseline: a page of the admin that counts nothing. */
const PAGES = {
  account: '/admin/account',
  desk: '/admin',
  subscribers: '/admin/collections/subscribers',
  campaigns: '/admin/collections/campaigns',
  plans: '/admin/collections/plans',
}

interface Measured {
  subscribers: number
  page: string
  p50: number
  p95: number
  /** Of the p95: how many times that of the account, in the same run. */
  ratio: number
}

/**
 * Measures how long the server takes for the desk and the lists. There are 200 campaigns, and 1,000, 100,000 or 1,000,000
 * subscribers. One subscriber in twenty joined or left in the last thirty days.
 */
export async function benchDesk(options: string[]): Promise<void> {
  const sizes = options.includes('--quick') ? SIZES.slice(0, 2) : SIZES
  const measured: Measured[] = []
  for (const subscribers of sizes) measured.push(...(await measureSize(subscribers)))
  show(measured)
}

async function measureSize(subscribers: number): Promise<Measured[]> {
  const server = await startBenchServer({
    prepare: async (env) => {
      say(`writing ${subscribers} subscribers …`)
      await seedDesk({ env, subscribers })
    },
  })
  try {
    const [{ headers } = { headers: {} }] = (await makeAdmin(server.baseUrl)).filter(
      (path) => 'Cookie' in path.headers,
    )
    const times: [page: string, times: number[]][] = []
    for (const [page, path] of Object.entries(PAGES)) {
      say(`asking for ${page} …`)
      times.push([page, await ask(server.baseUrl + path, headers)])
    }
    const base = quantile(times[0]?.[1] ?? [], 0.95)
    return times.map(([page, all]) => {
      const p95 = quantile(all, 0.95)
      return { subscribers, page, p50: quantile(all, 0.5), p95, ratio: p95 / base }
    })
  } finally {
    await server.stop()
  }
}

/** One after the other; the first is not counted. @throws when a page is not answered with 200. */
async function ask(url: string, headers: Record<string, string>): Promise<number[]> {
  const times: number[] = []
  for (let round = 0; round <= ROUNDS; round += 1) {
    const begun = performance.now()
    const answer = await fetch(url, { headers, redirect: 'manual' })
    const page = await answer.text()
    // Somebody who is not logged in gets a page too.
    if (answer.status !== 200 || !page.includes('id="nav-articles"'))
      throw new Error(`${url} answered ${answer.status}, and is no page of the admin.`)
    if (round > 0) times.push(performance.now() - begun)
  }
  return times
}

function show(measured: Measured[]): void {
  const title = `The desk on SQLite, ${availableParallelism()} cores, Node ${process.version}, ${ROUNDS} rounds`
  const header = ['subscribers', 'page', 'p50 ms', 'p95 ms', 'of the account']
  const rows = measured.map(({ subscribers, page, p50, p95, ratio }) => [
    String(subscribers),
    page,
    p50.toFixed(0),
    p95.toFixed(0),
    ratio.toFixed(1),
  ])
  console.log(`${title}\n\n${table({ header, rows })}\n`)
  console.log(JSON.stringify({ title, measured }))
}
