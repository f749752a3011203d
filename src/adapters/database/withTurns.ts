import { randomUUID } from 'node:crypto'
import type { BaseDatabaseAdapter, BasePayload, DatabaseAdapterObj, PayloadRequest } from 'payload'
import type { SaveTurns } from '../../saving/ports.ts'
import { documentName, endTurns, keepTurns, turnOf, writeInTurn, type Turn } from '../../saving/turns.ts'

/**
 * Saves of one document one after the other: see src/saving. Payload tells its adapter when an operation begins and ends,
 * with or without a transaction of the database: a turn ends with it. What a save writes carries times that are later than
 * those of the save before: Payload takes the latest version for the newest, and of two in one millisecond either.
 * @param options.turnsIn the turns of a connected database.
 */
export const withTurns = <Adapter extends BaseDatabaseAdapter>(
  inner: DatabaseAdapterObj<Adapter>,
  { turnsIn }: { turnsIn: (payload: BasePayload) => SaveTurns },
): DatabaseAdapterObj<Adapter> => ({
  ...inner,
  init: (args) => {
    const adapter = inner.init(args)
    const db: BaseDatabaseAdapter = adapter
    orderWrites(db)
    const { connect } = db
    db.connect = async (options) => {
      await connect?.call(db, options)
      keepTurns(db, turnsIn(args.payload))
      // Not before: the adapter of MongoDB puts others in their place when it connects.
      nameOperations(db)
    }
    return adapter
  },
})

function nameOperations(db: BaseDatabaseAdapter): void {
  const { beginTransaction, commitTransaction, rollbackTransaction } = db
  const ending =
    (end: typeof commitTransaction): typeof commitTransaction =>
    async (id) => {
      try {
        await end.call(db, id)
      } finally {
        await endTurns({ db, operation: await id })
      }
    }
  db.beginTransaction = async (options) => (await beginTransaction.call(db, options)) ?? randomUUID()
  db.commitTransaction = ending(commitTransaction)
  db.rollbackTransaction = ending(rollbackTransaction)
}

/** What a save writes: the document itself, and its versions. Those outside a turn are as Payload makes them. */
const OF_DOCUMENT = ['updateOne', 'createGlobal', 'updateGlobal'] as const
const OF_VERSION = ['createVersion', 'updateVersion'] as const

interface DocumentWrite {
  collection?: string
  slug?: string
  id?: string | number
  data: object
  req?: Partial<PayloadRequest> | undefined
}

interface Holding {
  updatedAt?: unknown
}

type VersionWrite = { req?: Partial<PayloadRequest> | undefined } & (
  | { collectionSlug: string; parent: string | number; versionData: Holding }
  | { collection: string; versionData: { parent?: string | number; version: Holding } }
)

function orderWrites(db: BaseDatabaseAdapter): void {
  for (const name of OF_DOCUMENT) {
    const write: (input: DocumentWrite) => Promise<unknown> = bound(db, name)
    Object.assign(db, { [name]: writingDocument(db, write) })
  }
  for (const name of OF_VERSION) {
    const write: (input: VersionWrite) => Promise<unknown> = bound(db, name)
    Object.assign(db, { [name]: writingVersion(db, write) })
  }
}

function bound(
  db: BaseDatabaseAdapter,
  name: (typeof OF_DOCUMENT)[number] | (typeof OF_VERSION)[number],
): (input: object) => Promise<unknown> {
  const write: (input: never) => Promise<unknown> = db[name]
  return async (input) => Reflect.apply(write, db, [input])
}

const writingDocument =
  (db: BaseDatabaseAdapter, write: (input: DocumentWrite) => Promise<unknown>) =>
  async (input: DocumentWrite): Promise<unknown> => {
    const { collection, slug, id, data, req } = input
    const turn = await turnOf({ db, req, document: documentName({ owner: collection ?? slug ?? '', id }) })
    if (!turn) return write(input)
    const at = timeOfDocument(turn, Date.now())
    return writeInTurn({
      db,
      turn,
      at,
      write: () => write({ ...input, data: { ...data, updatedAt: iso(at) } }),
    })
  }

const writingVersion =
  (db: BaseDatabaseAdapter, write: (input: VersionWrite) => Promise<unknown>) =>
  async (input: VersionWrite): Promise<unknown> => {
    const of =
      'collectionSlug' in input
        ? { owner: input.collectionSlug, id: input.parent }
        : { owner: input.collection, id: input.versionData.parent }
    const turn = await turnOf({ db, req: input.req, document: documentName(of) })
    if (!turn) return write(input)
    const at = timeOfVersion(turn, Date.now())
    return writeInTurn({ db, turn, at, write: () => write(stamped({ input, turn, at })) })
  }

function stamped({ input, turn, at }: { input: VersionWrite; turn: Turn; at: number }): VersionWrite {
  const updatedAt = iso(at)
  // What a version holds is what the document holds, where both are written.
  const hold = <Held extends Holding>(held: Held): Held =>
    turn.writtenAt !== null && held.updatedAt === iso(turn.writtenAt) ? held : { ...held, updatedAt }
  return 'collectionSlug' in input
    ? { ...input, ...{ updatedAt }, versionData: hold(input.versionData) }
    : {
        ...input,
        versionData: { ...input.versionData, ...{ updatedAt }, version: hold(input.versionData.version) },
      }
}

/** The document itself carries the first time of its save. */
const timeOfDocument = (turn: Turn, now: number): number =>
  (turn.writtenAt = Math.max(now, turn.after + 1, (turn.save?.to ?? 0) + 1))

/** Each version carries a later one than the version before; that of a document which has just been written, its time. */
const timeOfVersion = ({ after, save, writtenAt }: Turn, now: number): number => {
  const isOfDocument = writtenAt !== null && save?.to === writtenAt
  return isOfDocument ? Math.max(now, writtenAt) : Math.max(now, after + 1, (save?.to ?? 0) + 1)
}

const iso = (at: number): string => new Date(at).toISOString()
