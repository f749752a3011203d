import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isOutboxFile } from './fileName.ts'
import type { OutboxEntry } from './readOutbox.ts'

export interface OutboxFile {
  name: string
  modifiedAt: Date
  /** undefined: not read yet; null: no mail. */
  entry: OutboxEntry | null | undefined
}

/** What is known of each folder's files, so that a list of 40,000 asks the disk about the new ones alone. */
const known = new Map<string, Map<string, OutboxFile>>()

/** The files of an outbox that may be mails, newest first; none when there is no such folder. */
export async function outboxFiles(directory: string): Promise<OutboxFile[]> {
  const before = known.get(directory) ?? new Map<string, OutboxFile>()
  const names = (await readdir(directory).catch(() => [])).filter(isOutboxFile)
  const found = await Promise.all(
    names.map((name) => before.get(name) ?? describeFile(directory, name).catch(() => null)),
  )
  const files = found.filter((file) => file !== null)
  known.set(directory, new Map(files.map((file) => [file.name, file])))
  return files.sort(newestFirst)
}

async function describeFile(directory: string, name: string): Promise<OutboxFile | null> {
  const about = await stat(join(directory, name))
  if (!about.isFile()) return null
  return { name, modifiedAt: about.mtime, entry: undefined }
}

const newestFirst = (a: OutboxFile, b: OutboxFile) =>
  b.modifiedAt.getTime() - a.modifiedAt.getTime() || (a.name < b.name ? 1 : -1)
