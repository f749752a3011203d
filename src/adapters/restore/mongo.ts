import type { Collection, Db, ObjectId } from 'mongodb'
import type { FolderRows, UnfinishedRows } from '../../restore/ports.ts'
import { collectionsOf, type CampaignDocument, type Collections } from '../store/mongo/collections.ts'
import { hasUnsettledBatch } from '../store/mongo/finishing.ts'
import { IN_CANARY, NO_LEASE, NOTHING_FIXED, pushMove, upsert } from '../store/mongo/values.ts'

/** More marks than any installation leaves between a backup and its restore. */
const FAR_AHEAD = 1_000_000

interface FolderDocument {
  folder: string
  mark: number
}

export const mongoFolderRows = (db: Db): FolderRows => {
  const folders: Collection<FolderDocument> = db.collection('data-folders')
  return {
    readMark: async (folder) => (await folders.findOne({ folder }))?.mark ?? null,
    hasAny: async () => (await folders.findOne({}, { projection: { _id: 1 } })) !== null,
    put: async ({ folder, mark }) => {
      await upsert(() => folders.updateOne({ folder }, { $set: { mark } }, { upsert: true }))
    },
    advance: async (folder) => {
      const found = await folders.findOneAndUpdate(
        { folder },
        { $inc: { mark: 1 } },
        { returnDocument: 'after' },
      )
      return found?.mark ?? null
    },
  }
}

export const mongoUnfinishedRows = (db: Db): UnfinishedRows => {
  const rows = collectionsOf(db)
  const { campaigns, transactionalMails } = rows
  const isMailing = async () => (await campaigns.findOne(IS_MAILING, { projection: { _id: 1 } })) !== null
  return {
    isMailing,

    hasCampaigns: async () => (await isMailing()) || (await findStopped(rows)).length > 0,

    countPlans: () => db.collection('plans').countDocuments({ status: { $in: ['waiting', 'running'] } }),

    /** Campaigns first, so that nobody claims of them; what is settled last is what says that there is still something to do. */
    async pauseAll({ problem, now }) {
      const paused = {
        ...{ status: 'paused' as const, problem: { ...problem, at: now } },
        ...{ movedAt: now, updatedAt: now, ...NO_LEASE },
      }
      const $push = pushMove({ to: 'paused', problem, now })
      await campaigns.updateMany(
        { ...IS_MAILING, snapshot: null },
        { $set: { ...paused, ...NOTHING_FIXED }, $push },
      )
      await campaigns.updateMany(IS_MAILING, { $set: paused, $push })
      for (const campaign of await findStopped(rows)) {
        await leaveUncertain(rows, { campaign, now })
        // Of those that were paused before.
        await campaigns.updateOne(
          { _id: campaign._id, 'problem.code': { $ne: problem.code } },
          { $set: paused, $push },
        )
        await campaigns.updateOne({ _id: campaign._id }, { $set: { remailing: null, ...NO_LEASE } })
        await campaigns.updateOne({ _id: campaign._id, ...IN_CANARY }, { $set: { 'canary.endedAt': now } })
        await rows.batches.updateMany(
          { ...rowsOf(campaign), status: 'pending' },
          { $set: { status: 'settled', settledAt: now, ...NO_LEASE } },
        )
      }
      await transactionalMails.updateMany(
        { status: 'pending' },
        { $set: { ...uncertainAt(now), ...NO_LEASE } },
      )
      await db.collection<FolderDocument>('data-folders').updateMany({}, { $inc: { mark: FAR_AHEAD } })
    },
  }
}

const IS_MAILING = {
  status: {
    $in: ['holding', 'scheduled', 'preparing', 'canary', 'submitting'] as CampaignDocument['status'][],
  },
}

const uncertainAt = (now: Date) => ({
  ...{ status: 'uncertain' as const, reason: 'restored', detail: null },
  settledAt: now,
})

interface Opened {
  _id: ObjectId
  snapshot: string
  remailing: CampaignDocument['remailing']
}

const rowsOf = ({ _id: campaign, snapshot }: Opened) => ({ campaign, snapshot })

/** Paused, and somebody would be mailed when it goes on. */
async function findStopped({ campaigns, batches }: Collections): Promise<Opened[]> {
  const paused = await campaigns
    .find({ status: 'paused', snapshot: { $ne: null } }, { projection: { snapshot: 1, remailing: 1 } })
    .toArray()
  const found = await Promise.all(
    paused.map(async ({ _id, snapshot, remailing = null }) => {
      const campaign = { _id, snapshot: snapshot ?? '', remailing }
      const isUnsettled = await hasUnsettledBatch({ batches, campaign: _id, snapshot: campaign.snapshot })
      return isUnsettled || remailing !== null ? [campaign] : []
    }),
  )
  return found.flat()
}

async function leaveUncertain(
  { batches, deliveries }: Collections,
  { campaign, now }: { campaign: Opened; now: Date },
): Promise<void> {
  const own = rowsOf(campaign)
  await deliveries.updateMany({ ...own, status: 'pending' }, { $set: uncertainAt(now) })
  // Refused ones that were to be mailed again: by a request that no worker has carried out, or by a batch that waits.
  if (campaign.remailing === 'rejected')
    await deliveries.updateMany({ ...own, status: 'rejected' }, { $set: uncertainAt(now) })
  const again = await batches
    .find({ ...own, status: 'pending', remails: 'rejected' }, { projection: { number: 1 } })
    .toArray()
  if (again.length > 0)
    await deliveries.updateMany(
      { ...own, status: 'rejected', batchNumber: { $in: again.map(({ number }) => number) } },
      { $set: uncertainAt(now) },
    )
}
