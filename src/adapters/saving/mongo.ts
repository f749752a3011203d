import { MongoServerError, type Collection, type Db } from 'mongodb'
import type { SaveTurns } from '../../saving/ports.ts'
import { DUPLICATE_KEY } from '../store/mongo/values.ts'

interface TurnDocument {
  document: string
  holder?: string | null
  until?: number | null
  savedFrom?: number | null
  savedTo?: number | null
  savedBy?: string | null
}

/**
 * Turns on MongoDB, whatever transaction the save itself is in: others see them at once. The note of a save comes before
 * its write; a process that ends in between leaves a note that the document's own time does not bear out.
 */
export const mongoSaveTurns = (db: Db): SaveTurns => {
  const turns: Collection<TurnDocument> = db.collection('save-turns')
  return {
    async take({ document, holder, now, until }) {
      const found = await unlessTaken(() =>
        turns.findOneAndUpdate(
          { document, $or: [{ holder: null }, { until: { $lte: now } }] },
          { $set: { holder, until } },
          { upsert: true, returnDocument: 'after' },
        ),
      )
      if (!found) return null
      const { savedFrom: from, savedTo: to, savedBy: by } = found
      const isSaved = typeof from === 'number' && typeof to === 'number'
      return { lastSave: isSaved ? { from, to, by: by ?? null } : null }
    },

    async during({ document, holder, until, save: { from, to, by } }, write) {
      const { matchedCount } = await turns.updateOne(
        { document, holder },
        { $set: { until, savedFrom: from, savedTo: to, savedBy: by } },
      )
      return matchedCount === 0 ? null : { result: await write() }
    },

    async release({ document, holder }) {
      await turns.deleteOne({ document, holder, savedTo: null })
      await turns.updateOne({ document, holder }, { $set: { holder: null, until: null } })
    },

    async forget(document) {
      await turns.deleteOne({ document })
    },
  }
}

/** An upsert whose condition does not hold would make a second row, which the unique index refuses: somebody has the turn. */
async function unlessTaken<Result>(take: () => Promise<Result>): Promise<Result | null> {
  try {
    return await take()
  } catch (error) {
    if (error instanceof MongoServerError && error.code === DUPLICATE_KEY) return null
    throw error
  }
}
