import { randomUUID } from 'node:crypto'
import type { PayloadRequest } from 'payload'
import { refusal } from '../refusals/refusal.ts'
import type { LastSave, SaveTurns } from './ports.ts'

/** How long a save may take between two of its writes. */
export const LEASE_MS = 30_000

/** How long a save waits for those before it. */
const PATIENCE_MS = 10_000
const SHORTEST_WAIT_MS = 5
const LONGEST_WAIT_MS = 100

/** The right of one operation to save one document, from before it reads the document until all of it is written. */
export interface Turn {
  document: string
  holder: string
  /** As it was when the turn began. */
  lastSave: LastSave | null
  /** The first document that its operation saves: the one that a request's If-Match is about. */
  isFirst: boolean
  /** What the save writes is later than this: milliseconds since 1970. */
  after: number
  /** When the document itself was written, where its versions are rows of their own. */
  writtenAt: number | null
  /** What the operation has written so far; null when it has written nothing. */
  save: LastSave | null
  /** The user who saves. */
  by: string | null
  release: () => Promise<void>
}

/** What the database adapter carries: the bundler gives each route its own copy of a module, but there is one adapter. */
interface Turns {
  store: SaveTurns
  /** By operation, then by document. */
  held: Map<string | number, Map<string, Turn>>
  /** By document: the end of the line of those who wait in this process. */
  lines: Map<string, Promise<void>>
}

const TURNS: unique symbol = Symbol.for('utskick.saveTurns')

/** Makes an adapter one that gives turns. */
export function keepTurns(db: object, store: SaveTurns): void {
  Object.assign(db, { [TURNS]: { store, held: new Map(), lines: new Map() } satisfies Turns })
}

const turnsOf = (db: object): Turns | undefined => (db as { [TURNS]?: Turns })[TURNS]

/** How turns name a document. */
export const documentName = ({ owner, id }: { owner: string; id?: string | number | undefined }): string =>
  id === undefined ? owner : `${owner}:${id}`

/** Where a turn belongs to: what Payload calls a transaction is one operation, from its beginning to its end. */
type Of = { db: object; req: Partial<PayloadRequest> | undefined; document: string }

/** The turn that this operation has; undefined when it has none. */
export async function turnOf({ db, req, document }: Of): Promise<Turn | undefined> {
  const operation = await req?.transactionID
  return operation === undefined || operation === null
    ? undefined
    : turnsOf(db)?.held.get(operation)?.get(document)
}

/**
 * Waits until nobody else saves the document. The turn ends with the operation.
 * @returns null outside an operation: what has no end gets no turn.
 * @throws 503 after ten seconds.
 */
export async function takeTurn({ db, req, document }: Of): Promise<Turn | null> {
  const turns = turnsOf(db)
  const operation = await req?.transactionID
  if (!turns || operation === undefined || operation === null) return null
  const mine = turns.held.get(operation) ?? new Map<string, Turn>()
  const known = mine.get(document)
  if (known) return known
  const until = Date.now() + PATIENCE_MS
  const leaveLine = await standInLine({ lines: turns.lines, document, until })
  try {
    const holder = randomUUID()
    const { lastSave } = await claim({ store: turns.store, document, holder, until })
    const turn: Turn = {
      ...{ document, holder, lastSave, isFirst: mine.size === 0 },
      ...{ after: lastSave?.to ?? 0, writtenAt: null, save: null, by: null },
      release: async () => {
        try {
          await turns.store.release({ document, holder })
        } finally {
          leaveLine()
        }
      },
    }
    turns.held.set(operation, mine.set(document, turn))
    return turn
  } catch (error) {
    leaveLine()
    throw error
  }
}

/** Ends what the operation had. */
export async function endTurns({ db, operation }: { db: object; operation: string | number }): Promise<void> {
  const turns = turnsOf(db)
  const mine = turns?.held.get(operation)
  turns?.held.delete(operation)
  for (const turn of mine?.values() ?? []) await turn.release()
}

/** For a document that is gone. */
export const forgetTurns = async ({ db, document }: { db: object; document: string }) =>
  turnsOf(db)?.store.forget(document)

/**
 * Runs one write of a save.
 * @param options.at the time that the write carries.
 * @throws 503 when the save has taken so long that somebody else has the turn: nothing is written.
 */
export async function writeInTurn<Result>({
  db,
  turn,
  at,
  write,
}: {
  db: object
  turn: Turn
  at: number
  write: () => Promise<Result>
}): Promise<Result> {
  const { document, holder, by } = turn
  const save = { from: turn.save?.from ?? at, to: at, by }
  const written = await turnsOf(db)?.store.during(
    { document, holder, until: Date.now() + LEASE_MS, save },
    write,
  )
  if (!written) throw tooMany()
  turn.save = save
  return written.result
}

/** Those of one process wait in line, so that one at a time asks the database. */
async function standInLine({
  lines,
  document,
  until,
}: {
  lines: Turns['lines']
  document: string
  until: number
}): Promise<() => void> {
  const before = lines.get(document)
  let leave = () => {}
  const left = new Promise<void>((resolve) => (leave = resolve))
  const end = Promise.all([before, left]).then(() => {
    if (lines.get(document) === end) lines.delete(document)
  })
  lines.set(document, end)
  // An operation that never ends holds nobody up for longer than its lease.
  const forgotten = setTimeout(leave, PATIENCE_MS + LEASE_MS)
  forgotten.unref()
  const leaveLine = () => {
    clearTimeout(forgotten)
    leave()
  }
  let patience: NodeJS.Timeout | undefined
  const isMyTurn = await Promise.race([
    Promise.resolve(before).then(() => true),
    new Promise<false>((resolve) => {
      patience = setTimeout(resolve, Math.max(0, until - Date.now()), false)
    }),
  ])
  clearTimeout(patience)
  if (isMyTurn) return leaveLine
  leaveLine()
  throw tooMany()
}

async function claim({
  store,
  document,
  holder,
  until,
}: {
  store: SaveTurns
  document: string
  holder: string
  until: number
}): Promise<{ lastSave: LastSave | null }> {
  for (let pause = SHORTEST_WAIT_MS; ; pause = Math.min(pause * 2, LONGEST_WAIT_MS)) {
    const now = Date.now()
    const taken = await store.take({ document, holder, now, until: now + LEASE_MS })
    if (taken) return taken
    if (now >= until) throw tooMany()
    // Not all at the same moment, and the last question is asked when patience ends, not after.
    const wait = Math.min(pause * (0.5 + Math.random()), until - now)
    await new Promise((resolve) => setTimeout(resolve, wait))
  }
}

const tooMany = () =>
  refusal({
    code: 'save_waits',
    status: 503,
    text: {
      sv: 'Andra sparar just nu samma dokument. Din ändring är inte sparad: försök igen om en liten stund.',
      en: 'Others are saving this document right now. Your change is not saved: try again in a moment.',
    },
  })
