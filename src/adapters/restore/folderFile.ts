import { closeSync, fstatSync, mkdirSync, openSync, readFileSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { FolderFile } from '../../restore/ports.ts'

const NAME = 'folder.json'

/** `inode`, `bornAt`: of the file itself, which no copy has. `bornAt` is null where the file system keeps no such time. */
const content = z.object({
  folder: z.string(),
  inode: z.string(),
  bornAt: z.string().nullable(),
  mark: z.number(),
})

/** As long as any content: it is written over in place, so that it stays the same file. */
const LENGTH = 256

/** The data folder's own file: which folder it is, and how far it has seen the database come. */
export function folderFileIn(directory: string): FolderFile {
  const path = join(directory, NAME)
  const readContent = () => readOnce() ?? readOnce()
  /** Another process may be writing just then. */
  const readOnce = () => {
    try {
      const parsed = content.safeParse(JSON.parse(readFileSync(path, 'utf8')))
      return parsed.success ? parsed.data : null
    } catch {
      return null
    }
  }
  return {
    read: () => {
      const found = readContent()
      if (!found) return null
      const { ino, birthtimeNs } = statSync(path, { bigint: true })
      const isOriginal =
        found.inode === String(ino) && (found.bornAt === null || found.bornAt === String(birthtimeNs))
      return { folder: found.folder, mark: found.mark, isOriginal }
    },
    create: ({ folder, mark }) => {
      mkdirSync(directory, { recursive: true, mode: 0o700 })
      const file = openSync(path, 'w', 0o600)
      try {
        const bornAt = findBirth(file)
        writeOver(file, { folder, mark, bornAt, inode: String(fstatSync(file, { bigint: true }).ino) })
      } finally {
        closeSync(file)
      }
    },
    write: (mark) => {
      const found = readContent()
      if (!found || found.mark >= mark) return
      const file = openSync(path, 'r+')
      try {
        writeOver(file, { ...found, mark })
      } finally {
        closeSync(file)
      }
    },
  }
}

const writeOver = (file: number, facts: z.infer<typeof content>) =>
  void writeSync(file, `${JSON.stringify(facts).padEnd(LENGTH)}\n`, 0)

/** Longer than the clock of a file system stands still. */
const TICK_MS = 100

/** Where a file system keeps no time of birth, Node gives that of the last change, which moves with each write. */
function findBirth(file: number): string | null {
  const first = fstatSync(file, { bigint: true })
  const deadline = Date.now() + TICK_MS
  let now = first
  while (now.ctimeNs === first.ctimeNs && Date.now() < deadline) {
    writeSync(file, ' ', 0)
    now = fstatSync(file, { bigint: true })
  }
  return now.birthtimeNs === first.birthtimeNs && first.birthtimeNs > 0n ? String(first.birthtimeNs) : null
}
