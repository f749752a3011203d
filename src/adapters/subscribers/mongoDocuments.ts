import { ObjectId, type Collection, type Db } from 'mongodb'
import type { Locale, SubscriberStatus } from '../../newsletter/model.ts'
import { newLinkKey } from '../../newsletter/rules/readerToken.ts'
import type { ImportedSuppression, ListedSubscriber, NewSubscriber } from '../../subscribers/ports.ts'

/** A subscriber as Payload writes one: what is not said is not there. */
export interface SubscriberDocument {
  _id: ObjectId
  linkKey: string
  email: string
  name?: string | null
  locale: Locale
  topics?: ObjectId[] | null
  status: SubscriberStatus
  consentSource?: string | null
  consentAt?: Date | null
  unsubscribedAt?: Date | null
  pausedUntil?: Date | null
  askedAt?: Date | null
  importRef?: string | null
  createdAt: Date
  updatedAt: Date
  __v: number
}

export interface ConsentDocument {
  _id: ObjectId
  subscriber: ObjectId
  kind: string
  at: Date
  text: string | null
  locale: Locale
  source: string
  by?: ObjectId
  byName?: string
  agreedAt?: Date
  importRef?: string
  key: string
  __v: number
}

export interface SuppressionDocument {
  _id: ObjectId
  addressHash: string
  email?: string | null
  reason: string
  detail?: string | null
  suppressedAt?: Date
  statusBefore?: string | null
  madeBy?: string | null
  liftedAt?: Date | null
  toTellProvider?: string | null
  importRef?: string | null
  importWas?: FormerSuppression | null
}

/** What a suppression was before an import made it hold again. */
export type FormerSuppression = Pick<
  SuppressionDocument,
  'email' | 'reason' | 'detail' | 'suppressedAt' | 'statusBefore' | 'madeBy' | 'liftedAt' | 'toTellProvider'
>

interface TopicDocument {
  _id: ObjectId
  slug: string
  name?: string | Record<string, string>
}

export interface OnMongo {
  imports: Collection<{ undoAskedAt?: Date | null }>
  subscribers: Collection<SubscriberDocument>
  consents: Collection<ConsentDocument>
  suppressions: Collection<SuppressionDocument>
  topics: Collection<TopicDocument>
  hashOf: (email: string) => string
}

export const openLists = (db: Db): Omit<OnMongo, 'hashOf'> => ({
  imports: db.collection('imports'),
  subscribers: db.collection('subscribers'),
  consents: db.collection('consents'),
  suppressions: db.collection('suppressions'),
  topics: db.collection('topics'),
})

export const toDocument = ({
  subscriber: { email, name, locale, topicIds, status, consentSource, consentAt, ...times },
  now,
  run,
}: {
  subscriber: NewSubscriber
  now: Date
  run: string | null
}): SubscriberDocument => ({
  _id: new ObjectId(),
  linkKey: newLinkKey(),
  email,
  ...(name === null ? {} : { name }),
  locale,
  ...(topicIds.length === 0 ? {} : { topics: topicIds.map((id) => new ObjectId(id)) }),
  status,
  ...(consentSource === null ? {} : { consentSource }),
  ...(consentAt === null ? {} : { consentAt }),
  unsubscribedAt: times.unsubscribedAt,
  ...(times.pausedUntil === null ? {} : { pausedUntil: times.pausedUntil }),
  ...(times.askedAt === null ? {} : { askedAt: times.askedAt }),
  ...(run !== null && { importRef: run }),
  createdAt: now,
  updatedAt: now,
  __v: 0,
})

export const toListed = ({
  document: { email, name, locale, topics, status, ...said },
  slugs,
  reasons,
}: {
  document: SubscriberDocument
  /** By the ids of topics. */
  slugs: ReadonlyMap<string, string>
  /** By the addresses of those who are suppressed. */
  reasons: ReadonlyMap<string, string>
}): ListedSubscriber => ({
  email,
  name: name ?? null,
  locale,
  topics: (topics ?? []).flatMap((id) => slugs.get(id.toHexString()) ?? []),
  status,
  consentSource: said.consentSource ?? null,
  consentAt: said.consentAt ?? null,
  unsubscribedAt: said.unsubscribedAt ?? null,
  pausedUntil: said.pausedUntil ?? null,
  askedAt: said.askedAt ?? null,
  suppression: status === 'suppressed' ? reasonOf(reasons.get(email)) : null,
})

const reasonOf = (reason: string | undefined): ImportedSuppression =>
  reason === 'bounced' || reason === 'complained' || reason === 'provider' ? reason : 'manual'
