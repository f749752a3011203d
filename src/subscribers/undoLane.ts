import type { Lane } from '../newsletter/work.ts'
import { codeOf } from '../codeOf.ts'
import type { Clock, Log } from '../newsletter/ports.ts'
import type { ImportRuns } from './importRuns.ts'
import { undoImport } from './undoImport.ts'

const LOOK_EVERY_MS = 30_000

/**
 * What a worker does for imports that were to be taken back, where whoever asked was cut off. One that fails does not keep the
 * others waiting, and is found again.
 */
export const undoLane = (ports: { runs: ImportRuns; clock: Clock; log: Log }): Lane => ({
  name: 'undo imports',
  step: async () => {
    const { runs, clock, log } = ports
    for (const id of await runs.findUndoing(clock.now()))
      try {
        await undoImport(ports, { id })
      } catch (error) {
        log('import.undo_failed', { import: id, code: codeOf(error) })
      }
    return false
  },
  idleMs: LOOK_EVERY_MS,
})
