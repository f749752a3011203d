import type {
  BatchStatus,
  CampaignStatus,
  DeliveryCounts,
  DeliveryStatus,
  Exclusion,
  Id,
  Locale,
  Mailing,
  Problem,
  SubscriberStatus,
} from '../../../newsletter/model.ts'

/** The rows of the flow as every store keeps them, whatever its database calls the parts. */
export interface Rows {
  articles: ArticleRow[]
  subscribers: SubscriberRow[]
  campaigns: CampaignRow[]
  batches: BatchRow[]
  deliveries: DeliveryRow[]
}

export interface ArticleRow {
  id: Id
  isPublished: boolean
  wantsNewsletter: boolean
}

export interface SubscriberRow {
  id: Id
  email: string
  name: string | null
  locale: Locale
  status: SubscriberStatus
  topicIds: Id[]
}

interface Leased {
  leaseToken: string | null
  leaseUntil: Date | null
}

export interface CampaignRow extends Leased {
  id: Id
  articleId: Id
  status: CampaignStatus
  subject: string | null
  topicIds: Id[] | null
  mailing: Mailing | null
  /** Whose rows count: the token of the worker that opened it. */
  snapshot: string | null
  dueAt: Date
  problem: (Problem & { at: Date }) | null
  /** Kept when it is finished; until then those of the rows hold. */
  counts: DeliveryCounts
  startedAt: Date | null
  finishedAt: Date | null
  updatedAt: Date
}

export interface BatchRow extends Leased {
  id: Id
  campaignId: Id
  snapshot: string
  number: number
  status: BatchStatus
  idempotencyKey: string
  attempts: number
  dueAt: Date
  sealedAt: Date | null
  exclusions: Exclusion[] | null
  inDoubtSince: Date | null
}

export interface DeliveryRow {
  id: Id
  campaignId: Id
  snapshot: string
  subscriberId: Id
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

export const NO_COUNTS: DeliveryCounts = {
  recipients: 0,
  submitted: 0,
  rejected: 0,
  excluded: 0,
  uncertain: 0,
  delivered: 0,
  bounced: 0,
  complained: 0,
}

export const emptyRows = (): Rows => ({
  articles: [],
  subscribers: [],
  campaigns: [],
  batches: [],
  deliveries: [],
})

export const NO_LEASE: Leased = { leaseToken: null, leaseUntil: null }

export const isFreeAt = ({ leaseUntil }: Leased, now: Date): boolean =>
  leaseUntil === null || leaseUntil <= now

/** What a worker holds from now on. */
export const leaseFrom = ({ now, lease }: { now: Date; lease: { token: string; ms: number } }): Leased => ({
  leaseToken: lease.token,
  leaseUntil: new Date(now.getTime() + lease.ms),
})

/** The one that has waited longest. */
export const firstDue = <Row extends { id: Id; dueAt: Date }>(rows: Row[]): Row | undefined =>
  rows.toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime())[0]

/** Changes a row when there is one: what a conditional write does. */
export function write<Row extends object>(row: Row | undefined, change: Partial<Row>): boolean {
  if (!row) return false
  Object.assign(row, change)
  return true
}
