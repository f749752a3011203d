import { connect, type Socket } from 'node:net'
import { availableParallelism } from 'node:os'
import { nodeArguments } from '../src/cli/server/projectRoot.ts'
import type { AttackOrder } from './attacks/attacker.ts'
import { FLOODS } from './attacks/floods.ts'
import { startBenchServer } from './measure/benchServer.ts'
import { forgetPeakOf, peakMemoryOf } from './measure/processes.ts'
import { say } from './measure/say.ts'
import { startProcess, type RunningProcess } from './measure/startProcess.ts'
import { table } from './measure/table.ts'
import { seedArticles } from './seedArticles.ts'

const ARTICLES = 1_000
/** What another reader may wait for an article meanwhile, and what the server may hold. */
const BOUND_MS = 1_000
const BOUND_MB = 600

interface Target {
  baseUrl: string
  ms: number
  isOver: () => boolean
  /** Of the attackers, without its end: each attack comes from networks of its own, with all that they may ask for. */
  networks: string
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
  // Before the server, so that it is not taken for a part of it.
  const attacker = startAttacker()
  const server = await startBenchServer({
    // What the attackers say of their network is believed.
    variables: { TRUSTED_PROXIES: '1' },
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
      const target = {
        baseUrl: server.baseUrl,
        ms: seconds * 1_000,
        isOver: () => performance.now() > until,
        networks: `198.51.${measured.length}`,
      }
      const [times, answered] = await Promise.all([readMeanwhile(target), attack(target)])
      measured.push({ name, ...summarise(times), peakMb: peak(), answered })
    }
    for (const name of Object.keys(FLOODS)) await measure(name, flood({ attacker, name }))
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
    await attacker.stop()
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

/** By a process of its own: what an attack costs its callers must not keep our reader from reading. */
function startAttacker(): RunningProcess {
  const args = [...nodeArguments, 'bench/attacks/attacker.ts']
  return startProcess({ args, environment: { PATH: process.env.PATH ?? '' } })
}

const flood =
  ({ attacker, name }: { attacker: RunningProcess; name: string }) =>
  async ({ baseUrl, ms, networks }: Target): Promise<string> => {
    const order: AttackOrder = { name, baseUrl, networks, callers: 10, ms }
    attacker.write(JSON.stringify(order))
    return attacker.line(() => true)
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
