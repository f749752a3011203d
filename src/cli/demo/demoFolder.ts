import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../server/projectRoot.ts'
import { tryLock, type Lock } from '../server/tryLock.ts'
import { DemoError } from './DemoError.ts'

/** Everything of the demo is here; made anew by each run. */
export const demoFolder = join(projectRoot, 'data/demo')

/** Held while a demo runs, and the sign that the folder is a demo's. */
const LOCK = 'demo.lock'

/**
 * Empties the folder for this run.
 * @returns what keeps other demos out while this one runs.
 * @throws DemoError when a demo is running, or the folder holds something that no demo has made.
 */
export async function emptyDemoFolder(): Promise<Lock> {
  const names = existsSync(demoFolder) ? readdirSync(demoFolder) : []
  if (names.length > 0 && !names.includes(LOCK))
    throw new DemoError(`${demoFolder} holds something that no demo has made. Move it away and try again.`)
  mkdirSync(demoFolder, { recursive: true })
  const lock = await tryLock(join(demoFolder, LOCK))
  if (!lock) throw new DemoError('A demo is running already. End it first: both would write to data/demo.')
  for (const name of readdirSync(demoFolder))
    if (!name.startsWith(LOCK)) rmSync(join(demoFolder, name), { recursive: true, force: true })
  return lock
}
