import type {
  BatchStatus,
  CampaignStatus,
  DeliveryStatus,
  RemailedStatus,
  TransactionalMailStatus,
} from '../model.ts'

/**
 * Every move that a campaign, a batch and a delivery may make: from each status to which others. README.md draws them and
 * says who makes each; src/adapters/database/guardMoves holds the database to them where it can.
 */
export const CAMPAIGN_MOVES = {
  holding: ['scheduled', 'paused', 'cancelled'],
  scheduled: ['preparing', 'paused', 'failed', 'cancelled'],
  preparing: ['canary', 'submitting', 'paused', 'failed', 'cancelled'],
  canary: ['submitting', 'paused', 'cancelled'],
  submitting: ['submitted', 'paused', 'cancelled'],
  paused: ['holding', 'scheduled', 'canary', 'submitting', 'cancelled'],
  failed: ['scheduled', 'cancelled'],
  submitted: ['submitting'],
  // Only one that was undone in its hold: publishing the article again is a new click. Every other one stays cancelled.
  cancelled: ['holding', 'scheduled'],
} as const satisfies Moves<CampaignStatus>

export const BATCH_MOVES = {
  pending: ['settled'],
  settled: ['pending'],
} as const satisfies Moves<BatchStatus>

export const DELIVERY_MOVES = {
  pending: ['submitted', 'rejected', 'excluded', 'uncertain'],
  submitted: [],
  rejected: ['submitted', 'uncertain'],
  excluded: [],
  uncertain: ['submitted', 'rejected'],
} as const satisfies Moves<DeliveryStatus>

/** Back to `pending` only when staff ask for it; what the provider tells later may settle an uncertain one. */
export const TRANSACTIONAL_MAIL_MOVES = {
  pending: ['submitted', 'rejected', 'uncertain'],
  submitted: [],
  rejected: ['pending'],
  uncertain: ['pending', 'submitted', 'rejected'],
} as const satisfies Moves<TransactionalMailStatus>

/** From which states staff may have a transactional mail handed over once more. */
export const REQUEUED_FROM = ['rejected', 'uncertain'] as const satisfies readonly TransactionalMailStatus[]

/** From which states staff may have deliveries mailed once more; `paused` only after the last batch (undecided). */
export const REMAILED_FROM = ['submitted', 'paused'] as const satisfies readonly CampaignStatus[]

/** What a delivery may have been before its batch is settled in a later round. */
export const REMAILED: readonly RemailedStatus[] = ['rejected', 'uncertain']

type Moves<Status extends string> = Record<Status, readonly Status[]>
