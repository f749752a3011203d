import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

export interface MovableClock {
  /** What a Node process is given to have it, before the program. */
  args: string[]
  environment: Record<string, string>
  move: (ms: number) => void
  remove: () => void
}

/** A clock for processes that can be moved while they run. */
export function startClock(): MovableClock {
  const folder = mkdtempSync(join(tmpdir(), 'utskick-clock-'))
  const file = join(folder, 'offset')
  const move = (ms: number) => {
    // Whole, whenever it is read.
    writeFileSync(`${file}.new`, String(ms))
    renameSync(`${file}.new`, file)
  }
  move(0)
  return {
    args: ['--import', pathToFileURL(join(import.meta.dirname, 'movedClock.mjs')).href],
    environment: { MOVED_CLOCK: file },
    move,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
