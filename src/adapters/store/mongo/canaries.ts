import { ObjectId } from 'mongodb'
import type { Store } from '../../../newsletter/ports.ts'
import type { Collections } from './collections.ts'
import { hasUnsettledBatch, ofCanary } from './finishing.ts'
import { NO_SNAPSHOT, pushMove } from './values.ts'

export const canaryOperations = ({
  campaigns,
  batches,
}: Pick<Collections, 'campaigns' | 'batches'>): Pick<
  Store,
  'findDueCanaries' | 'awaitCanary' | 'endCanary'
> => ({
  async findDueCanaries({ now }) {
    const found = await campaigns
      .find(
        { status: 'canary', $or: [{ 'canary.waitsUntil': null }, { 'canary.waitsUntil': { $lte: now } }] },
        { projection: { snapshot: 1, status: 1, canary: 1 } },
      )
      .toArray()
    const due = await Promise.all(
      found.map(async ({ _id, snapshot, status, canary }) => {
        const waitsUntil = canary?.waitsUntil ?? null
        const own = { campaign: _id, snapshot: snapshot ?? NO_SNAPSHOT, only: ofCanary({ status, canary }) }
        if (!waitsUntil && (await hasUnsettledBatch({ batches, ...own }))) return []
        return [{ id: _id.toHexString(), minutes: canary?.minutes ?? 0, waitsUntil }]
      }),
    )
    return due.flat()
  },

  async awaitCanary({ id, until, now }) {
    await campaigns.updateOne(
      { _id: new ObjectId(id), status: 'canary', 'canary.waitsUntil': null },
      { $set: { 'canary.waitsUntil': until, updatedAt: now } },
    )
  },

  async endCanary({ id, problem, now }) {
    const { matchedCount } = await campaigns.updateOne(
      { _id: new ObjectId(id), status: 'canary', 'canary.waitsUntil': { $lte: now } },
      {
        $set: {
          ...{ status: problem ? 'paused' : 'submitting', 'canary.endedAt': now },
          ...{ movedAt: now, updatedAt: now },
          ...(problem && { problem: { ...problem, at: now } }),
        },
        $push: pushMove({ to: problem ? 'paused' : 'submitting', problem, now }),
      },
    )
    return matchedCount === 1
  },
})
