import { connect, type Socket } from 'node:net'
import { availableParallelism } from 'node:os'
import { startBenchServer } from './measure/benchServer.ts'
import { forgetPeakOf, peakMemoryOf } from './measure/processes.ts'
import { say } from './measure/say.ts'
import { table } from './measure/table.ts'
import { seedArticles } from './seedArticles.ts'

const ARTICLES = 1_000
/** What another reader may wait for an article meanwhile, and what the server may hold. */
const BOUND_MS = 1_000
const BOUND_MB = 600

interface Target {
  baseUrl: string
  isOver: () => boolean
}

const repeated = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, at) => make(at)).join('')
const aliases = (count: number, field: string) => `{${repeated(count, (at) => `a${at}:${field} `)}}`
const graphql = (query: string) => ({
  path: '/graphql',
  init: { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ query }) },
})
const get = (path: string) => ({ path, init: {} })
const post = (path: string, body: string) => ({
  path,
  init: { method: 'POST', headers: { 'Content-Type': 'application/json' }, body },
})

/** Each is asked for by ten at once, again and again, until the time is over. */
const FLOODS: Record<string, { path: string; init: RequestInit }> = {
  nothing: get('/health'),
  'aliases of long lists': graphql(aliases(100, 'Articles(limit:1000){docs{id}}')),
  'aliases of a field': graphql(`{Articles(limit:100){docs{${repeated(300, (at) => `t${at}:title `)}}}}`),
  'the dearest GraphQL that is permitted': graphql(
    aliases(5, 'Articles(limit:50,where:{title:{like:"artikel"}},sort:"slug"){docs{content}}').replace(
      /limit:50/g,
      'limit:45',
    ),
  ),
  'fragments in circles': graphql('{...F} fragment F on Query{...G} fragment G on Query{...F}'),
  'limit=0': get('/articles?limit=0'),
  'limit=1e9': get('/articles?limit=1e9'),
  'the largest lists': get('/articles?limit=100&depth=2'),
  'the largest lists, in all locales': get('/articles?limit=100&depth=2&locale=all&sort=slug'),
  'two searches': get(
    '/articles?limit=100&where[or][0][title][like]=a+b+c&where[or][1][excerpt][like]=t&sort=slug',
  ),
  'deep JSON': post('/users/login', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`),
  '50 MB of JSON': post('/graphql', `{"query":"${'x'.repeat(50_000_000)}"}`),
  'a filter of sixty alternatives': get(
    `/articles?${repeated(60, (at) => `&where[or][${at}][title][like]=x`)}`,
  ),
}

interface Measured {
  name: string
  /** Of the reader, in milliseconds. */
  p50: number
  p99: number
  longest: number
  reads: number
  peakMb: number
  /** How the attack was answered: statuses and how many of each. */
  answered: string
}

/** What another reader of one article waits while the recorded attacks run, and what the server holds. */
export async function benchAttacks(options: string[]): Promise<void> {
  const seconds = options.includes('--quick') ? 3 : 10
  const server = await startBenchServer({
    prepare: async (env) => {
      say(`writing ${ARTICLES} articles …`)
      await seedArticles({ env, count: ARTICLES })
    },
  })
  try {
    const peak = () => Math.max(...server.pids().map(peakMemoryOf))
    const measured: Measured[] = []
    const measure = async (name: string, attack: (target: Target) => Promise<string>) => {
      say(`${name} …`)
      // Each row shows its own attack: what the one before has left is still there, its peak is not.
      server.pids().forEach(forgetPeakOf)
      const until = performance.now() + seconds * 1_000
      const target = { baseUrl: server.baseUrl, isOver: () => performance.now() > until }
      const [times, answered] = await Promise.all([readMeanwhile(target), attack(target)])
      measured.push({ name, ...summarise(times), peakMb: peak(), answered })
    }
    for (const [name, request] of Object.entries(FLOODS)) await measure(name, flood(request))
    await measure('200 heads that do not end', slowly(200, 'GET /api/articles HTTP/1.1\r\nHost: x\r\n'))
    await measure(
      '200 bodies that do not end',
      slowly(
        200,
        'POST /api/users/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{',
      ),
    )
    show(measured)
  } finally {
    await server.stop()
  }
}

async function readMeanwhile({ baseUrl, isOver }: Target): Promise<number[]> {
  const times: number[] = []
  while (!isOver() || times.length === 0) {
    const began = performance.now()
    const answer = await fetch(`${baseUrl}/api/articles?where[slug][equals]=artikel-500&limit=1&depth=1`)
    const { totalDocs } = (await answer.json()) as { totalDocs?: number }
    if (totalDocs !== 1) throw new Error(`The reader was answered ${answer.status}.`)
    times.push(performance.now() - began)
  }
  return times
}

const flood =
  ({ path, init }: { path: string; init: RequestInit }) =>
  async ({ baseUrl, isOver }: Target): Promise<string> => {
    const answers = new Map<string, number>()
    const note = (status: string) => void answers.set(status, (answers.get(status) ?? 0) + 1)
    const attacker = async () => {
      do {
        try {
          const answer = await fetch(`${baseUrl}/api${path}`, init)
          await answer.arrayBuffer()
          note(String(answer.status))
        } catch {
          note('cut')
        }
      } while (!isOver())
    }
    await Promise.all(Array.from({ length: 10 }, attacker))
    return [...answers].map(([status, count]) => `${status} × ${count}`).join(', ')
  }

const slowly =
  (count: number, bytes: string) =>
  async ({ baseUrl, isOver }: Target): Promise<string> => {
    const { hostname, port } = new URL(baseUrl)
    const sockets: Socket[] = Array.from({ length: count }, () => {
      const socket = connect({ host: hostname, port: Number(port) }, () => void socket.write(bytes))
      socket.on('error', () => undefined)
      return socket
    })
    while (!isOver()) await new Promise((resolve) => setTimeout(resolve, 100))
    for (const socket of sockets) socket.destroy()
    return 'left open'
  }

function summarise(times: number[]): Pick<Measured, 'p50' | 'p99' | 'longest' | 'reads'> {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  return { p50: at(0.5), p99: at(0.99), longest: sorted.at(-1) ?? 0, reads: times.length }
}

function show(measured: Measured[]): void {
  const title = `Another reader of one of ${ARTICLES} articles during each attack, ${availableParallelism()} cores, Node ${process.version}`
  const header = ['', 'p50 ms', 'p99 ms', 'longest ms', 'reads', 'peak MB', 'the attack was answered']
  const rows = measured.map(({ name, p50, p99, longest, reads, peakMb, answered }) => [
    name,
    p50.toFixed(0),
    p99.toFixed(0),
    longest.toFixed(0),
    String(reads),
    peakMb.toFixed(0),
    answered,
  ])
  console.log(`${title}\n\n${table({ header, rows })}\n`)
  const over = measured.filter(({ longest, peakMb }) => longest > BOUND_MS || peakMb > BOUND_MB)
  console.log(
    over.length === 0
      ? `All within ${BOUND_MS} ms and ${BOUND_MB} MB.`
      : `Over ${BOUND_MS} ms or ${BOUND_MB} MB: ${over.map(({ name }) => name).join('; ')}.`,
  )
  console.log(JSON.stringify({ title, measured }))
}
