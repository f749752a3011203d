import { createHash } from 'node:crypto'
import { lstatSync, readFileSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { projectRoot } from './projectRoot.ts'

/**
 * Keeps one of several server chunks with the same bytes, and makes the others links to it. Next's bundler writes a copy
 * of the code that most routes share for each route (1.3 MB, a dozen times), and Node compiles each copy. Node follows a
 * link before it compiles, so it compiles a linked chunk once. Where the user may not make links (Windows), the copies stay.
 * @returns how many bytes the links save.
 */
export function shareChunks(folder = resolve(projectRoot, '.next/server/chunks')): number {
  const firsts = new Map<string, string>()
  let saved = 0
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()) {
    const path = join(folder, name)
    const stats = lstatSync(path)
    if (!stats.isFile() || !name.endsWith('.js')) continue
    const content = createHash('sha256').update(readFileSync(path)).digest('hex')
    // Within one folder only: a chunk may load others by where it lies.
    const key = `${dirname(path)} ${content}`
    const first = firsts.get(key)
    if (first === undefined) firsts.set(key, path)
    else if (replaceByLink(path, basename(first))) saved += stats.size
  }
  return saved
}

/** Renames a finished link over the file, so that a reader always finds one of the two. */
function replaceByLink(path: string, target: string): boolean {
  const link = `${path}.link`
  rmSync(link, { force: true })
  try {
    symlinkSync(target, link)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EPERM') return false
    throw error
  }
  renameSync(link, path)
  return true
}
