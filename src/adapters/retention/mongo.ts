import { type Collection, type Db, type Filter, MongoServerError, type ObjectId } from 'mongodb'
import type { OldRows, Portion } from '../../retention/ports.ts'
import { collectionsOf, type BatchDocument, type Collections } from '../store/mongo/collections.ts'
import { erasedDelivery } from '../store/mongo/erasedDelivery.ts'
import { later } from '../store/mongo/values.ts'

interface SweepDocument {
  _id: ObjectId
  name: string
  endedAt?: Date | null
  leaseToken?: string | null
  leaseUntil?: Date | null
}

interface MailDocument {
  _id: ObjectId
  status: string
  settledAt?: Date | null
  createdAt: Date
  subscriber?: ObjectId | null
  contactMessage?: ObjectId | null
  mail?: object | null
}

interface Row {
  _id: ObjectId
}

const NAME = 'nightly'
const DUPLICATE_KEY = 11_000

/** Old rows on MongoDB: what is gone last is what the others are found by, so that a cut leaves nothing unfound. */
export const mongoOldRows = (db: Db): OldRows => {
  const sweeps = db.collection<SweepDocument>('sweeps')
  const mails = db.collection<MailDocument>('transactional-mails')
  const collections = collectionsOf(db)
  return {
    claimSweep: (ask) => claimSweep(sweeps, ask),
    endSweep: async ({ token, now }) => {
      const ended = { endedAt: now, leaseToken: null, leaseUntil: null }
      await sweeps.updateOne({ name: NAME, leaseToken: token }, { $set: ended })
    },
    lastSweptAt: async () => (await sweeps.findOne({ name: NAME }))?.endedAt ?? null,

    removeProviderEvents: ({ before, limit }) =>
      removeOldest({
        rows: db.collection<Row & { receivedAt: Date }>('provider-events'),
        where: { receivedAt: { $lt: before } },
        limit,
      }),
    removeSetAsideEvents: ({ before, limit }) =>
      removeOldest({ rows: collections.waitingEvents, where: { setAsideAt: { $lt: before } }, limit }),
    eraseDeliveries: (portion) => eraseDeliveries(collections, portion),
    removeWaitingSubscribers: (portion) => removeWaiting(db, portion),
    removeContactMessages: (portion) => removeMessages(db, portion),
    removeMailBodies: async ({ before, limit }) => {
      const ids = await idsOf({
        rows: mails,
        where: { ...settledBefore(before), mail: { $ne: null } },
        limit,
      })
      return (await mails.updateMany({ _id: { $in: ids } }, { $set: { mail: null } })).modifiedCount
    },
    removeTransactionalMails: ({ before, limit }) =>
      removeOldest({ rows: mails, where: settledBefore(before), limit }),
    removeRateLimits: ({ before, limit }) =>
      removeOldest({
        rows: db.collection<Row & { expire: Date }>('rate-limits'),
        where: { expire: { $lt: before } },
        limit,
      }),
    forgetImports: (portion) => forgetImports(db, portion),
    removeBlankDrafts: (portion) => removeBlankDrafts(db, portion),
  }
}

const settledBefore = (before: Date): Filter<MailDocument> => ({
  status: { $ne: 'pending' },
  settledAt: { $lt: before },
})

async function claimSweep(
  sweeps: Collection<SweepDocument>,
  { since, now, lease }: Parameters<OldRows['claimSweep']>[0],
): Promise<boolean> {
  const held = { leaseToken: lease.token, leaseUntil: later(now, lease.ms) }
  const isDue = { $or: [{ endedAt: null }, { endedAt: { $lt: since } }] }
  const isFree = { $or: [{ leaseUntil: null }, { leaseUntil: { $lte: now } }, { leaseToken: lease.token }] }
  try {
    const { matchedCount, upsertedCount } = await sweeps.updateOne(
      { name: NAME, $and: [isDue, isFree] },
      { $set: held },
      { upsert: true },
    )
    return matchedCount + upsertedCount > 0
  } catch (error) {
    // It is there, and not to be had.
    if (error instanceof MongoServerError && error.code === DUPLICATE_KEY) return false
    throw error
  }
}

async function idsOf<Document extends Row>({
  rows,
  where,
  limit,
}: {
  rows: Collection<Document>
  where: Filter<Document>
  limit: number
}): Promise<Document['_id'][]> {
  const found = await rows
    .find(where, { projection: { _id: 1 } })
    .limit(limit)
    .toArray()
  return found.map(({ _id }) => _id)
}

/** Asked again while it is deleted: a row that has changed since stays. */
async function removeOldest<Document extends Row>(query: {
  rows: Collection<Document>
  where: Filter<Document>
  limit: number
}): Promise<number> {
  const ids = await idsOf(query)
  const chosen = { $and: [{ _id: { $in: ids } }, query.where] } as Filter<Document>
  return (await query.rows.deleteMany(chosen)).deletedCount
}

/**
 * What is theirs goes first. Only what is as old as they: whoever asks once more at this moment keeps what they agree to
 * now.
 */
async function removeWaiting(db: Db, { before, limit }: Portion): Promise<number> {
  const subscribers = db.collection<Row & { status: string; askedAt?: Date | null; createdAt: Date }>(
    'subscribers',
  )
  // An earlier version, or a file, may not have said when they asked.
  const isOld = [{ askedAt: { $lt: before } }, { askedAt: null, createdAt: { $lt: before } }]
  const isWaiting = { status: 'pending', $or: isOld }
  const ids = await idsOf({ rows: subscribers, where: isWaiting, limit })
  if (ids.length === 0) return 0
  await db.collection('consents').deleteMany({ subscriber: { $in: ids }, at: { $lt: before } })
  await db
    .collection('transactional-mails')
    .deleteMany({ subscriber: { $in: ids }, createdAt: { $lt: before } })
  return (await subscribers.deleteMany({ _id: { $in: ids }, ...isWaiting })).deletedCount
}

/** By the imports that can be taken back, which are few. */
async function forgetImports(db: Db, { before, limit }: Portion): Promise<number> {
  const suppressions = db.collection<Row & { importRef?: string | null; importWas?: object | null }>(
    'suppressions',
  )
  const isOpen = [{ startedAt: { $gte: before } }, { undoAskedAt: { $ne: null }, undoneAt: null }]
  const open = await db
    .collection('imports')
    .find({ $or: isOpen }, { projection: { _id: 1 } })
    .toArray()
  const where = { importRef: { $type: 'string' as const, $nin: open.map(({ _id }) => _id.toHexString()) } }
  const ids = await idsOf({ rows: suppressions, where, limit })
  const forgotten = { importRef: null, importWas: null }
  return (await suppressions.updateMany({ _id: { $in: ids }, ...where }, { $set: forgotten })).modifiedCount
}

async function removeMessages(db: Db, { before, limit }: Portion): Promise<number> {
  const mails = db.collection<MailDocument>('transactional-mails')
  const messages = db.collection<Row & { createdAt: Date }>('contact-messages')
  const waiting = await mails
    .find({ status: 'pending', contactMessage: { $ne: null } }, { projection: { contactMessage: 1 } })
    .toArray()
  const kept = waiting.flatMap(({ contactMessage }) => contactMessage ?? [])
  const ids = await idsOf({
    rows: messages,
    where: { createdAt: { $lt: before }, _id: { $nin: kept } },
    limit,
  })
  if (ids.length === 0) return 0
  await mails.deleteMany({ contactMessage: { $in: ids } })
  return (await messages.deleteMany({ _id: { $in: ids } })).deletedCount
}

interface DraftDocument extends Row {
  _status: string
  isBlank?: boolean | null
  updatedAt: Date
}

interface DraftVersionDocument extends Row {
  parent: ObjectId
  version: { isBlank?: boolean | null }
  updatedAt: Date
}

/**
 * A draft's own row keeps what "Create new" wrote; what is saved later stands in the versions alone. The row goes last, so
 * that a cut leaves nothing unfound. Not guaranteed: an editor who begins to write in a draft of a week ago between the two
 * reads and the deletion, within milliseconds, is told that the draft is gone.
 */
async function removeBlankDrafts(db: Db, { before, limit }: Portion): Promise<number> {
  const articles = db.collection<DraftDocument>('articles')
  const versions = db.collection<DraftVersionDocument>('_articles_versions')
  const isOldBlank = { _status: 'draft', isBlank: true, updatedAt: { $lt: before } }
  const isInUse = { $or: [{ 'version.isBlank': false }, { updatedAt: { $gte: before } }] }
  const found = await articles.find(isOldBlank, { projection: { _id: 1 } }).toArray()
  const candidates = found.map(({ _id }) => _id)
  const inUse = await versions.distinct('parent', { parent: { $in: candidates }, ...isInUse })
  const kept = new Set(inUse.map(String))
  const ids = candidates.filter((id) => !kept.has(String(id))).slice(0, limit)
  if (ids.length === 0) return 0
  await versions.deleteMany({ parent: { $in: ids }, 'version.isBlank': { $ne: false } })
  return (await articles.deleteMany({ _id: { $in: ids }, ...isOldBlank })).deletedCount
}

/** Marked last, so that a batch whose deliveries were erased in part is found again. */
async function eraseDeliveries(
  { batches, deliveries }: Collections,
  { before, limit }: Portion,
): Promise<number> {
  const isOld: Filter<BatchDocument> = { status: 'settled', erasedAt: null, settledAt: { $lt: before } }
  const found = await batches
    .find(isOld, { projection: { campaign: 1, snapshot: 1, number: 1 } })
    .limit(limit)
    .toArray()
  for (const { campaign, snapshot, number: batchNumber } of found) {
    const ids = await idsOf({
      rows: deliveries,
      where: { campaign, snapshot, batchNumber, status: { $ne: 'pending' } },
      limit: 0,
    })
    if (ids.length > 0) await deliveries.bulkWrite(ids.map(erasure), { ordered: false })
  }
  const ids = found.map(({ _id }) => _id)
  return (await batches.updateMany({ _id: { $in: ids }, status: 'settled' }, { $set: { erasedAt: before } }))
    .matchedCount
}

const erasure = (_id: ObjectId) => ({
  updateOne: {
    filter: { _id, status: { $ne: 'pending' as const } },
    update: { $set: erasedDelivery(_id) },
  },
})
