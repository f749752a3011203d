import { type ObjectId, type Collection, type Db } from 'mongodb'
import type {
  BatchStatus,
  CampaignStatus,
  DeliveryStatus,
  Exclusion,
  Locale,
  Mailing,
  SubscriberStatus,
} from '../../../newsletter/model.ts'

/** The documents as Payload keeps them; only the fields that the flow touches. */
export interface CampaignDocument {
  _id: ObjectId
  article: ObjectId
  subject?: string | null
  status: CampaignStatus
  mailing?: Mailing | null
  topicIds?: string[] | null
  snapshot?: string | null
  dueAt: Date
  leaseToken?: string | null
  leaseUntil?: Date | null
  problem?: { code: string | null; message: string | null; at: Date | null } | null
  counts?: Record<string, number>
  startedAt?: Date | null
  finishedAt?: Date | null
  updatedAt?: Date
}

export interface BatchDocument {
  _id: ObjectId
  campaign: ObjectId
  snapshot: string
  number: number
  status: BatchStatus
  idempotencyKey: string
  attempts: number
  dueAt: Date
  sealedAt: Date | null
  exclusions: Exclusion[] | null
  inDoubtSince: Date | null
  leaseToken: string | null
  leaseUntil: Date | null
}

export interface DeliveryDocument {
  _id: ObjectId
  campaign: ObjectId
  snapshot: string
  subscriber: ObjectId
  subscriberRef: string
  email: string
  name: string | null
  locale: Locale
  status: DeliveryStatus
  batchNumber: number
  position: number
  reason: string | null
  detail: string | null
  providerId: string | null
  settledAt: Date | null
}

export interface SubscriberDocument {
  _id: ObjectId
  email: string
  name?: string | null
  locale: Locale
  status: SubscriberStatus
  topics?: ObjectId[]
}

export interface ArticleDocument {
  _id: ObjectId
  _status?: string
  deletedAt?: Date | null
  newsletter?: { send?: boolean }
}

export interface Collections {
  campaigns: Collection<CampaignDocument>
  batches: Collection<BatchDocument>
  deliveries: Collection<DeliveryDocument>
  subscribers: Collection<SubscriberDocument>
  articles: Collection<ArticleDocument>
}

export const collectionsOf = (db: Db): Collections => ({
  campaigns: db.collection('campaigns'),
  batches: db.collection('batches'),
  deliveries: db.collection('deliveries'),
  subscribers: db.collection('subscribers'),
  articles: db.collection('articles'),
})

export const later = (date: Date, ms: number): Date => new Date(date.getTime() + ms)

export const NO_PROBLEM = { problem: { code: null, message: null, at: null } }

export const NO_LEASE = { leaseToken: null, leaseUntil: null }

/** Nobody holds it, or no longer. */
export const isFreeAt = (now: Date) => ({ $or: [{ leaseUntil: null }, { leaseUntil: { $lte: now } }] })

/** What no row has: the snapshot of a campaign that never opened. */
export const NO_SNAPSHOT = ''

/** Reads a cursor a chunk at a time. */
export async function* inChunks<T>(cursor: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let chunk: T[] = []
  for await (const document of cursor) {
    chunk.push(document)
    if (chunk.length < size) continue
    yield chunk
    chunk = []
  }
  if (chunk.length > 0) yield chunk
}
