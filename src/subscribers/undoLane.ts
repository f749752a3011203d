import type { Lane } from '../newsletter/work.ts'
import type { Clock } from '../newsletter/ports.ts'
import type { ImportRuns } from './importRuns.ts'
import { undoImport } from './undoImport.ts'

const LOOK_EVERY_MS = 30_000

/** What a worker does for imports that were to be taken back, where whoever asked was cut off. */
export const undoLane = (ports: { runs: ImportRuns; clock: Clock }): Lane => ({
  name: 'undo imports',
  step: async () => {
    for (const id of await ports.runs.findUndoing()) await undoImport(ports, { id })
    return false
  },
  idleMs: LOOK_EVERY_MS,
})
