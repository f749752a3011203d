import { setImmediate as letOthersRun } from 'node:timers/promises'
import type { Id } from '../newsletter/model.ts'
import type { Clock } from '../newsletter/ports.ts'
import { LATE_MS, type ImportRuns } from './importRuns.ts'

/**
 * Takes an import back, as far as `mayGoOn` lets it: everybody whom it added and whom nothing has happened to. Cut off
 * anywhere it can be begun again, also by two at once: what is removed is removed, and all else is looked at anew. For a
 * while after its end it does the same for what came late; what it told then stays.
 * @returns whether it came to its end.
 * @throws what the ports throw.
 */
export async function undoImport(
  { runs, clock }: { runs: ImportRuns; clock: Clock },
  { id, mayGoOn = () => true }: { id: Id; mayGoOn?: () => boolean },
): Promise<boolean> {
  const run = await runs.read(id)
  if (!run?.undoAskedAt) return false
  if (run.undoneAt && run.undoneAt.getTime() <= clock.now().getTime() - LATE_MS) return true
  for (let after: Id | null = null; ;) {
    after = await runs.removeNext(run, after)
    if (after === null) break
    if (!mayGoOn()) return false
    await letOthersRun()
  }
  await runs.tidy(run)
  if (run.undoneAt) return true
  await runs.endUndo({ id, kept: await runs.countKept(run), now: clock.now() })
  return true
}
