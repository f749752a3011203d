import { setTimeout as wait } from 'node:timers/promises'

/** In milliseconds. */
export interface Latency {
  asked: number
  /** Not answered, or not with 200. */
  failed: number
  p50: number
  p95: number
  most: number
}

export interface Path {
  name: string
  url: string
  headers: Record<string, string>
}

const PAUSE_MS = 100
/** What takes so long is a failure; it counts with this time. */
const PATIENCE_MS = 60_000

/** Asks for each path again and again, one after the other and the paths side by side, until it is stopped. */
export function startProbe(paths: readonly Path[]): { stop: () => Promise<Record<string, Latency>> } {
  let isStopped = false
  const asking = paths.map(async (path) => {
    const times: number[] = []
    let failed = 0
    while (!isStopped) {
      const begun = performance.now()
      if (!(await isAnswered(path))) failed++
      times.push(performance.now() - begun)
      await wait(PAUSE_MS)
    }
    return [path.name, latencyOf(times, failed)] as const
  })
  return {
    stop: async () => {
      isStopped = true
      return Object.fromEntries(await Promise.all(asking))
    },
  }
}

/**
 * Loads pages as people do: each of them asks for one path after the other, until it is stopped.
 * @param count how many people.
 */
export function startPeople(
  paths: readonly Path[],
  count: number,
): { stop: () => Promise<Record<string, Latency>> } {
  let isStopped = false
  const seen = new Map(paths.map(({ name }) => [name, { times: [] as number[], failed: 0 }]))
  const asking = Array.from({ length: count }, async () => {
    do
      for (const path of paths) {
        const of = seen.get(path.name)
        const begun = performance.now()
        if (!(await isAnswered(path)) && of) of.failed++
        of?.times.push(performance.now() - begun)
        await wait(PAUSE_MS)
      }
    while (!isStopped)
  })
  return {
    stop: async () => {
      isStopped = true
      await Promise.all(asking)
      return Object.fromEntries(
        [...seen].map(([name, { times, failed }]) => [name, latencyOf(times, failed)]),
      )
    },
  }
}

async function isAnswered({ url, headers }: Path): Promise<boolean> {
  try {
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(PATIENCE_MS) })
    await response.arrayBuffer()
    return response.status === 200
  } catch {
    return false
  }
}

function latencyOf(times: number[], failed: number): Latency {
  const sorted = times.toSorted((one, other) => one - other)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  return { asked: times.length, failed, p50: at(0.5), p95: at(0.95), most: sorted.at(-1) ?? 0 }
}
