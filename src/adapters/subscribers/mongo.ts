import { type Db, MongoBulkWriteError, ObjectId } from 'mongodb'
import type { Locale } from '../../newsletter/model.ts'
import type { NewSubscriber, SubscriberList } from '../../subscribers/ports.ts'

/** A subscriber as Payload writes one: what is not said is not there. */
interface SubscriberDocument {
  _id: ObjectId
  email: string
  name?: string
  locale: Locale
  topics?: ObjectId[]
  status: 'active'
  consentSource: string
  consentAt: Date
  unsubscribedAt: null
  createdAt: Date
  updatedAt: Date
  __v: number
}

const DUPLICATE_KEY = 11_000

/** The list of subscribers on MongoDB: documents as Payload writes them, many per call. */
export const mongoSubscriberList = (db: Db): SubscriberList => {
  const collection = db.collection<SubscriberDocument>('subscribers')
  return {
    async readTopics() {
      const topics = await db
        .collection('topics')
        .find({}, { projection: { slug: 1 } })
        .toArray()
      return new Map(topics.map(({ _id, slug }) => [String(slug), _id.toHexString()]))
    },

    async addNew({ subscribers, now }) {
      const documents = subscribers.map((subscriber) => toDocument({ subscriber, now }))
      try {
        await collection.insertMany(documents, { ordered: false })
        return []
      } catch (error) {
        const there = takenAddresses({ error, subscribers })
        const found = collection.find({ email: { $in: there } }, { projection: { email: 1, createdAt: 1 } })
        return (await found.toArray()).map(({ email, createdAt }) => ({ email, createdAt }))
      }
    },
  }
}

const toDocument = ({ subscriber, now }: { subscriber: NewSubscriber; now: Date }): SubscriberDocument => ({
  _id: new ObjectId(),
  email: subscriber.email,
  ...(subscriber.name === null ? {} : { name: subscriber.name }),
  locale: subscriber.locale,
  ...(subscriber.topicIds.length === 0 ? {} : { topics: subscriber.topicIds.map((id) => new ObjectId(id)) }),
  status: 'active',
  consentSource: subscriber.consentSource,
  consentAt: now,
  unsubscribedAt: null,
  createdAt: now,
  updatedAt: now,
  __v: 0,
})

/** @throws the error itself when it is about anything but an address that somebody has. */
function takenAddresses({
  error,
  subscribers,
}: {
  error: unknown
  subscribers: readonly NewSubscriber[]
}): string[] {
  if (!(error instanceof MongoBulkWriteError)) throw error
  const refused = Array.isArray(error.writeErrors) ? error.writeErrors : [error.writeErrors]
  if (refused.some(({ code }) => code !== DUPLICATE_KEY)) throw error
  return refused.flatMap(({ index }) => subscribers[index]?.email ?? [])
}
