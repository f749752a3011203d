import { monitorEventLoopDelay } from 'node:perf_hooks'

export interface Delay {
  seconds: number
  /** Of the event loop, in milliseconds: what a request that comes meanwhile waits longer. */
  p99: number
  max: number
  /** Of the whole process. */
  peakMb: number
}

/** How long the event loop is held up while something runs. */
export async function measureDelay(work: () => Promise<void>): Promise<Delay> {
  const histogram = monitorEventLoopDelay({ resolution: 1 })
  let peakBytes = 0
  const watch = setInterval(() => {
    peakBytes = Math.max(peakBytes, process.memoryUsage.rss())
  }, 50)
  histogram.enable()
  const startedAt = performance.now()
  await work()
  const seconds = (performance.now() - startedAt) / 1_000
  histogram.disable()
  clearInterval(watch)
  return {
    seconds,
    p99: histogram.percentile(99) / 1e6,
    max: histogram.max / 1e6,
    peakMb: peakBytes / 1024 / 1024,
  }
}
