import { MongoServerError, ObjectId, type Collection, type Db } from 'mongodb'
import type { SuppressionStore } from '../../../newsletter/eventPorts.ts'
import type { Suppression } from '../../../newsletter/model.ts'
import type { SubscriberDocument } from './collections.ts'
import { DUPLICATE_KEY } from './values.ts'

/** As Payload keeps it. What is not there is null. */
type SuppressionDocument = Partial<Omit<Suppression, 'liftedBy'>> &
  Pick<Suppression, 'reason' | 'suppressedAt'> & {
    _id: ObjectId
    addressHash: string
    liftedBy?: ObjectId | null
    importRef?: string | null
    importWas?: object | null
  }

export interface AddressedDocument extends SubscriberDocument {
  consentAt?: Date | null
  unsubscribedAt?: Date | null
  updatedAt?: Date
}

export const suppressionOperations = (db: Db): SuppressionStore => {
  const suppressions: Collection<SuppressionDocument> = db.collection('suppressions')
  const subscribers: Collection<AddressedDocument> = db.collection('subscribers')
  return {
    async readSuppressions(addressHashes) {
      const found = await suppressions.find({ addressHash: { $in: [...addressHashes] } }).toArray()
      return new Map(found.map((document) => [document.addressHash, toSuppression(document)]))
    },

    async writeSuppression({ addressHash, was, next }) {
      if (was && next) {
        const { matchedCount } = await suppressions.updateOne(isAsItWas(addressHash, was), {
          $set: { ...toFields(next), ...OF_NO_IMPORT },
        })
        return matchedCount === 1
      }
      if (was) return (await suppressions.deleteOne(isAsItWas(addressHash, was))).deletedCount === 1
      if (!next) return false
      return insertOnce(() => suppressions.insertOne({ _id: new ObjectId(), addressHash, ...toFields(next) }))
    },

    async findUntoldSuppressions({ limit }) {
      const found = await suppressions
        .find({ toTellProvider: { $in: ['suppress', 'lift'] } })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray()
      return found.map((document) => ({
        addressHash: document.addressHash,
        suppression: toSuppression(document),
      }))
    },

    async findAddressed(email) {
      const found = await subscribers.findOne({ email })
      return found
        ? {
            id: found._id.toHexString(),
            status: found.status,
            consentAt: found.consentAt ?? null,
            unsubscribedAt: found.unsubscribedAt ?? null,
          }
        : null
    },

    async moveAddressed({ email, from, to, now }) {
      const { matchedCount } = await subscribers.updateOne(
        { email, status: { $in: [...from] } },
        { $set: { status: to, updatedAt: now } },
      )
      return matchedCount === 1
    },
  }
}

/** @returns false when there is one of that key already. */
export async function insertOnce(insert: () => Promise<unknown>): Promise<boolean> {
  try {
    await insert()
    return true
  } catch (error) {
    if (error instanceof MongoServerError && error.code === DUPLICATE_KEY) return false
    throw error
  }
}

/** Whoever writes the row owns it: no import takes it back any more, and what it was before is forgotten. */
const OF_NO_IMPORT = { importRef: null, importWas: null }

const toFields = ({ liftedBy, ...suppression }: Suppression) => ({
  ...suppression,
  liftedBy: liftedBy === null ? null : new ObjectId(liftedBy),
})

const isAsItWas = (addressHash: string, was: Suppression) => ({ addressHash, ...toFields(was) })

const toSuppression = (document: SuppressionDocument): Suppression => ({
  email: document.email ?? null,
  reason: document.reason,
  detail: document.detail ?? null,
  suppressedAt: document.suppressedAt,
  liftedAt: document.liftedAt ?? null,
  liftedBy: document.liftedBy?.toHexString() ?? null,
  liftedByName: document.liftedByName ?? null,
  liftedReason: document.liftedReason ?? null,
  madeBy: document.madeBy ?? null,
  statusBefore: document.statusBefore ?? null,
  forgivenAt: document.forgivenAt ?? null,
  toTellProvider: document.toTellProvider ?? null,
})
