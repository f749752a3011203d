import { tagOf } from '../../saving/base.ts'
import type { StaleSave } from '../../saving/staleSave.ts'
import {
  formVersion,
  isRefresh,
  isRefusedToStrangers,
  listeners,
  messageIn,
  ownVersions,
  readSave,
  staleIn,
  versionIn,
  withBase,
  type Save,
} from './saveRequests.ts'

/** Why what somebody wrote is not saved, for as long as it is so. */
export type Trouble =
  /** Nobody is logged in any more: the save waits for a login. */
  | { kind: 'session' }
  /** There is a newer version: the save waits for a decision. */
  | { kind: 'stale'; stale: StaleSave; isAutosave: boolean; decide: (decision: StaleDecision) => void }
  /** There is no answer, or the server refused. */
  | { kind: 'failed'; isRepeated: boolean; message: string | null }

/** `over`: this text replaces the newer version, on purpose. */
export type StaleDecision = 'over' | 'leave'

export interface SaveWatch {
  /** Takes the place of the browser's fetch, until what it gives back is called. */
  install: () => () => void
  /** Each calls the listener with every change, until what it gives back is called. */
  onTrouble: (listener: (trouble: Trouble | null) => void) => () => void
  /** How many autosaves are sent and not answered. */
  onUnderWay: (listener: (count: number) => void) => () => void
  /** What was in trouble is saved, and what was written since. */
  onRecovered: (listener: () => void) => () => void
  /** The person is logged in again: what waits for it goes on. */
  loggedIn: () => void
  /** The session ends now. A person who writes is asked to log in before Payload leaves the page. */
  sessionEnded: () => void
  /** What this page has saved itself. */
  own: Pick<ReturnType<typeof ownVersions>, 'newest' | 'note'>
  /** Another page of the admin, whose forms hold what the server gives them now. */
  pageChanged: () => void
}

const RETRY_MS = 5_000

/** A form that saves by itself saves what was typed meanwhile at once; then it is quiet. */
const QUIET_MS = 1_500

interface Sent extends Save {
  input: RequestInfo | URL
  init: RequestInit
}

/**
 * Stands between the admin's forms and the server. Each save of a document names the version that its form holds (see
 * src/saving). One that finds nobody logged in waits for a login, and one on top of a newer version for a decision: the form
 * keeps its text and takes the save for under way. So nothing is called saved but what the server has taken.
 * @param options.isLoggedIn what the server says; true where it does not say.
 * @param options.isWriting whether the page holds a form.
 */
export function createSaveWatch({
  isLoggedIn,
  isWriting,
}: {
  isLoggedIn: () => Promise<boolean>
  isWriting: () => boolean
}): SaveWatch {
  const troubles = listeners<Trouble | null>()
  const counts = listeners<number>()
  const recoveries = listeners<void>()
  const versions = ownVersions()
  const inOrder = oneAtATime()
  const retries = new Map<string, ReturnType<typeof setTimeout>>()
  let send: typeof window.fetch = (...request) => fetch(...request)
  let underWay = 0
  let isUnsaved = false
  let quiet: ReturnType<typeof setTimeout> | undefined
  let login: { done: Promise<void>; end: () => void } | null = null

  const inTrouble = (trouble: Trouble) => {
    isUnsaved = true
    troubles.tell(trouble)
  }

  const saved = () => {
    troubles.tell(null)
    if (isUnsaved) quiet = setTimeout(recover, QUIET_MS)
  }

  const recover = () => {
    isUnsaved = false
    recoveries.tell()
  }

  const waitForLogin = async (): Promise<void> => {
    if (!login) {
      let end = () => {}
      const done = new Promise<void>((resolve) => (end = resolve))
      login = { done, end }
      troubles.tell({ kind: 'session' })
    }
    await login.done
  }

  const fail = (sent: Sent, { message, status }: { message: string | null; status: number }) => {
    const isRepeated = sent.isAutosave && status >= 500
    inTrouble({ kind: 'failed', isRepeated, message })
    // Nobody waits for the answer: the form has heard of the failure.
    const again = () => void saveInOrder(sent).catch(() => undefined)
    if (isRepeated) retries.set(sent.document, setTimeout(again, RETRY_MS))
  }

  /** @returns what the form is told. */
  const save = async (sent: Sent): Promise<Response> => {
    const { document, init, input, isAutosave } = sent
    const version = versions.newest(document, formVersion(init.body))
    let base = version === null ? null : tagOf(version)
    for (;;) {
      const answer = await send(input, base === null ? init : withBase(init, base)).catch(
        (error: unknown) => {
          fail(sent, { message: null, status: 503 })
          throw error
        },
      )
      if (answer.ok) {
        versions.note(document, { from: version, to: await versionIn(answer) })
        saved()
        return answer
      }
      if (isRefusedToStrangers(answer) && !(await isLoggedIn())) {
        isUnsaved = true
        await waitForLogin()
        continue
      }
      const message = await messageIn(answer)
      const stale = answer.status === 409 ? await staleIn(answer) : null
      if (!stale) {
        // The form itself tells what it did not like of what somebody asked for.
        if (isAutosave || answer.status >= 500) fail(sent, { message, status: answer.status })
        return answer
      }
      const decision = await new Promise<StaleDecision>((decide) =>
        inTrouble({ kind: 'stale', stale, isAutosave, decide }),
      )
      if (decision === 'leave') {
        inTrouble({ kind: 'failed', isRepeated: false, message })
        return Response.json({ errors: [] }, { status: 409 })
      }
      base = stale.etag
    }
  }

  const saveInOrder = (sent: Sent): Promise<Response> => {
    clearTimeout(retries.get(sent.document))
    clearTimeout(quiet)
    return inOrder(sent.document, () => save(sent))
  }

  const watched: typeof window.fetch = async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input, window.location.href)
    if (isRefresh(url)) {
      const answer = await send(input, init)
      if (answer.ok || !isWriting() || (await isLoggedIn())) return answer
      await waitForLogin()
      return send(input, init)
    }
    const found = readSave(url, init)
    if (!found) return send(input, init)
    if (!found.isAutosave) return saveInOrder({ ...found, input, init })
    counts.tell((underWay += 1))
    try {
      return await saveInOrder({ ...found, input, init })
    } finally {
      counts.tell((underWay -= 1))
    }
  }

  return {
    install: () => {
      const original = window.fetch
      send = (...request) => original(...request)
      window.fetch = watched
      return () => {
        window.fetch = original
      }
    },
    onTrouble: troubles.add,
    onUnderWay: counts.add,
    onRecovered: recoveries.add,
    loggedIn: () => {
      login?.end()
      login = null
      troubles.tell(null)
    },
    sessionEnded: () => void waitForLogin(),
    own: versions,
    pageChanged: versions.forget,
  }
}

/** Of one document one save after the other, as they were asked for. */
function oneAtATime() {
  const last = new Map<string, Promise<unknown>>()
  return <Result>(document: string, run: () => Promise<Result>): Promise<Result> => {
    const result = (last.get(document) ?? Promise.resolve()).then(run, run)
    last.set(document, result)
    return result
  }
}
