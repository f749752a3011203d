import { ObjectId, type Db } from 'mongodb'
import type { EventQueue } from '../../../newsletter/queuePorts.ts'
import { collectionsOf } from './collections.ts'
import { insertEachEvent, later } from './values.ts'

/** The webhook queue on MongoDB. */
export const mongoEventQueue = (db: Db): EventQueue => {
  const { waitingEvents: waiting } = collectionsOf(db)
  const isAside = { setAsideAt: { $ne: null } }
  return {
    async keep(events) {
      const applied = await db
        .collection<{ eventId: string }>('provider-events')
        .find({ eventId: { $in: idsOf(events) }, appliedAt: { $ne: null } }, { projection: { eventId: 1 } })
        .toArray()
      const isApplied = new Set(idsOf(applied))
      // Twice in one set, an event is new the first time.
      const once = new Map(events.toReversed().map((event) => [event.eventId, event]))
      const rows = events
        .filter((event) => once.get(event.eventId) === event)
        .filter(({ eventId }) => !isApplied.has(eventId))
        .map(({ eventId, body, receivedAt }) => ({
          ...{ _id: new ObjectId(), eventId, body, receivedAt, dueAt: receivedAt, tries: 0 },
        }))
      const waits = await insertEachEvent(waiting, rows)
      return events.map((event) => {
        const { eventId } = event
        return once.get(eventId) !== event || isApplied.has(eventId) || waits.has(eventId) ? 'known' : 'new'
      })
    },

    count: async (limit) => Math.min(limit, await waiting.estimatedDocumentCount()),

    /** Of two workers who find the same rows each gets those that it marks. */
    async claim({ tried, limit, now, lease: { token: leaseToken, ms } }) {
      const isDue = { tries: { $in: [...tried] }, dueAt: { $lte: now } }
      const found = await waiting.find(isDue, { projection: { _id: 1 }, sort: { dueAt: 1 }, limit }).toArray()
      if (found.length === 0) return []
      const ids = { $in: found.map(({ _id }) => _id) }
      const claimed = { $set: { leaseToken, dueAt: later(now, ms) }, $inc: { tries: 1 } }
      await waiting.updateMany({ _id: ids, ...isDue }, claimed)
      const mine = await waiting.find({ _id: ids, leaseToken }).toArray()
      return mine.map(({ _id, eventId, body, receivedAt, tries }) => ({
        ...{ id: _id.toHexString(), eventId, body, receivedAt, tries },
      }))
    },

    async remove(ids) {
      await waiting.deleteMany({ _id: these(ids) })
    },

    async postpone({ ids, dueAt }) {
      await waiting.updateMany({ _id: these(ids) }, { $set: { dueAt } })
    },

    async setAside({ id, reason, now }) {
      await waiting.updateOne({ _id: new ObjectId(id) }, { $set: { dueAt: null, setAsideAt: now, reason } })
    },

    async trimSetAside(most) {
      const old = await waiting
        .find(isAside, { projection: { _id: 1 }, sort: { setAsideAt: -1 }, skip: most })
        .toArray()
      if (old.length === 0) return 0
      return (await waiting.deleteMany({ _id: { $in: old.map(({ _id }) => _id) } })).deletedCount
    },

    async retrySetAside({ tries, now }) {
      const again = { dueAt: now, tries, setAsideAt: null, reason: null }
      return (await waiting.updateMany(isAside, { $set: again })).modifiedCount
    },

    async readLength() {
      const [count, setAside, oldest] = await Promise.all([
        waiting.estimatedDocumentCount(),
        waiting.countDocuments(isAside),
        waiting.findOne({ setAsideAt: null }, { sort: { _id: 1 }, projection: { receivedAt: 1 } }),
      ])
      return { waiting: count - setAside, oldestReceivedAt: oldest?.receivedAt ?? null, setAside }
    },
  }
}

const idsOf = (events: readonly { eventId: string }[]) => events.map(({ eventId }) => eventId)
const these = (ids: readonly string[]) => ({ $in: ids.map((id) => new ObjectId(id)) })
