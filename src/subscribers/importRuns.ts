import type { Id } from '../newsletter/model.ts'
import type { ImportCounts } from './problems.ts'

/** How long an import can be taken back. */
export const UNDO_MS = 24 * 60 * 60_000

/** A block that was under way when an import was taken back has been written by then, or never will be. */
export const LATE_MS = 10 * 60_000

/** One import as its row says. */
export interface ImportRun {
  id: Id
  /** When everybody whom it added was created. */
  startedAt: Date
  undoAskedAt: Date | null
  undoneAt: Date | null
}

/** Why somebody whom an import added stays: they have been mailed, or they, staff or a provider changed something. */
export type Kept = Record<'mailed' | 'changed', number>
export type Undone = Kept & { removed: number }

/** The rows of imports, and whom each of them added; src/adapters/imports has it for each database. */
export interface ImportRuns {
  /** Written before anybody is added. */
  begin: (run: { file: string; by: { name: string } | null; now: Date }) => Promise<Id>
  /** Whether it may go on: nobody has asked to take it back. */
  isOpen: (id: Id) => Promise<boolean>
  finish: (run: { id: Id; counts: ImportCounts; now: Date }) => Promise<void>
  read: (id: Id) => Promise<ImportRun | null>
  /** From then on it adds nobody. Takes effect once, and only for one that began after `since`. @returns whether it did. */
  askUndo: (asked: { id: Id; by: { name: string } | null; since: Date; now: Date }) => Promise<boolean>
  /** Those whose undo has not ended, or ended so lately that a process which was killed may have left something of it. */
  findUndoing: (now: Date) => Promise<Id[]>
  /**
   * Goes through the next of those whom it added, and removes with their consents whoever is as they were added and was
   * never mailed. Whoever is mailed a newsletter, written to or erased at that moment stays, as they are. @returns where to go on;
   * null at the end.
   */
  removeNext: (run: ImportRun, after: Id | null) => Promise<Id | null>
  /**
   * What it did besides: consents of nobody, the records that it gave to people who were there and to whom nothing has
   * happened since, and the suppressions that it made, or made to hold again, which are what they were.
   */
  tidy: (run: ImportRun) => Promise<void>
  countKept: (run: ImportRun) => Promise<Kept>
  endUndo: (ended: { id: Id; kept: Kept; now: Date }) => Promise<void>
}
