import type {
  ConsentKind,
  DeliveryStatus,
  Id,
  Locale,
  SuppressionReason,
  TransactionalMailKind,
  TransactionalMailStatus,
} from '../newsletter/model.ts'
import type { ChoiceChange } from '../readers/choiceChange.ts'

/** Where the rows of a timeline come from, in the order in which those of one moment are shown. */
export const TIMELINE_SOURCES = [
  'suppressions',
  'consents',
  'provider-events',
  'deliveries',
  'transactional-mails',
  'contact-messages',
] as const
export type TimelineSourceName = (typeof TIMELINE_SOURCES)[number]

/** The place of a row in a timeline: no two rows of a person have the same. */
export interface Place {
  at: Date
  source: TimelineSourceName
  /** Of the row in its source. */
  id: Id
}

/** What became of one newsletter; times are null as long as it did not happen. */
export interface NewsletterFate {
  status: DeliveryStatus
  reason: string | null
  settledAt: string | null
  deliveredAt: string | null
  bouncedAt: string | null
  complainedAt: string | null
  failedAt: string | null
}

/** One thing that a person did, or that was done to or for them. */
export type Happening =
  | {
      what: 'consent'
      kind: ConsentKind
      /** The words that were agreed to. */
      text: string | null
      locale: Locale | null
      source: string
      /** The name of the user of the staff who did it. */
      by: string | null
      agreedAt: string | null
      change: ChoiceChange | null
    }
  | { what: 'newsletter'; campaignId: Id; subject: string | null; fate: NewsletterFate }
  | {
      what: 'mail'
      mailId: Id
      kind: TransactionalMailKind
      status: TransactionalMailStatus
      reason: string | null
      settledAt: string | null
    }
  | { what: 'message'; messageId: Id; beginning: string; answeredAt: string | null }
  | {
      what: 'bounced' | 'complained'
      campaignId: Id | null
      subject: string | null
      bounceType: string | null
      detail: string | null
    }
  | { what: 'suppressed'; suppressionId: Id; reason: SuppressionReason; detail: string | null }
  | { what: 'lifted'; suppressionId: Id; by: string | null; reason: string | null }

export type TimelineRow = { place: Place } & Happening
