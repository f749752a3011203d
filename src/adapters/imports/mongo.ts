import { ObjectId, type Collection, type Db } from 'mongodb'
import type { Id } from '../../newsletter/model.ts'
import type { ImportRun } from '../../subscribers/importRuns.ts'
import { collectionsOf } from '../store/mongo/collections.ts'
import { inChunks } from '../store/mongo/values.ts'
import { openLists } from '../subscribers/mongoDocuments.ts'
import { mongoMarks } from './mongoMarks.ts'
import type { ImportedPeople } from './payloadRuns.ts'

/** So many are looked at at once. */
const CHUNK = 500

/** Those whom an import added, on MongoDB, which other processes write to meanwhile: see mongoMarks. */
export const mongoImportedPeople = ({
  db,
  hashOf,
}: {
  db: Db
  /** See newsletter/rules/addressHash. */
  hashOf: (email: string) => string
}): ImportedPeople => {
  const { subscribers, consents, suppressions } = openLists(db)
  const marks = mongoMarks({ subscribers: db.collection('subscribers'), consents, suppressions, hashOf })
  const { campaigns, deliveries } = collectionsOf(db)
  const mails: Collection<{ subscriber?: ObjectId | null }> = db.collection('transactional-mails')
  const erasures: Collection<{ subscriberRef: Id }> = db.collection('erasures')

  /** By the campaigns that were mailed since: only their index leads to one person. */
  const findMailed = async ({ startedAt }: ImportRun, ids: ObjectId[]): Promise<Set<Id>> => {
    const mailed = new Set<Id>()
    const texts = ids.map((id) => id.toHexString())
    const since = campaigns.find({
      snapshot: { $type: 'string' },
      $or: [{ finishedAt: null }, { finishedAt: { $gte: startedAt } }],
    })
    for await (const { _id, snapshot } of since) {
      const theirs = deliveries.find(
        {
          campaign: _id,
          snapshot: snapshot ?? '',
          subscriberRef: { $in: texts },
          status: { $ne: 'excluded' },
        },
        { projection: { subscriberRef: 1 } },
      )
      for await (const { subscriberRef } of theirs) mailed.add(subscriberRef)
    }
    const alone = mails.find({ subscriber: { $in: ids } }, { projection: { subscriber: 1 } })
    for await (const { subscriber } of alone) if (subscriber) mailed.add(subscriber.toHexString())
    return mailed
  }

  const findDecided = async (ids: ObjectId[]): Promise<Set<Id>> => {
    const own = { subscriber: { $in: ids }, key: { $not: /^import:/ } }
    const found = await consents.find(own, { projection: { subscriber: 1 } }).toArray()
    return new Set(found.map(({ subscriber }) => subscriber.toHexString()))
  }

  /** The erasure goes on by itself, and needs the address for the hash that it leaves. */
  const findErased = async (ids: ObjectId[]): Promise<Set<Id>> => {
    const theirs = { subscriberRef: { $in: ids.map((id) => id.toHexString()) } }
    const found = await erasures.find(theirs, { projection: { subscriberRef: 1 } }).toArray()
    return new Set(found.map(({ subscriberRef }) => subscriberRef))
  }

  /** Those to whom something has happened. */
  const findKept = async (run: ImportRun, ids: ObjectId[]): Promise<Set<Id>> => {
    const kept = await Promise.all([findMailed(run, ids), findDecided(ids), findErased(ids)])
    return new Set(kept.flatMap((each) => [...each]))
  }

  const findGone = async (ids: ObjectId[]): Promise<ObjectId[]> => {
    const there = await subscribers.find({ _id: { $in: ids } }, { projection: { _id: 1 } }).toArray()
    const known = new Set(there.map(({ _id }) => _id.toHexString()))
    return ids.filter((id) => !known.has(id.toHexString()))
  }

  const removeConsentsOf = async (run: Id, ids: ObjectId[]): Promise<void> => {
    if (ids.length > 0) await consents.deleteMany({ subscriber: { $in: ids }, importRef: run })
  }

  /** Whom it found there without a record of consent, and gave one: they are as they were, and were never mailed. */
  const findGivenRecord = async (run: ImportRun, ids: ObjectId[]): Promise<ObjectId[]> => {
    const before = { importRef: null, updatedAt: { $lte: run.startedAt } }
    const there = await subscribers
      .find({ _id: { $in: ids }, ...before }, { projection: { _id: 1 } })
      .toArray()
    const unchanged = there.map(({ _id }) => _id)
    if (unchanged.length === 0) return []
    const other = { subscriber: { $in: unchanged }, importRef: { $ne: run.id } }
    const recorded = await consents.find(other, { projection: { subscriber: 1 } }).toArray()
    const kept = new Set([
      ...(await findMailed(run, unchanged)),
      ...recorded.map(({ subscriber }) => subscriber.toHexString()),
    ])
    return unchanged.filter((id) => !kept.has(id.toHexString()))
  }

  return {
    countAdded: (run) => subscribers.countDocuments({ importRef: run }),

    async removeNext(run, after) {
      const from = after === null ? {} : { _id: { $gt: new ObjectId(after) } }
      const found = await subscribers
        .find({ importRef: run.id, ...from }, { projection: { _id: 1 } })
        .sort({ _id: 1 })
        .limit(CHUNK)
        .toArray()
      const ids = found.map(({ _id }) => _id)
      const last = ids.at(-1)
      if (!last) return null
      const without = (kept: Set<Id>) => ids.filter((id) => !kept.has(id.toHexString()))
      await marks.mark(run, without(await findKept(run, ids)))
      const kept = await findKept(run, ids)
      const free = without(kept)
      await marks.remove(run, free)
      await marks.giveBack(run, { ids, kept: ids.filter((id) => kept.has(id.toHexString())) })
      // After them: nobody is ever a subscriber without proof. What a crash leaves of it is tidied up.
      await removeConsentsOf(run.id, await findGone(free))
      return last.toHexString()
    },

    async tidy(run) {
      const its = consents.find({ importRef: run.id }, { projection: { subscriber: 1 }, batchSize: CHUNK })
      for await (const chunk of inChunks(its, CHUNK)) {
        const ids = chunk.map(({ subscriber }) => subscriber)
        await removeConsentsOf(run.id, await findGone(ids))
        await removeConsentsOf(run.id, await findGivenRecord(run, ids))
      }
      const untouched = { importRef: run.id, liftedAt: null, suppressedAt: run.startedAt, madeBy: null }
      for await (const { _id, email, importWas } of suppressions.find(untouched)) {
        if (email && (await subscribers.findOne({ email }, { projection: { _id: 1 } }))) continue
        if (importWas)
          await suppressions.updateOne(
            { _id, ...untouched },
            { $set: { ...importWas, importRef: null, importWas: null } },
          )
        else await suppressions.deleteOne({ _id, ...untouched })
      }
    },

    async countKept(run) {
      const kept = { mailed: 0, changed: 0 }
      const theirs = subscribers.find({ importRef: run.id }, { projection: { _id: 1 }, batchSize: CHUNK })
      for await (const chunk of inChunks(theirs, CHUNK)) {
        const mailed = await findMailed(
          run,
          chunk.map(({ _id }) => _id),
        )
        kept.mailed += mailed.size
        kept.changed += chunk.length - mailed.size
      }
      return kept
    },
  }
}
