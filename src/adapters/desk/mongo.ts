import type { Collection, Db, ObjectId } from 'mongodb'
import { JOINED, LEFT } from '../../desk/consents.ts'
import type { Movement } from '../../desk/model.ts'
import type { SubscriberCounts } from '../../desk/ports.ts'
import { inChunks } from '../store/mongo/values.ts'

interface ConsentDocument {
  subscriber?: ObjectId | null
  kind: string
  at: Date
}

interface SubscriberDocument {
  _id: ObjectId
  status: string
  topics?: ObjectId[] | null
}

const CHUNK = 1_000

/**
 * Counts on MongoDB. The two collections are not joined by the server: of services that speak MongoDB's protocol some join
 * slowly or not at all.
 */
export const mongoSubscriberCounts = (db: Db): SubscriberCounts => {
  const consents: Collection<ConsentDocument> = db.collection('consents')
  const subscribers: Collection<SubscriberDocument> = db.collection('subscribers')
  const count = (kinds: readonly string[], { from, to }: { from: Date; to: Date }) =>
    consents.countDocuments({ at: { $gte: from, $lt: to }, kind: { $in: [...kinds] } })
  return {
    countActive: () => subscribers.countDocuments({ status: 'active' }),

    countByDay: (days) =>
      Promise.all(
        days.map(async (day): Promise<Movement> => {
          const [joined, left] = await Promise.all([count(JOINED, day), count(LEFT, day)])
          return { joined, left }
        }),
      ),

    async countByTopic(since) {
      const found = new Map<string, Movement>()
      const moved = consents.find(
        { at: { $gte: since }, kind: { $in: [...JOINED, ...LEFT] } },
        { projection: { subscriber: 1, kind: 1 }, batchSize: CHUNK },
      )
      for await (const chunk of inChunks(moved, CHUNK)) {
        const ids = chunk.flatMap(({ subscriber }) => subscriber ?? [])
        const known = await subscribers.find({ _id: { $in: ids } }, { projection: { topics: 1 } }).toArray()
        const topicsOf = new Map(known.map(({ _id, topics }) => [_id.toHexString(), topics ?? []]))
        for (const { subscriber, kind } of chunk)
          for (const topic of topicsOf.get(subscriber?.toHexString() ?? '') ?? [])
            tally(found, { topicId: topic.toHexString(), kind })
      }
      return [...found].map(([topicId, movement]) => ({ topicId, ...movement }))
    },
  }
}

function tally(found: Map<string, Movement>, { topicId, kind }: { topicId: string; kind: string }): void {
  const movement = found.get(topicId) ?? { joined: 0, left: 0 }
  const isLeft = LEFT.some((left) => left === kind)
  movement[isLeft ? 'left' : 'joined'] += 1
  found.set(topicId, movement)
}
