import { setTimeout } from 'node:timers/promises'

const SHORTEST_MS = 5
const LONGEST_MS = 50

/**
 * What to wait for between two statements of a long piece of work: half as long as it took since the last rest. libsql
 * holds the whole process up during a statement, and SQLite lets one process write at a time: without rests leases would
 * run out meanwhile, an editor's save find no gap, and what the statements hold never be let go.
 */
export function rests(): () => Promise<void> {
  let since = performance.now()
  return async () => {
    const tookMs = performance.now() - since
    await setTimeout(Math.min(Math.max(SHORTEST_MS, tookMs / 2), LONGEST_MS))
    since = performance.now()
  }
}
