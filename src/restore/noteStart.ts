import { randomUUID } from 'node:crypto'
import type { Log } from '../newsletter/ports.ts'
import { RESTORED } from '../newsletter/rules/problems.ts'
import type { FolderFile, FolderRows, UnfinishedRows } from './ports.ts'
import { whyRestored, type Restored } from './rules/whyRestored.ts'

export interface Starting {
  file: FolderFile
  folders: FolderRows
  unfinished: UnfinishedRows
  /** Makes the rows that a crash between two writes left out, so that they are paused with the others. */
  completeRows: () => Promise<void>
  /** Staff are told on the admin's first page until one of them says that it is seen; planned publications wait so long. */
  tellStaff: (what: { why: Restored; at: Date }) => Promise<void>
  workerSeenAt: () => Promise<Date | null>
  now: () => Date
  log: Log
}

/**
 * Before anything is mailed: whether the database may be older than what was mailed. Then nothing of it is mailed by itself.
 * In the end the folder is known to the database. One process of a folder at a time.
 */
export async function noteStart(starting: Starting): Promise<Restored | null> {
  const { file, folders, log } = starting
  const found = file.read()
  const why = await findOut(starting, found)
  if (why) {
    log('restored', { why })
    await askStaff(starting, why)
  }
  const mark = found?.isOriginal ? await folders.advance(found.folder) : null
  if (mark === null) await rememberFolder(starting)
  else file.write(mark)
  return why
}

/** The folder as it is belongs to the database as it is: no question follows from what was before. */
export async function rememberFolder({ file, folders }: Pick<Starting, 'file' | 'folders'>): Promise<void> {
  const folder = randomUUID()
  // The row first: a file without one would say that the database is older.
  await folders.put({ folder, mark: 1 })
  file.create({ folder, mark: 1 })
}

async function findOut(
  { folders, unfinished, workerSeenAt, now }: Starting,
  found: ReturnType<FolderFile['read']>,
): Promise<Restored | null> {
  const [mark, hasFolders, hasCampaigns, plans, isMailing, seenAt] = await Promise.all([
    found && folders.readMark(found.folder),
    folders.hasAny(),
    unfinished.hasCampaigns(),
    unfinished.countPlans(),
    unfinished.isMailing(),
    workerSeenAt(),
  ])
  return whyRestored({
    ...{ file: found, mark, hasFolders, isMailing, workerSeenAt: seenAt, now: now() },
    hasUnfinished: hasCampaigns || plans > 0,
  })
}

/** Staff are told first: planned publications wait from then on. */
async function askStaff(
  { unfinished, completeRows, tellStaff, now }: Starting,
  why: Restored,
): Promise<void> {
  await tellStaff({ why, at: now() })
  await completeRows()
  await unfinished.pauseAll({ problem: RESTORED, now: now() })
}
