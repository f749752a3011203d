import type { Db } from 'mongodb'

/** One user may hold a seat of the name; users without one are not in the index. Nothing happens where it is there. */
export async function indexSeat(db: Db): Promise<void> {
  await db.collection('users').createIndex({ seat: 1 }, { unique: true, sparse: true })
}
