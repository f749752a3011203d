/** Longer than a restart, an upgrade or a change of machine takes. */
export const SILENT_AFTER_MS = 60 * 60_000

/**
 * Why what is in the database may be older than what was mailed.
 * - `database_older`: the folder beside it has seen more: the database was restored.
 * - `folder_copied`: the folder is a copy: it was restored, or the installation was copied.
 * - `folder_unknown`: the database has been used with other folders.
 * - `worker_silent`: nobody has worked on an unfinished campaign for an hour.
 */
export type Restored = 'database_older' | 'folder_copied' | 'folder_unknown' | 'worker_silent'

export interface StartFacts {
  /** What the folder says; null: nothing. `isOriginal`: its file is the one that was written, and no copy. */
  file: { folder: string; mark: number; isOriginal: boolean } | null
  /** The mark that the database has for that folder; null: it does not know it. */
  mark: number | null
  /** Whether the database knows any folder at all: one that an earlier version filled does not. */
  hasFolders: boolean
  /** Whether something would be mailed by itself: an unfinished campaign, or a planned publication. */
  hasUnfinished: boolean
  /** Whether a campaign is under way: scheduled, being prepared or submitted. */
  isMailing: boolean
  workerSeenAt: Date | null
  now: Date
}

/** Null: the database has seen all that was mailed, as far as one can tell. */
export function whyRestored({ file, mark, hasFolders, hasUnfinished, ...rest }: StartFacts): Restored | null {
  if (file && mark !== null && mark < file.mark) return 'database_older'
  if (file && !file.isOriginal) return 'folder_copied'
  if (file && mark === null) return 'database_older'
  if (!file && hasFolders && hasUnfinished) return 'folder_unknown'
  const { isMailing, workerSeenAt, now } = rest
  const isSilent = workerSeenAt !== null && now.getTime() - workerSeenAt.getTime() > SILENT_AFTER_MS
  return isMailing && isSilent ? 'worker_silent' : null
}
