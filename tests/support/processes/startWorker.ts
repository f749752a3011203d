import { nodeArguments } from '../../../src/cli/server/projectRoot.ts'
import type { MovableClock } from '../clock/startClock.ts'
import { startProcess, type TestProcess } from './startProcess.ts'

/** What a worker prints when it begins to look for work. */
export const STARTED = 'worker.started'

/** `npm run worker` as a process of its own. */
export const startWorker = ({
  environment,
  log,
  clock,
}: {
  environment: Record<string, string>
  /** A file that gets all that it says. */
  log?: string
  clock?: MovableClock
}): TestProcess =>
  startProcess({
    args: [...(clock?.args ?? []), ...nodeArguments, 'src/cli/worker.ts'],
    environment: { ...environment, ...clock?.environment },
    ...(log !== undefined && { log }),
  })
