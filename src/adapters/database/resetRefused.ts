import Database from 'libsql'

interface Statement {
  run: (...args: unknown[]) => unknown
  all: (...args: unknown[]) => unknown
  get: (...args: unknown[]) => unknown
}

const IS_DONE: unique symbol = Symbol.for('utskick.resetRefused')
const prototype: { prepare: (sql: string) => Statement; [IS_DONE]?: true } = Database.prototype as never

/**
 * Has each SQLite statement of this process reset that fails with SQLITE_BUSY. libSQL leaves it in progress until the
 * garbage collector finds it (github.com/tursodatabase/libsql-client-ts/issues/352; also in libsql 0.5.29 and
 * 0.6.0-pre.41). What the connection writes meanwhile is answered as written; but nobody else sees it, the file stays
 * locked, and in the end it is undone.
 */
export function resetRefused(): void {
  if (prototype[IS_DONE]) return
  prototype[IS_DONE] = true
  const { prepare } = prototype
  const prepared: Prepared = new WeakMap()
  let isWatched = false
  prototype.prepare = function (this: Database.Database, sql) {
    const statement = prepare.call(this, sql)
    prepared.set(statement, { connection: this, sql })
    // Its class is not exported.
    if (!isWatched) watch(Object.getPrototypeOf(statement) as Statement, prepared)
    isWatched = true
    return statement
  }
}

type Prepared = WeakMap<Statement, { connection: Database.Database; sql: string }>

function watch(statements: Statement, prepared: Prepared): void {
  for (const name of ['run', 'all'] as const) {
    const act = statements[name]
    statements[name] = function (...args) {
      try {
        return act.apply(this, args)
      } catch (error) {
        const { connection, sql = '' } = prepared.get(this) ?? {}
        // Leave a refused COMMIT alone: its transaction is still open, and the caller rolls it back.
        if (connection && isBusy(error) && !/^\s*(?:COMMIT|END)\b/i.test(sql))
          reset({ statement: this, args, connection })
        throw error
      }
    }
  }
}

/** `get` resets a statement that fails, and where only reading is allowed a write fails before it begins. */
function reset({
  statement,
  args,
  connection,
}: {
  statement: Statement
  args: unknown[]
  connection: Database.Database
}): void {
  connection.exec('PRAGMA query_only = ON')
  try {
    statement.get(...args)
  } catch {
    // SQLITE_READONLY, as it should.
  } finally {
    connection.exec('PRAGMA query_only = OFF')
  }
}

/** Native errors are of no class of ours. */
function isBusy(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: unknown; message?: unknown }
  return /SQLITE_BUSY|is locked/.test(`${String(code)} ${String(message)}`)
}
