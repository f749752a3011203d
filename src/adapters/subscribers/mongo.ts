import { ObjectId, type Db } from 'mongodb'
import type { SuppressionReason } from '../../newsletter/model.ts'
import {
  standingFor,
  type NewSubscriber,
  type Provenance,
  type Standing,
  type SubscriberList,
} from '../../subscribers/ports.ts'
import { mongoImportedPeople } from '../imports/mongo.ts'
import { duplicatesIn, inChunks } from '../store/mongo/values.ts'
import { openLists, toDocument, toListed, type OnMongo, type SubscriberDocument } from './mongoDocuments.ts'
import { recordImported } from './mongoRecords.ts'

/** How many an export reads at once. */
const PAGE_SIZE = 500

/** The list of subscribers on MongoDB: documents as Payload writes them, many per call. */
export const mongoSubscriberList = ({
  db,
  hashOf,
}: {
  db: Db
  /** See newsletter/rules/addressHash. */
  hashOf: (email: string) => string
}): SubscriberList => {
  const on: OnMongo = { ...openLists(db), hashOf }
  return {
    async readTopics() {
      const topics = await on.topics.find({}, { projection: { slug: 1, name: 1 } }).toArray()
      return topics.map(({ _id, slug, name }) => ({
        id: _id.toHexString(),
        slug,
        names: typeof name === 'string' ? [name] : Object.values(name ?? {}),
      }))
    },

    async findStanding(emails) {
      const known = await findKnown(on, emails)
      const suppressed = await findSuppressed(on, emails)
      return standingOf({ emails, known, suppressed })
    },

    async addNew({ subscribers, now, from }) {
      const emails = subscribers.map(({ email }) => email)
      const suppressed = await findSuppressed(on, emails)
      const allowed = subscribers.filter(({ email }) => !suppressed.has(email))
      const { added, taken } = await insertPeople(on, { subscribers: allowed, now, run: from.run ?? null })
      // Who was suppressed or erased between the two is not brought back.
      const late = await findSuppressed(on, [...added.keys()])
      const removed = [...late.keys()].flatMap((email) => added.get(email)?._id ?? [])
      if (removed.length > 0) await on.subscribers.deleteMany({ _id: { $in: removed } })
      for (const email of late.keys()) added.delete(email)
      const known = await findKnown(on, [...taken, ...suppressed.keys()])
      if (!(await isTakenBack(on, from))) await recordImported(on, { subscribers, added, known, now, from })
      // Asked once more: the undo may have come and gone while it was written.
      if (from.run && (await isTakenBack(on, from))) {
        await on.subscribers.deleteMany({
          ...{ _id: { $in: [...added.values()].map(({ _id }) => _id) }, updatedAt: now },
        })
        await mongoImportedPeople({ db, hashOf }).tidy({
          id: from.run,
          startedAt: now,
          undoAskedAt: null,
          undoneAt: null,
        })
      }
      return standingOf({ emails, known, suppressed: new Map([...suppressed, ...late]) })
    },

    async *readAll({ status }) {
      const slugs = new Map(
        (await on.topics.find({}, { projection: { slug: 1 } }).toArray()).map(({ _id, slug }) => [
          _id.toHexString(),
          slug,
        ]),
      )
      const cursor = on.subscribers
        .find(status === 'active' ? { status } : {}, { batchSize: PAGE_SIZE })
        .sort({ email: 1 })
      for await (const documents of inChunks(cursor, PAGE_SIZE)) {
        const suppressed = documents.filter((each) => each.status === 'suppressed')
        const reasons = await findSuppressed(
          on,
          suppressed.map(({ email }) => email),
        )
        yield documents.map((document) => toListed({ document, slugs, reasons }))
      }
    },
  }
}

async function findKnown(
  { subscribers }: OnMongo,
  emails: readonly string[],
): Promise<Map<string, SubscriberDocument>> {
  if (emails.length === 0) return new Map()
  const found = await subscribers.find({ email: { $in: [...emails] } }).toArray()
  return new Map(found.map((document) => [document.email, document]))
}

/** Why those of the addresses are suppressed that are, by address. */
async function findSuppressed(
  { suppressions, hashOf }: OnMongo,
  emails: readonly string[],
): Promise<Map<string, string>> {
  if (emails.length === 0) return new Map()
  const byHash = new Map(emails.map((email) => [hashOf(email), email]))
  const found = await suppressions
    .find(
      { addressHash: { $in: [...byHash.keys()] } },
      { projection: { addressHash: 1, reason: 1, liftedAt: 1 } },
    )
    .toArray()
  const active = found.filter(({ liftedAt }) => !liftedAt)
  return new Map(active.map(({ addressHash, reason }) => [byHash.get(addressHash) ?? '', reason]))
}

function standingOf({
  emails,
  known,
  suppressed,
}: {
  emails: readonly string[]
  known: ReadonlyMap<string, SubscriberDocument>
  suppressed: ReadonlyMap<string, string>
}): Standing[] {
  return emails.flatMap((email): Standing[] => {
    const document = known.get(email)
    if (document) return [{ email, kind: 'known', createdAt: document.createdAt }]
    const reason = suppressed.get(email)
    return reason === undefined ? [] : [{ email, kind: standingFor(reason as SuppressionReason) }]
  })
}

/** Somebody asked to take the import back while this block was written: none of it stays. */
async function isTakenBack({ imports }: OnMongo, { run }: Provenance): Promise<boolean> {
  if (!run) return false
  const found = await imports.findOne({ _id: new ObjectId(run) }, { projection: { undoAskedAt: 1 } })
  return Boolean(found?.undoAskedAt)
}

/** Gives those who are new, and the addresses that somebody has. */
async function insertPeople(
  on: OnMongo,
  { subscribers, now, run }: { subscribers: readonly NewSubscriber[]; now: Date; run: string | null },
): Promise<{ added: Map<string, SubscriberDocument>; taken: string[] }> {
  const documents = subscribers.map((subscriber) => toDocument({ subscriber, now, run }))
  const added = new Map(documents.map((document) => [document.email, document]))
  if (documents.length === 0) return { added, taken: [] }
  try {
    await on.subscribers.insertMany(documents, { ordered: false })
    return { added, taken: [] }
  } catch (error) {
    const taken = duplicatesIn(error).flatMap((index) => subscribers[index]?.email ?? [])
    for (const email of taken) added.delete(email)
    return { added, taken }
  }
}
