import { MongoServerError, type Db } from 'mongodb'

/** Of a server that has no such index, or no such collection. */
const NOTHING_TO_DROP = [26, 27]

/**
 * The campaigns of an earlier version are the first editions of their articles, and their index allowed no other. Repeating it
 * changes nothing.
 */
export async function giveEditions(db: Db): Promise<void> {
  const campaigns = db.collection('campaigns')
  await campaigns.updateMany({ edition: { $exists: false } }, { $set: { edition: 1, audience: 'everybody' } })
  try {
    await campaigns.dropIndex('article_1')
  } catch (error) {
    if (!(error instanceof MongoServerError) || !NOTHING_TO_DROP.includes(Number(error.code))) throw error
  }
}
