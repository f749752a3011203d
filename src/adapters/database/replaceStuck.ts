import type { Client, TransactionMode } from '@libsql/client'
import Database from 'libsql'

/**
 * Gives the client a new connection each time a statement has failed with SQLITE_BUSY. libSQL leaves such a statement
 * in progress until the garbage collector finds it (github.com/tursodatabase/libsql-client-ts/issues/352; also in libsql
 * 0.5.29 and 0.6.0-pre.41). What the connection writes meanwhile is answered as written; but nobody else sees it, the
 * file stays locked, and in the end it is undone.
 * The new connection has the settings of the old one (busy_timeout, synchronous).
 */
export async function replaceStuck(client: Client): Promise<void> {
  const execute = client.execute.bind(client)
  const batch = client.batch.bind(client)
  const transaction = client.transaction.bind(client)
  const executeMultiple = client.executeMultiple.bind(client)
  const settings = new Map<string, string>()
  for (const name of SETTINGS) {
    const { rows } = await execute(`PRAGMA ${name}`)
    settings.set(name, String(Object.values(rows[0] ?? {})[0]))
  }
  const refusals = countRefusals()
  let isInTransaction = false
  let isStuck = false

  const set = () => {
    for (const [name, value] of settings) void execute(`PRAGMA ${name} = ${value}`).catch(() => undefined)
  }
  /** All of it happens before anything else of this process can use the connection: libSQL comes back when it is done. */
  const replace = () => {
    isStuck = false
    // A client hands its connection over to a transaction, and opens a new one for itself.
    void transaction('deferred').then(
      (abandoned) => abandoned.close(),
      () => undefined,
    )
    set()
  }
  const note = (statement: unknown) => {
    if (typeof statement !== 'string') return
    const [, setting, value] = SETTING.exec(statement) ?? []
    if (setting && value) settings.set(setting, value)
    if (/^BEGIN\b/.test(statement)) isInTransaction = true
    if (/^(?:COMMIT|ROLLBACK)\b/.test(statement)) isInTransaction = false
  }
  const watching =
    <Args extends unknown[], Result>(act: (...args: Args) => Promise<Result>) =>
    (...args: Args): Promise<Result> => {
      const before = refusals.count
      const done = act(...args)
      if (refusals.count === before) note(args[0])
      else isStuck = true
      if (isStuck && !isInTransaction) replace()
      return done
    }
  Object.assign(client, {
    execute: watching(execute),
    batch: watching(batch),
    transaction: watching((mode?: TransactionMode) => {
      const begun = transaction(mode)
      set()
      return begun
    }),
    executeMultiple: watching(executeMultiple),
  })
}

const SETTINGS = ['busy_timeout', 'synchronous']
const SETTING = /^PRAGMA (busy_timeout|synchronous) = (\w+)$/

/** Of all connections of this process. */
interface Refusals {
  count: number
}

const COUNTED: unique symbol = Symbol.for('utskick.busyStatements')

interface Statement {
  run: (...args: unknown[]) => unknown
  all: (...args: unknown[]) => unknown
  [COUNTED]?: Refusals
}

/** Counts the statements that fail with SQLITE_BUSY as they fail; a promise tells of it too late. */
function countRefusals(): Refusals {
  const probe = new Database(':memory:')
  const prototype = Object.getPrototypeOf(probe.prepare('SELECT 1')) as Statement
  probe.close()
  const known = prototype[COUNTED]
  if (known) return known
  const refusals = { count: 0 }
  prototype[COUNTED] = refusals
  for (const name of ['run', 'all'] as const) {
    const act = prototype[name]
    prototype[name] = function (...args) {
      try {
        return act.apply(this, args)
      } catch (error) {
        if (isBusy(error)) refusals.count += 1
        throw error
      }
    }
  }
  return refusals
}

/** Native errors are of no class of ours. */
function isBusy(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: unknown; message?: unknown }
  return /SQLITE_BUSY|is locked/.test(`${String(code)} ${String(message)}`)
}
