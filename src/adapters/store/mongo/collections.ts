import type { ObjectId, Collection, Db } from 'mongodb'
import type {
  BatchStatus,
  CampaignStatus,
  Canary,
  Decision,
  EditionAudience,
  DeliveryCounts,
  DeliveryStatus,
  Exclusion,
  FrozenMail,
  Id,
  Locale,
  Mailing,
  RemailedStatus,
  SubscriberStatus,
  SuppressionReason,
  TransactionalMailKind,
  TransactionalMailStatus,
} from '../../../newsletter/model.ts'
import type { CampaignMove } from '../../../newsletter/rules/campaignMoves.ts'

/** The documents as Payload keeps them; only the fields that the flow touches. What is not there is null. */
export interface CampaignDocument {
  _id: ObjectId
  article: ObjectId
  edition: number
  audience: EditionAudience
  corrects?: number | null
  editionTopicIds?: string[] | null
  subject?: string | null
  status: CampaignStatus
  mailing?: Mailing | null
  topicIds?: string[] | null
  snapshot?: string | null
  /** Without batches: it has none. */
  canary?: Partial<Record<keyof Canary, number | null>> & {
    waitsUntil?: Date | null
    endedAt?: Date | null
  }
  dueAt: Date
  heldAt?: Date | null
  formerVersion?: Id | null
  undoneAt?: Date | null
  undoneBy?: ObjectId | null
  returnedAt?: Date | null
  leaseToken?: string | null
  leaseUntil?: Date | null
  problem?: { code: string | null; message: string | null; at: Date | null } | null
  decision?: { kind: Decision | null; at: Date | null; by: ObjectId | null } | null
  round?: number | null
  remailing?: RemailedStatus | null
  counts?: DeliveryCounts
  movedAt?: Date | null
  startedAt?: Date | null
  finishedAt?: Date | null
  createdAt?: Date
  updatedAt?: Date
  firstEventAt?: Date | null
  /** See Store; not there on those of an earlier version. */
  moves?: CampaignMove[]
  countsRevision?: number | null
  /** The last round of which batches may have been reopened. Ours alone. */
  begunRound?: number
  /** How often the provider told later that a mail was taken of which nobody knew. Ours alone. */
  resettled?: number | null
  /** The number of the next part of a batch; not there before one was parted. Ours alone. */
  nextNumber?: number
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
  /** Not there on those of a version before rounds: 0. */
  round?: number
  remails?: RemailedStatus | null
  sealedAt: Date | null
  exclusions: Exclusion[] | null
  recipients?: Id[] | null
  inDoubtSince: Date | null
  calledWith?: string | null
  /** Not there on those of an earlier version. */
  postponedSince?: Date | null
  settledAt?: Date | null
  erasedAt?: Date | null
  leaseToken: string | null
  leaseUntil: Date | null
  /** That it is being parted, and how; see splitBatch. Ours alone. */
  split?: Split | null
}

/** Parts of `size` mails each, numbered from `first`. */
export interface Split {
  first: number
  parts: number
  size: number
}

export interface DeliveryDocument {
  _id: ObjectId
  campaign: ObjectId
  snapshot: string
  /** Null once it was erased. */
  subscriber: ObjectId | null
  subscriberRef: string
  /** Not there in a row that an earlier version wrote. */
  linkKey?: string | null
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
  deliveredAt?: Date | null
  delayedAt?: Date | null
  bouncedAt?: Date | null
  complainedAt?: Date | null
  failedAt?: Date | null
  /** After round 0: the last round in which it was settled, and the last that looked up its address. Ours alone. */
  settledIn?: number
  addressedIn?: number
  /** The provider told that it was taken, and its campaign does not know yet: see settleTaken. Ours alone. */
  isUncounted?: boolean
}

export interface SubscriberDocument {
  _id: ObjectId
  /** Not there until giveLinkKeys has seen a row of an earlier version. */
  linkKey?: string | null
  takesKeylessLinks?: boolean
  email: string
  name?: string | null
  locale: Locale
  status: SubscriberStatus
  topics?: ObjectId[]
  pausedUntil?: Date | null
  createdAt?: Date
  consentAt?: Date | null
}

export interface ArticleDocument {
  _id: ObjectId
  _status?: string
  deletedAt?: Date | null
  updatedAt?: Date
  newsletter?: { send?: boolean }
}

export interface TransactionalMailDocument {
  _id: ObjectId
  kind: TransactionalMailKind
  status: TransactionalMailStatus
  reason?: string | null
  detail?: string | null
  providerId?: string | null
  settledAt?: Date | null
  mail?: FrozenMail | null
  idempotencyKey: string
  attempts: number
  dueAt: Date
  validUntil?: Date | null
  inDoubtSince?: Date | null
  calledWith?: string | null
  problemSince?: Date | null
  leaseToken?: string | null
  leaseUntil?: Date | null
}

/** A posted event, see eventQueue.ts. */
export interface WaitingEventDocument {
  _id: ObjectId
  eventId: string
  body: string
  receivedAt: Date
  /** Null: it is set aside. */
  dueAt: Date | null
  tries: number
  leaseToken?: string | null
  setAsideAt?: Date | null
  reason?: string | null
}

/** As much of it as the flow asks for; suppressions.ts has the whole. */
export interface SuppressedDocument {
  _id: ObjectId
  addressHash: string
  reason: SuppressionReason
  liftedAt?: Date | null
}

export interface WorkerDocument {
  _id: ObjectId
  worker: string
  mailer: string
  startedAt: Date
  seenAt: Date
}

export interface CallRateDocument {
  _id: ObjectId
  mailer: string
  perSecond: number
  /** In milliseconds since 1970, with fractions. */
  nextPlace: number
}

export interface Collections {
  campaigns: Collection<CampaignDocument>
  batches: Collection<BatchDocument>
  deliveries: Collection<DeliveryDocument>
  subscribers: Collection<SubscriberDocument>
  articles: Collection<ArticleDocument>
  transactionalMails: Collection<TransactionalMailDocument>
  suppressions: Collection<SuppressedDocument>
  waitingEvents: Collection<WaitingEventDocument>
  workers: Collection<WorkerDocument>
  callRates: Collection<CallRateDocument>
}

export const collectionsOf = (db: Db): Collections => ({
  campaigns: db.collection('campaigns'),
  batches: db.collection('batches'),
  deliveries: db.collection('deliveries'),
  subscribers: db.collection('subscribers'),
  articles: db.collection('articles'),
  transactionalMails: db.collection('transactional-mails'),
  suppressions: db.collection('suppressions'),
  waitingEvents: db.collection('waiting-events'),
  workers: db.collection('workers'),
  callRates: db.collection('call-rates'),
})
