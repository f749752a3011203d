import { setImmediate as letOthersRun } from 'node:timers/promises'
import type { Clock } from '../newsletter/ports.ts'
import type { Id } from '../newsletter/model.ts'
import type { ImportCounts } from './problems.ts'

/** How long an import can be taken back. */
export const UNDO_MS = 24 * 60 * 60_000

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
  findUndoing: () => Promise<Id[]>
  /**
   * Goes through the next of those whom it added, and removes with their consents whoever is as they were added and was
   * never mailed. All that is known of one goes with one condition in one write. @returns where to go on; null at the end.
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

/**
 * Takes an import back, as far as `mayGoOn` lets it: everybody whom it added and whom nothing has happened to. Cut off
 * anywhere it can be begun again, also by two at once: what is removed is removed, and all else is looked at anew.
 * @returns whether it came to its end.
 * @throws what the ports throw.
 */
export async function undoImport(
  { runs, clock }: { runs: ImportRuns; clock: Clock },
  { id, mayGoOn = () => true }: { id: Id; mayGoOn?: () => boolean },
): Promise<boolean> {
  const run = await runs.read(id)
  if (!run?.undoAskedAt) return false
  if (run.undoneAt) return true
  for (let after: Id | null = null; ;) {
    after = await runs.removeNext(run, after)
    if (after === null) break
    if (!mayGoOn()) return false
    await letOthersRun()
  }
  await runs.tidy(run)
  await runs.endUndo({ id, kept: await runs.countKept(run), now: clock.now() })
  return true
}
