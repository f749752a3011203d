import type { Mailer, Store } from '../newsletter/ports.ts'
import { mailerFailed } from '../newsletter/rules/problems.ts'
import type { FolderFile, FolderRows } from './ports.ts'

/** What is called within so long of one mark cannot be told apart: a process that is killed then leaves as much untold. */
const EVERY_MS = 1_000

export interface Marks {
  /** Before a call: the database and the folder say that calls follow. */
  beforeCall: () => Promise<void>
  /** After calls: a copy that was made during them is older from now on. */
  atRest: () => Promise<void>
}

/**
 * Moves the folder's mark on, in the database and beside it, while mails go out: a database that is restored has an older one
 * than the folder, and so it is known that it may be older than what was mailed.
 * @param input.onRestored the database became an older one while we run.
 */
export function startMarks({
  file,
  folders,
  onRestored,
  clock,
}: {
  file: FolderFile
  folders: FolderRows
  onRestored: () => never
  clock: { now: () => Date }
}): Marks {
  const state = { hasCalled: false, markedAt: -Infinity, marking: null as Promise<void> | null }
  const mark = async () => {
    // Read before: the others of this folder write what they have advanced to.
    const before = file.read()
    const advanced = before && (await folders.advance(before.folder))
    if (!before || advanced === null || advanced <= before.mark) return onRestored()
    file.write(advanced)
    state.markedAt = clock.now().getTime()
    state.hasCalled = false
  }
  const markOnce = () => (state.marking ??= mark().finally(() => (state.marking = null)))
  return {
    beforeCall: async () => {
      if (clock.now().getTime() - state.markedAt >= EVERY_MS) await markOnce()
      state.hasCalled = true
    },
    atRest: async () => {
      if (state.hasCalled) await markOnce()
    },
  }
}

/** A mailer that leaves marks; a mark that cannot be made means that no call is made. */
export const withMarks = ({ mailer, marks }: { mailer: Mailer; marks: Marks }): Mailer => ({
  ...mailer,
  send: async (call) => {
    try {
      await marks.beforeCall()
    } catch (error) {
      return { kind: 'later', afterMs: null, problem: mailerFailed(error) }
    }
    return mailer.send(call)
  },
})

/** A store that says of no campaign that it has ended before the folder says so too. */
export const finishingWithMarks = ({ store, marks }: { store: Store; marks: Marks }): Store => ({
  ...store,
  finishCampaign: async (move) => {
    await marks.atRest()
    return store.finishCampaign(move)
  },
})
