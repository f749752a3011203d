import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { OldFiles } from '../../retention/ports.ts'

/** The files in one directory; it need not be there. */
export const oldFilesIn = (directory: string): OldFiles => ({
  async remove(before) {
    let removed = 0
    for (const name of await namesIn(directory)) {
      const path = join(directory, name)
      const isOld = (await stat(path)).mtimeMs < before.getTime()
      if (!isOld) continue
      await rm(path, { recursive: true, force: true })
      removed += 1
    }
    return removed
  },
})

async function namesIn(directory: string): Promise<string[]> {
  try {
    return await readdir(directory)
  } catch (error) {
    if (typeof error === 'object' && error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}
