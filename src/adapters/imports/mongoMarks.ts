import type { Collection, ObjectId } from 'mongodb'
import type { ImportRun } from '../../subscribers/importRuns.ts'
import type { OnMongo, SubscriberDocument } from '../subscribers/mongoDocuments.ts'

/** Somebody active whom an undo is about to remove. `left`: the file said of them when they had left, some time before. */
type MarkedSubscriber = SubscriberDocument & { removing?: 'never-left' | 'left' }

const asAdded = (run: ImportRun) => ({
  importRef: run.id,
  createdAt: run.startedAt,
  updatedAt: run.startedAt,
})

/**
 * MongoDB cannot look for somebody's mails and remove the person in one write. So the undo first marks everybody who may go: it
 * gives them a status that gets no newsletter, and that still lets them leave. Then it looks once more who was mailed.
 */
export const mongoMarks = ({
  subscribers,
  consents,
  suppressions,
  hashOf,
}: Pick<OnMongo, 'consents' | 'suppressions' | 'hashOf'> & {
  subscribers: Collection<MarkedSubscriber>
}) => ({
  /** As they were added, at the very moment: every write of a subscriber moves `updatedAt`. */
  async mark(run: ImportRun, ids: ObjectId[]): Promise<void> {
    const free = { _id: { $in: ids }, ...asAdded(run), status: 'active' as const }
    await subscribers.updateMany(
      { ...free, unsubscribedAt: null },
      { $set: { status: 'suppressed', removing: 'never-left' } },
    )
    await subscribers.updateMany(free, { $set: { status: 'suppressed', removing: 'left' } })
  },

  async remove(run: ImportRun, ids: ObjectId[]): Promise<void> {
    await subscribers.deleteMany({ _id: { $in: ids }, ...asAdded(run), status: { $ne: 'active' } })
  },

  /** Those who stay after all, also of an undo that was cut off: those named, and those who were written to since. */
  async giveBack(run: ImportRun, { ids, kept }: { ids: ObjectId[]; kept: ObjectId[] }): Promise<void> {
    const stays = [{ _id: { $in: kept } }, { updatedAt: { $ne: run.startedAt } }]
    const marked = await subscribers
      .find({ _id: { $in: ids }, removing: { $in: ['never-left', 'left'] }, $or: stays })
      .toArray()
    for (const { _id, email, removing } of marked) {
      const isAsMarked = { _id, status: 'suppressed' as const, removing }
      const leftSince = { subscriber: _id, kind: 'withdrawn', key: { $not: /^import:/ } }
      const hasLeft = (await consents.findOne(leftSince, { projection: { _id: 1 } })) !== null
      // Who leaves is given a time by it, unless the file gave one. A leaving that is written from now on finds them active.
      if (!hasLeft)
        await subscribers.updateOne(
          { ...isAsMarked, ...(removing === 'never-left' && { unsubscribedAt: null }) },
          { $set: { status: 'active' } },
        )
      await subscribers.updateOne(isAsMarked, { $set: { status: 'unsubscribed' } })
      // Asked after it: a suppression that is written from now on moves them itself.
      if (await suppressions.findOne({ addressHash: hashOf(email), liftedAt: null }))
        await subscribers.updateOne(
          { _id, status: { $in: ['active', 'unsubscribed'] } },
          { $set: { status: 'suppressed' } },
        )
      // Last: whoever is cut off before it does all of this once more.
      await subscribers.updateOne({ _id }, { $unset: { removing: 1 } })
    }
  },
})
