import type {
  BatchStatus,
  CampaignStatus,
  Canary,
  Decision,
  DeliveryCounts,
  DeliveryStatus,
  EditionAudience,
  Exclusion,
  FrozenMail,
  Id,
  Locale,
  Mailing,
  Problem,
  RemailedStatus,
  SubscriberStatus,
  SuppressionReason,
  TransactionalMailKind,
  TransactionalMailStatus,
} from '../../../newsletter/model.ts'
import { moveTo, withMove, type CampaignMove } from '../../../newsletter/rules/campaignMoves.ts'

/** The rows of the flow as every store keeps them, whatever its database calls the parts. */
export interface Rows {
  articles: ArticleRow[]
  subscribers: SubscriberRow[]
  campaigns: CampaignRow[]
  batches: BatchRow[]
  deliveries: DeliveryRow[]
  transactionalMails: TransactionalMailRow[]
  suppressions: SuppressionRow[]
  workers: WorkerRow[]
  callRates: CallRateRow[]
}

export interface ArticleRow {
  id: Id
  isPublished: boolean
  wantsNewsletter: boolean
  savedAt: Date
}

export interface SubscriberRow {
  id: Id
  /** Null in a row of an earlier version. */
  linkKey: string | null
  email: string
  name: string | null
  locale: Locale
  status: SubscriberStatus
  topicIds: Id[]
  /** Gets nothing until then. */
  pausedUntil: Date | null
  /** When the row was made, or its consent given, whichever is later. */
  joinedAt: Date
}

interface Leased {
  leaseToken: string | null
  leaseUntil: Date | null
}

export interface CampaignRow extends Leased {
  id: Id
  articleId: Id
  /** See Edition. */
  edition: number
  audience: EditionAudience
  corrects: number | null
  editionTopicIds: Id[] | null
  status: CampaignStatus
  subject: string | null
  topicIds: Id[] | null
  mailing: Mailing | null
  /** Whose rows count: the token of the worker that opened it. */
  snapshot: string | null
  /** Fixed when it opened; null: it has none. See Canary. */
  canary: CanaryRow | null
  dueAt: Date
  /** When the article was published, and the version of it that was public before; see CampaignStart. */
  heldAt: Date | null
  formerVersion: Id | null
  /** When it was undone in its hold, by whom, and when its article was back. */
  undoneAt: Date | null
  undoneBy: Id | null
  returnedAt: Date | null
  problem: (Problem & { at: Date }) | null
  /** What staff decided of the uncertain, who and when. */
  decision: { kind: Decision; at: Date; by: Id } | null
  /** How often staff had deliveries mailed again. */
  round: number
  /** What staff asked to have mailed again, until it is carried out. */
  remailing: RemailedStatus | null
  /** Kept when it is finished; until then those of the rows hold. */
  counts: DeliveryCounts
  /** When its status changed last. */
  movedAt: Date | null
  startedAt: Date | null
  finishedAt: Date | null
  updatedAt: Date
  /** See Store. */
  moves: CampaignMove[]
}

export interface CanaryRow extends Canary {
  /** When all of it is mailed: until when it waits for events. */
  waitsUntil: Date | null
  /** When it was over, whatever came of it. */
  endedAt: Date | null
}

/** Whether a batch may be mailed as its campaign stands: in its canary only those of that. */
export const isOpenFor = (campaign: CampaignRow | undefined, { number }: Pick<BatchRow, 'number'>): boolean =>
  campaign?.status === 'submitting' ||
  (campaign?.status === 'canary' && number < (campaign.canary?.batches ?? 0))

/** Whether mails of it are handed over. */
export const isMailing = (campaign: CampaignRow | undefined): campaign is CampaignRow =>
  campaign?.status === 'submitting' || campaign?.status === 'canary'

/** Whether its article has a later edition, which was not undone. */
export const hasLaterEdition = ({ campaigns }: Pick<Rows, 'campaigns'>, of: CampaignRow): boolean =>
  campaigns.some(
    ({ articleId, edition, status, snapshot }) =>
      articleId === of.articleId && edition > of.edition && (status !== 'cancelled' || snapshot !== null),
  )

export interface BatchRow extends Leased {
  id: Id
  campaignId: Id
  snapshot: string
  number: number
  status: BatchStatus
  idempotencyKey: string
  attempts: number
  dueAt: Date
  /** The campaign's round that it is in, and which deliveries it mails after round 0. */
  round: number
  remails: RemailedStatus | null
  sealedAt: Date | null
  /** Fixed with its bytes: in round 0 who is not mailed, after it who is. */
  exclusions: Exclusion[] | null
  recipients: Id[] | null
  inDoubtSince: Date | null
  calledWith: string | null
  postponedSince: Date | null
  settledAt: Date | null
}

export interface DeliveryRow {
  id: Id
  campaignId: Id
  snapshot: string
  subscriberId: Id
  linkKey: string | null
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

export interface TransactionalMailRow extends Leased {
  id: Id
  kind: TransactionalMailKind
  status: TransactionalMailStatus
  reason: string | null
  detail: string | null
  providerId: string | null
  settledAt: Date | null
  mail: FrozenMail | null
  idempotencyKey: string
  attempts: number
  dueAt: Date
  validUntil: Date | null
  inDoubtSince: Date | null
  calledWith: string | null
  problemSince: Date | null
}

/** As much of it as the flow asks for. */
export interface SuppressionRow {
  addressHash: string
  reason: SuppressionReason
  liftedAt: Date | null
}

export interface WorkerRow {
  worker: string
  mailer: string
  startedAt: Date
  seenAt: Date
}

export interface CallRateRow {
  mailer: string
  perSecond: number
  /** In milliseconds since 1970, with fractions. */
  nextPlace: number
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
  transactionalMails: [],
  suppressions: [],
  workers: [],
  callRates: [],
})

export const NO_LEASE: Leased = { leaseToken: null, leaseUntil: null }

/** A batch whose bytes are not fixed, and of which no call can have been taken. */
export const UNSEALED = {
  sealedAt: null,
  exclusions: null,
  recipients: null,
  inDoubtSince: null,
  calledWith: null,
} as const satisfies Partial<BatchRow>

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

/** Whether a batch or a delivery is one of those that count for the campaign. */
export const isOf =
  ({ id, snapshot }: CampaignRow) =>
  (row: { campaignId: Id; snapshot: string }): boolean =>
    row.campaignId === id && row.snapshot === snapshot

export const hasUnsettledBatch = ({ batches }: Rows, campaign: CampaignRow): boolean =>
  batches.some((row) => isOf(campaign)(row) && row.status !== 'settled')

/** A campaign's change of status, with the move that its row keeps. */
export const moved = (
  row: CampaignRow | undefined,
  { now, ...move }: Parameters<typeof moveTo>[0],
): Pick<CampaignRow, 'status' | 'movedAt' | 'updatedAt' | 'moves'> => ({
  ...{ status: move.to, movedAt: now, updatedAt: now },
  moves: withMove(row?.moves ?? [], moveTo({ ...move, now })),
})

/** Changes a row when there is one: what a conditional write does. */
export function write<Row extends object>(row: Row | undefined, change: Partial<Row>): boolean {
  if (!row) return false
  Object.assign(row, change)
  return true
}
