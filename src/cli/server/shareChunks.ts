import { createHash } from 'node:crypto'
import { lstatSync, readFileSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { projectRoot } from './projectRoot.ts'

/**
 * Replaces server chunks that are the same, byte for byte, by links to one of them. Next's bundler gives each route a copy
 * of what most routes need (1.3 MB, a dozen times), and Node compiles each file anew. A link it follows first, so that a
 * start compiles the chunk once. Where links may not be made (Windows without that right), the copies stay.
 * @returns the bytes that are saved.
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

/** In one move: whoever reads the file meanwhile finds one or the other. */
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
