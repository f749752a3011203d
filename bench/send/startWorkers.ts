import { nodeArguments } from '../../src/cli/server/projectRoot.ts'
import { cpuSecondsOf, peakMemoryOf } from '../measure/processes.ts'
import { startProcess } from '../measure/startProcess.ts'
import type { Site } from './openSite.ts'

export interface Workers {
  cpuSeconds: () => number
  /** MB; of the one that has held the most. */
  peakMemory: () => number
  stop: () => Promise<void>
}

/**
 * `npm run worker`, so many times, each as a process of its own; gives them when they have begun to look for work.
 * @param profileIn a folder where each leaves a CPU profile when it stops.
 */
export async function startWorkers({
  site,
  count,
  profileIn,
}: {
  site: Site
  count: number
  profileIn: string | null
}): Promise<Workers> {
  const profile = profileIn === null ? [] : ['--cpu-prof', '--cpu-prof-dir', profileIn]
  const workers = Array.from({ length: count }, () =>
    startProcess({
      args: [...profile, ...nodeArguments, 'src/cli/worker.ts'],
      environment: site.environment,
    }),
  )
  await Promise.all(workers.map(({ line }) => line((each) => each.includes('worker.started'))))
  const pids = workers.map(({ pid }) => pid)
  return {
    cpuSeconds: () => cpuSecondsOf(pids),
    peakMemory: () => Math.max(...pids.map(peakMemoryOf)),
    stop: async () => {
      await Promise.all(workers.map(({ stop }) => stop()))
    },
  }
}
