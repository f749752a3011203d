/** A right to the night's sweep for a time: `token` is the holder's own. */
export interface SweepLease {
  token: string
  ms: number
}

/** Old rows, and at most how many of them at once. */
export interface Portion {
  /** Older than this. */
  before: Date
  limit: number
}

/** Gives how many rows it removed or erased; 0: nothing is left. */
type Remove = (portion: Portion) => Promise<number>

/**
 * The rows that hold personal data which has grown old; src/adapters/retention has them for each database. Every
 * operation can be repeated and cut off anywhere: what is left over is found again.
 */
export interface OldRows {
  /**
   * The sweep is the caller's, until its lease ends: none has ended since `since`, and nobody else has it. Whoever holds
   * it gets it again.
   */
  claimSweep: (ask: { since: Date; now: Date; lease: SweepLease }) => Promise<boolean>
  /** All that was old is gone; nobody has the sweep any more. */
  endSweep: (fact: { token: string; now: Date }) => Promise<void>
  /** When a sweep has ended last; null: never. */
  lastSweptAt: () => Promise<Date | null>

  /** What a provider told, by when it was received. */
  removeProviderEvents: Remove
  /** Posted events that could not be applied, by when they were set aside. */
  removeSetAsideEvents: Remove
  /**
   * Who the deliveries of batches that were settled before then went to: the row, its status and its reason stay, so that
   * the numbers and the receipt of the campaign do too. They look like those of somebody who was deleted: nobody is mailed
   * again. `limit` counts batches. A batch that is not settled keeps all it has.
   */
  eraseDeliveries: Remove
  /** People who asked before then (or were added, where nobody knows when) and never confirmed, with what they agreed to and the mails to them. */
  removeWaitingSubscribers: Remove
  /** Contact messages by when they were written, with their mails; not while one of those waits to be handed over. */
  removeContactMessages: Remove
  /** What stood in transactional mails that were settled before then; the rows stay. */
  removeMailBodies: Remove
  /** Transactional mails that were settled before then. */
  removeTransactionalMails: Remove
  /** Counts of calls that have run out. */
  removeRateLimits: Remove
  /** Which import made a suppression, and what it was before, of imports that began before then and are not being taken back. */
  forgetImports: Remove
  /** Drafts that "Create new" left, with their versions: nobody wrote a word in any version, and nobody saved since then. */
  removeBlankDrafts: Remove
}

/** Drafts of an earlier version of Utskick, which did not note whether they are blank. */
export interface UnjudgedDrafts {
  /**
   * Notes whether they are blank, so that each is read once. A draft is blank when no version of it has a text.
   * @returns how many it read.
   */
  judge: Remove
}

/** Files that an import or an export left. */
export interface OldFiles {
  /** Gives how many files it removed that were changed last before then. */
  remove: (before: Date) => Promise<number>
}
