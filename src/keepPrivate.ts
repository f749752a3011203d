import { chmodSync, lstatSync, mkdirSync, readdirSync, type Stats } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, sep } from 'node:path'
import { isMainThread } from 'node:worker_threads'
import type { Env } from './env.ts'

const FOLDERS = ['media', 'files', 'outbox', 'imports', 'demo']
const DATABASE_FILES = ['', '-wal', '-shm', '-journal', '.lock']

/**
 * What Utskick keeps is read by its own user alone: readers' addresses, mails and the secret. From now on this process
 * makes folders with mode 0700 and files with 0600; those of earlier versions are mended. A folder that others use too,
 * such as /tmp, keeps its mode: there only our own files and folders are closed. The data folder is ours whatever else
 * lies in it; the folder of the database is, when it holds nothing else.
 * @throws when the data folder cannot be made.
 */
export function keepPrivate({ dataDir, database }: Pick<Env, 'dataDir' | 'database'>): void {
  // A thread shares the mask of its process and may not set it.
  if (isMainThread) process.umask(0o077)
  const file = database.kind === 'sqlite' ? database.url.slice('file:'.length) : null
  const roots = new Set([dataDir, ...(file ? [dirname(file)] : [])])
  for (const root of roots) {
    mkdirSync(root, { recursive: true, mode: 0o700 })
    if (mayClose(root) && (root === dataDir || holdsOnlyOurs(root))) close(root)
  }
  close(join(dataDir, 'secret'))
  for (const suffix of file ? DATABASE_FILES : []) close(`${file}${suffix}`)
  for (const name of FOLDERS) closeWhole(join(/* turbopackIgnore: true */ dataDir, name))
}

/** One of this user, that is not made for all as /tmp is, and is nobody's home or working folder. */
function mayClose(folder: string): boolean {
  const stats = statsOf(folder)
  const isShared = !stats || !isOfThisUser(stats) || (stats.mode & 0o1000) !== 0
  return !isShared && !holds(folder, homedir()) && !holds(folder, process.cwd())
}

/** What we keep, and plain files of this user. */
const holdsOnlyOurs = (folder: string): boolean =>
  readdirSync(folder).every((name) => {
    const entry = statsOf(join(folder, name))
    return !entry || (isOfThisUser(entry) && (entry.isFile() || FOLDERS.includes(name)))
  })

const holds = (folder: string, path: string) =>
  path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)

/** A folder and all below it; one that is closed already is not walked through again. */
function closeWhole(folder: string): void {
  const stats = statsOf(folder)
  if (!stats?.isDirectory() || (stats.mode & 0o077) === 0) return
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) closeWhole(path)
    else close(path)
  }
  // Last: when this is cut off, the next start goes on.
  close(folder)
}

/** Takes every right of others away; what is not there, a link, or another user's is left alone. */
function close(path: string): void {
  const stats = statsOf(path)
  if (!stats || !isOfThisUser(stats) || !(stats.isFile() || stats.isDirectory())) return
  if ((stats.mode & 0o077) !== 0) chmodSync(path, stats.mode & 0o700)
}

const statsOf = (path: string): Stats | undefined => lstatSync(path, { throwIfNoEntry: false })

const isOfThisUser = ({ uid }: Stats) => process.getuid === undefined || uid === process.getuid()
