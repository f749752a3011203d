import { AsyncLocalStorage } from 'node:async_hooks'
import type { Client } from '@libsql/client'
import type { sqliteAdapter } from '@payloadcms/db-sqlite'
import { nameFullDisk } from './nameFullDisk.ts'
import { resetRefused } from './resetRefused.ts'

type Adapter = ReturnType<typeof sqliteAdapter>

/** Payload's writes of whole documents: each is several statements (the row, its texts per locale, its relations). */
const WRITES = [
  'create',
  'updateOne',
  'updateMany',
  'deleteOne',
  'deleteMany',
  'upsert',
  'createVersion',
  'updateVersion',
  'deleteVersions',
  'createGlobal',
  'updateGlobal',
  'createGlobalVersion',
  'updateGlobalVersion',
] as const

/**
 * Makes each write of a document one transaction. Without, Payload's adapter deletes an article's texts and relations
 * and writes them anew, one statement at a time: two editors at once fail on each other, a process that is killed in
 * between loses the text, and a worker that reads in between mails an article without its topics to everybody.
 * (Payload's own transactions span a whole request, on a connection of their own, and end in SQLITE_BUSY: see docs/adr/0003.)
 */
export const withAtomicWrites = (inner: Adapter): Adapter => ({
  ...inner,
  init: (args) => {
    const adapter = inner.init(args)
    const { connect } = adapter
    const atomic = WRITES.map((name) => {
      const write: (...input: never[]) => unknown = adapter[name]
      return [
        name,
        (...input: never[]) => atomically(adapter.client, async () => write.apply(adapter, input)),
      ]
    })
    return Object.assign(adapter, Object.fromEntries(atomic), {
      connect: async (options?: Parameters<NonNullable<typeof connect>>[0]) => {
        resetRefused()
        await connect?.call(adapter, options)
        gateOf(adapter.client)
      },
    })
  },
})

/**
 * Runs several statements of one connection as one transaction: all of them or, when one fails, none. Everything else
 * that this process asks of the connection waits meanwhile, so nothing of it is undone with them.
 */
export async function atomically<Result>(client: Client, run: () => Promise<Result>): Promise<Result> {
  const gate = gateOf(client)
  if (gate.inside.getStore()) return run()
  while (gate.closed) await gate.closed
  let open = () => {}
  gate.closed = new Promise((resolve) => (open = resolve))
  try {
    return await gate.inside.run(true, () => inTransaction(client, run))
  } finally {
    gate.closed = null
    open()
  }
}

async function inTransaction<Result>(client: Client, run: () => Promise<Result>): Promise<Result> {
  await client.execute('BEGIN IMMEDIATE')
  try {
    const result = await run()
    await client.execute('COMMIT')
    return result
  } catch (error) {
    // SQLite has rolled back by itself after some errors (a full disk): then there is nothing left to undo.
    await client.execute('ROLLBACK').catch(() => undefined)
    throw nameFullDisk(error)
  }
}

interface Gate {
  inside: AsyncLocalStorage<true>
  /** While a transaction is under way. */
  closed: Promise<void> | null
}

const gates = new WeakMap<Client, Gate>()

function gateOf(client: Client): Gate {
  const known = gates.get(client)
  if (known) return known
  const gate: Gate = { inside: new AsyncLocalStorage(), closed: null }
  gates.set(client, gate)
  const passing =
    <Args extends unknown[], Result>(act: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      while (gate.closed && !gate.inside.getStore()) await gate.closed
      return act.apply(client, args)
    }
  Object.assign(client, {
    execute: passing(client.execute),
    batch: passing(client.batch),
    transaction: passing(client.transaction),
    executeMultiple: passing(client.executeMultiple),
  })
  return gate
}
