import type { Problem } from '../newsletter/model.ts'

/** One file in the data folder. */
export interface FolderFile {
  /** Null: there is none, or it cannot be read. `isOriginal`: see StartFacts. */
  read: () => { folder: string; mark: number; isOriginal: boolean } | null
  /** Makes the file again, for a folder that gets this name. */
  create: (input: { folder: string; mark: number }) => void
  write: (mark: number) => void
}

/** The rows that say which data folders the database has been used with. */
export interface FolderRows {
  /** Null: it does not know the folder. */
  readMark: (folder: string) => Promise<number | null>
  hasAny: () => Promise<boolean>
  /** The folder from now on, whatever was known of it. */
  put: (input: { folder: string; mark: number }) => Promise<void>
  /** One more, on the disk when it comes back. @returns the new mark; null: it does not know the folder. */
  advance: (folder: string) => Promise<number | null>
}

/** What must not be mailed by itself once the database may be older than what was mailed. */
export interface UnfinishedRows {
  hasCampaigns: () => Promise<boolean>
  isMailing: () => Promise<boolean>
  countPlans: () => Promise<number>
  /**
   * Every unfinished campaign is paused with this problem. Whoever of an open one was still to be mailed is uncertain, and so
   * is every transactional mail that waits. No id is given out that may have been given out before, and every known folder's
   * mark moves on, so that each of them counts as seen. Can be done twice.
   */
  pauseAll: (move: { problem: Problem; now: Date }) => Promise<void>
}
