import type { Db } from 'mongodb'
import { newLinkKey } from '../../newsletter/rules/readerToken.ts'
import { collectionsOf } from '../store/mongo/collections.ts'
import { inChunks } from '../store/mongo/values.ts'

const CHUNK = 1_000

/**
 * On MongoDB, what a migration does on SQLite: subscribers of an earlier version get a key for their links, and the mark
 * that links without one still let them leave. A run that is cut off goes on in the next one, and two at once do no harm.
 * @throws what the driver throws.
 */
export async function giveLinkKeys(db: Db): Promise<void> {
  const { subscribers } = collectionsOf(db)
  const keyless = subscribers.find({ linkKey: null }, { projection: { _id: 1 }, batchSize: CHUNK })
  for await (const chunk of inChunks(keyless, CHUNK))
    await subscribers.bulkWrite(
      chunk.map(({ _id }) => ({
        updateOne: {
          filter: { _id, linkKey: null },
          update: { $set: { linkKey: newLinkKey(), takesKeylessLinks: true } },
        },
      })),
      { ordered: false },
    )
}
