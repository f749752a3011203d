import type { DeliveryStatus, ReceiptRow } from '../model.ts'

/** What staff look for among a campaign's recipients: how a delivery stands, or what the provider told of it later. */
export const FATES = [
  'pending',
  'submitted',
  'delivered',
  'delayed',
  'bounced',
  'complained',
  'failed',
  'rejected',
  'excluded',
  'uncertain',
] as const
export type Fate = (typeof FATES)[number]

/** The status that each of that fate has; null: any. What the provider told may have come before our own answer was written. */
export const STATUS_OF_FATE: Record<Fate, DeliveryStatus | null> = {
  pending: 'pending',
  submitted: 'submitted',
  delivered: null,
  delayed: null,
  bounced: null,
  complained: null,
  failed: null,
  rejected: 'rejected',
  excluded: 'excluded',
  uncertain: 'uncertain',
}

/** Null: everybody is. Of a mail that was delayed and then arrived both are true. */
export const isOfFate =
  (fate: Fate | null) =>
  (row: ReceiptRow): boolean => {
    switch (fate) {
      case null:
        return true
      case 'delivered':
        return row.deliveredAt !== null
      case 'delayed':
        return row.delayedAt !== null
      case 'bounced':
        return row.bouncedAt !== null
      case 'complained':
        return row.complainedAt !== null
      case 'failed':
        return row.failedAt !== null
      default:
        return row.status === fate
    }
  }
