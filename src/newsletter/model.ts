/** The words of the flow as types. CONTEXT.md says what each word means and what not to call it. */

/** A database id as text: an integer on SQLite, an ObjectId on MongoDB. Only a store looks inside. */
export type Id = string

export const LOCALES = ['sv', 'en'] as const
export type Locale = (typeof LOCALES)[number]
/** What a reader gets where the locale that they chose has no text. */
export const DEFAULT_LOCALE: Locale = 'sv'

export const CAMPAIGN_STATUSES = [
  'holding',
  'scheduled',
  'preparing',
  'canary',
  'submitting',
  'paused',
  'submitted',
  'cancelled',
  'failed',
] as const
export type CampaignStatus = (typeof CAMPAIGN_STATUSES)[number]

/**
 * Whom an edition of a newsletter goes to. The first one goes to `everybody` who follows one of its topics; a later one to people
 * who have not got the article, or (`correction`) to those who have.
 * - `joined_since`: who joined after the first edition had fixed its audience.
 * - `missed`: who was there before, and got it in no edition.
 * - `topic`: who follows a topic that it was not sent to.
 */
export const EDITION_AUDIENCES = ['everybody', 'joined_since', 'missed', 'correction', 'topic'] as const
export type EditionAudience = (typeof EDITION_AUDIENCES)[number]

/** Which mailing of its article a campaign is. */
export interface Edition {
  articleId: Id
  /** From 1; unique with the article. */
  number: number
  audience: EditionAudience
  /** The edition of which a correction goes to the recipients; null for any other. */
  corrects: number | null
}

/** A campaign as an edition of its article. */
export interface EditionRow {
  id: Id
  number: number
  audience: EditionAudience
  status: CampaignStatus
  /** Whether its audience was fixed: somebody may have got it. */
  isOpen: boolean
  /** Whether nothing more comes of it: submitted, or cancelled with no call under way or in doubt. */
  isFinished: boolean
  /** When its audience was fixed, or was about to be; null: never. */
  startedAt: Date | null
  /** Whom it went to; none: everybody. */
  topicIds: Id[]
}

export const BATCH_STATUSES = ['pending', 'settled'] as const
export type BatchStatus = (typeof BATCH_STATUSES)[number]

export const DELIVERY_STATUSES = ['pending', 'submitted', 'rejected', 'excluded', 'uncertain'] as const
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number]

export const SUBSCRIBER_STATUSES = ['pending', 'active', 'unsubscribed', 'suppressed'] as const
export type SubscriberStatus = (typeof SUBSCRIBER_STATUSES)[number]

/** A mail to one person that is no newsletter, by what it is for. */
export const TRANSACTIONAL_MAIL_KINDS = [
  'confirm-subscription',
  'welcome',
  'confirm-address',
  'address-changed',
  'fresh-link',
  'contact-thanks',
  'contact-notice',
  'review-asked',
  'review-returned',
  'test-mail',
] as const
export type TransactionalMailKind = (typeof TRANSACTIONAL_MAIL_KINDS)[number]

export const TRANSACTIONAL_MAIL_STATUSES = ['pending', 'submitted', 'rejected', 'uncertain'] as const
export type TransactionalMailStatus = (typeof TRANSACTIONAL_MAIL_STATUSES)[number]

/** A transactional mail as its row keeps it: what a mailer gets besides the tags. An earlier version kept no Message-ID. */
export type FrozenMail = Pick<Mail, 'from' | 'to' | 'replyTo' | 'subject' | 'html' | 'text' | 'headers'> & {
  messageId?: string
}

/** A transactional mail that the caller holds the lease of; see ClaimedBatch for what is known of earlier calls. */
export interface ClaimedMail {
  id: Id
  kind: TransactionalMailKind
  /** Null when it was removed meanwhile: then there is nothing to hand over. */
  mail: FrozenMail | null
  /** From then on it is of no use; null: it always is. */
  validUntil: Date | null
  idempotencyKey: string
  /** How often it was claimed before this time. */
  attempts: number
  calledWith: string | null
  inDoubtSince: Date | null
  /** Since when no call for it was answered; null when none failed. */
  problemSince: Date | null
}

/** Whom a transactional mail goes to, as they are known at this moment. */
export interface Addressee {
  /** Why the address must not be mailed; null: it may be. */
  suppression: SuppressionReason | null
  /** Null when nobody subscribes with the address. */
  subscriber: SubscriberStatus | null
}

/** Why an address must not be mailed. `provider`: the provider's own list has it; `moved`: its owner changed to another. */
export const SUPPRESSION_REASONS = ['bounced', 'complained', 'erased', 'provider', 'manual', 'moved'] as const
export type SuppressionReason = (typeof SUPPRESSION_REASONS)[number]

/** Those of which nothing but the hash is kept: nobody but the address's owner brings it back, by confirming. */
export const HASH_ONLY_REASONS = ['erased', 'moved'] as const satisfies SuppressionReason[]
export type HashOnlyReason = (typeof HASH_ONLY_REASONS)[number]

/**
 * What a provider tells of a mail, in our words. `sent`: it has taken it; `delayed`: it still tries; `failed`: it gave up
 * before it tried; `suppressed`: its own list has the address; `other`: nothing that we know.
 */
export const PROVIDER_EVENT_KINDS = [
  'sent',
  'delivered',
  'delayed',
  'bounced',
  'complained',
  'failed',
  'suppressed',
  'other',
] as const
export type ProviderEventKind = (typeof PROVIDER_EVENT_KINDS)[number]

/** Whether a later mail may arrive; `undetermined`: the reader's server did not say. */
export type BounceType = 'permanent' | 'transient' | 'undetermined'

/** What a provider told, as it came in. */
export interface ProviderEvent {
  /** The same in every try of the provider to deliver it. */
  eventId: string
  kind: ProviderEventKind
  /** As the provider calls it. */
  type: string
  occurredAt: Date
  /** Whom the mail went to, normalised: see subscribers/emailAddress. */
  emails: string[]
  providerId: string | null
  /** What the mail carried; nobody knows yet whether it is one of ours. */
  tags: Record<string, string>
  bounceType: BounceType | null
  /** The provider's own words. */
  detail: string | null
  /** Of kind `other`: what came. */
  payload: object | null
}

/** What was told of one address, as far as it says whether it may be mailed. */
export interface AddressEvent {
  eventId: string
  kind: ProviderEventKind
  bounceType: BounceType | null
  occurredAt: Date
  receivedAt: Date
  detail: string | null
}

/** That an address must not be mailed, or once must not be. */
export interface Suppression {
  /** Null when nothing but its hash is kept: see HASH_ONLY_REASONS. */
  email: string | null
  reason: SuppressionReason
  detail: string | null
  suppressedAt: Date
  /** Set: the address may be mailed again. */
  liftedAt: Date | null
  liftedBy: Id | null
  /** Of whoever lifted it; outlives them. */
  liftedByName: string | null
  liftedReason: string | null
  /** Which rule made it of provider events; null: somebody else did. */
  madeBy: 'event' | 'transient-bounces' | null
  /** What its subscriber was until then. */
  statusBefore: SubscriberStatus | null
  /** When it was lifted last, or the provider's own list was told so since. */
  forgivenAt: Date | null
  /** What is still to be told to the provider's own list. */
  toTellProvider: 'suppress' | 'lift' | null
}

/**
 * What a person did about the newsletter: asked for it (not confirmed yet), confirmed, was brought by an import, was added
 * by staff, left, took leaving back, changed their address.
 */
export const CONSENT_KINDS = [
  'asked',
  'confirmed',
  'imported',
  'added',
  'withdrawn',
  'resumed',
  'address-changed',
  // What they chose: nothing of it changes whether they get the newsletter at all.
  'chose',
  'paused',
  'unpaused',
] as const
export type ConsentKind = (typeof CONSENT_KINDS)[number]

/** The kinds that say what somebody chose, not what they agreed to. */
export const CHOICE_KINDS = ['chose', 'paused', 'unpaused'] as const satisfies ConsentKind[]

/** Why a campaign does not go on, or not yet: a stable code and a sentence for staff with the remedy. */
export interface Problem {
  code: string
  message: string
}

/** Who a mailing is from. `name` and `email` make the From header; `replyTo` is where answers go. */
export interface Sender {
  name: string
  email: string
  replyTo: string
}

/** One locale's mail of a campaign. Personal parts are placeholders: see rules/personalise. */
export interface RenderedMail {
  subject: string
  html: string
  text: string
}

/**
 * Everything about a campaign that a mail is made from, fixed before the first try, so that a second try sends the
 * same bytes.
 */
export interface Mailing {
  sender: Sender
  /** Absolute, without a trailing slash: the personal links are made from it. */
  baseUrl: string
  /** The value of the List-Id header (RFC 2919), without the angle brackets. */
  listId: string
  /** What every placeholder of `mails` begins with; random, so that no article can hold one. */
  placeholderPrefix: string
  /**
   * Until when the links to the preferences work, as ISO 8601; those for leaving always do. Missing where an earlier
   * version fixed the mailing: its links hold no time, and open a page that mails a fresh one.
   */
  linksUntil?: string
  /**
   * Headers that all its mails share, and what every Message-ID begins with: unique among all installations (RFC 5322,
   * 3.6.4). Missing where an earlier version fixed the mailing: its mails keep their bytes.
   */
  envelope?: { headers: Record<string, string>; messageIdPrefix: string }
  mails: Record<Locale, RenderedMail>
}

/** What an admin has mailed although preflight said stop. */
export interface Override {
  /** The checks that were passed, by their codes. */
  checks: readonly string[]
  reason: string
  by: Id
  at: Date
}

/** How a campaign begins, or begins anew. */
export interface CampaignStart {
  /** `holding`: it waits until `dueAt`, and can be undone until then. */
  status: 'holding' | 'scheduled'
  dueAt: Date
  /** When the article was published. */
  heldAt: Date
  /** The version of the article that readers saw before; null when they saw none. */
  formerVersion: Id | null
  override: Override | null
}

/** What staff have set for the first part of a mailing, which is watched before the rest follows. */
export interface CanarySetting {
  /** Of the audience. */
  percent: number
  /** For how long the rest waits for events of the first part. */
  minutes: number
}

/** The canary of a campaign, fixed when that opens: a later change of the setting changes nothing of it. */
export interface Canary {
  /** Its batches are those whose number is below this. */
  batches: number
  mails: number
  minutes: number
}

/** Whom a canary takes: those in whose link key the characters from `offset` on sort before `threshold`. */
export interface Draw {
  offset: number
  threshold: string
}

/** One part of an audience: whom the canary takes, or everybody else. Who is in which follows from their link key alone. */
export interface AudiencePart {
  of: 'canary' | 'rest'
  draw: Draw
}

/** A canary that waits for a worker's next step. */
export interface DueCanary {
  id: Id
  minutes: number
  /** Null: all of it is mailed, and it is still to be written down until when it waits. */
  waitsUntil: Date | null
}

/** A campaign that was undone in its hold. */
export interface UndoneCampaign {
  id: Id
  articleId: Id
  undoneAt: Date
  /** Who undid it; null: they are gone. */
  by: Id | null
  /** See CampaignStart. */
  formerVersion: Id | null
}

/** A campaign as the step that prepares it sees it. */
export interface CampaignToPrepare {
  id: Id
  edition: Edition
  /** Whom a later edition goes to: fixed when staff asked for it. None = everybody; null for the first. */
  editionTopicIds: Id[] | null
  status: 'scheduled' | 'preparing'
  /** Null until renderCampaign has fixed it. */
  mailing: Mailing | null
  /** Who follows at least one of them; none = everybody. */
  topicIds: Id[]
}

/** A batch that the caller holds the lease of. */
export interface ClaimedBatch {
  id: Id
  campaignId: Id
  number: number
  /** Names its bytes to the provider: the same in every try until a try was surely not taken (rules/nextKey). */
  idempotencyKey: string
  /** How often it was claimed before this time. */
  attempts: number
  /** 0: everybody in it is mailed; from 1 on only those of whom staff decided so (rules/transitions). */
  round: number
  /** With which account of which mailer the call in doubt was made; null when none is. */
  calledWith: string | null
  /** When its bytes were fixed; null before the first try, and again when every try was surely not taken. */
  sealedAt: Date | null
  /** Since when a call may have been taken without our knowing; null when every try surely failed. */
  inDoubtSince: Date | null
  /** Since when no call of its campaign was answered; null when the last one was. */
  problemSince: Date | null
  /** Since when its recipient's server asks to come later; null when it does not. */
  postponedSince: Date | null
  /** Its campaign was cancelled: what is left of it is recorded, not sent. */
  isCancelled: boolean
}

/** A batch whose bytes are fixed: who gets a mail, in order, and who has left meanwhile. */
export interface SealedBatch {
  recipients: Delivery[]
  exclusions: Exclusion[]
}

export interface Exclusion {
  deliveryId: Id
  reason: ExclusionReason
}

/** One recipient of one campaign, with what the mail needs to know of the person. */
export interface Delivery {
  id: Id
  subscriberId: Id
  /** Binds the mail's links to the subscriber's row; null for one that an earlier version prepared. */
  linkKey: string | null
  email: string
  name: string | null
  locale: Locale
}

/** One recipient's fate, as the receipt of a campaign tells it. */
export interface ReceiptRow extends ReceiptPlace {
  deliveryId: Id
  /** Null once it was erased. */
  subscriberId: Id | null
  email: string
  name: string | null
  locale: Locale
  status: DeliveryStatus
  reason: string | null
  detail: string | null
  providerId: string | null
  settledAt: Date | null
  /** What the provider told later: when it happened first. */
  deliveredAt: Date | null
  delayedAt: Date | null
  bouncedAt: Date | null
  complainedAt: Date | null
  failedAt: Date | null
}

/** Where a recipient stands in the order of a campaign's mails. */
export interface ReceiptPlace {
  batchNumber: number
  /** Place within the batch, from 0. */
  position: number
}

/** Of whom staff may decide that they are mailed again: who was refused, or of whom nobody can know. */
export const REMAILED_STATUSES = ['rejected', 'uncertain'] as const
export type RemailedStatus = (typeof REMAILED_STATUSES)[number]

/** What staff decided of those of whom nobody can know whether they were mailed. */
export const DECISIONS = ['mail_again', 'leave'] as const
export type Decision = (typeof DECISIONS)[number]

/** What the operator wants to know of the workers and of what waits for them. */
export interface Pulse {
  /** When a worker was last seen; null: never. */
  workerSeenAt: Date | null
  /** Since when the oldest row is due that nobody works on; null when nothing waits. */
  oldestDueAt: Date | null
}

/** Of a campaign that is being submitted: how many recipients are postponed, and when the first of them is tried again. */
export interface Postponed {
  /** No more than MOST_POSTPONED: then they are at least as many. */
  count: number
  nextTryAt: Date
}

/** As many are counted, so that the answer takes no longer whatever a large server puts off. */
export const MOST_POSTPONED = 10_000

export interface DeliveryCounts {
  recipients: number
  submitted: number
  rejected: number
  excluded: number
  uncertain: number
  delivered: number
  bounced: number
  complained: number
}

/** What became of one delivery. `reason` is a stable code, `detail` the provider's own words. */
export type DeliveryResult =
  | { deliveryId: Id; status: 'submitted'; providerId: string | null }
  | { deliveryId: Id; status: 'rejected' | 'uncertain'; reason: string; detail: string | null }
  | { deliveryId: Id; status: 'excluded'; reason: ExclusionReason }

/** What became of one transactional mail; see DeliveryResult. */
export type TransactionalMailResult =
  | { status: 'submitted'; providerId: string | null }
  | { status: 'rejected' | 'uncertain'; reason: string; detail: string | null }

/** Why somebody in the audience gets no mail. `moved`: they have another address than the one written down for them. */
export type ExclusionReason = 'unsubscribed' | 'paused' | 'suppressed' | 'moved' | 'deleted' | 'cancelled'

/** One mail, ready for a mailer. */
export interface Mail {
  to: { email: string; name: string | null }
  from: { email: string; name: string }
  replyTo: string | null
  subject: string
  html: string
  text: string
  /** Besides From, To, Reply-To and Subject; names in their canonical case. */
  headers: Record<string, string>
  /** Come back with what the provider tells of the mail later; letters, digits, `_` and `-` only. */
  tags: Record<string, string>
  /** With angle brackets; left out where the mailer or its provider makes its own. */
  messageId: string | null
  /** Names a campaign to mailbox providers (rules/headers); null on a mail to one person. */
  feedbackId: string | null
}

/**
 * A mailer's answer to one call, classified; what follows from it is decided in rules/nextBatchMove.
 * - `answered`: the provider took the call; one result per mail, in order.
 * - `refused`: it did not take the call, surely, and takes nothing until somebody mends something (key, domain, plan).
 * - `later`: it did not take the call, surely; try again after `afterMs` (null: when we think best).
 * - `postponed`: it did not take the call, surely, because of the one recipient in it; that may pass.
 * - `busy`: it is still busy with the same call from an earlier try.
 * - `conflict`: it says that this call differs from an earlier one under the same key.
 * - `unknown`: it may or may not have taken the call.
 */
export type Outcome =
  | { kind: 'answered'; results: MailResult[] }
  | { kind: 'refused'; problem: Problem }
  | { kind: 'later'; afterMs: number | null; problem: Problem }
  | { kind: 'postponed'; problem: Problem }
  | { kind: 'busy'; problem: Problem }
  | { kind: 'conflict'; problem: Problem }
  | { kind: 'unknown'; problem: Problem }

/** How many calls a second a provider takes, as far as its answers have told. */
export type CallLimit = { kind: 'unknown' } | { kind: 'none' } | { kind: 'limited'; perSecond: number }

/** `isPolicy`: the refusal is about the sender, the content or the server, so that it may meet every other mail too. */
export type MailResult =
  | { kind: 'accepted'; providerId: string | null }
  | { kind: 'rejected'; code: string; detail: string | null; isPolicy?: boolean }
  | { kind: 'unknown'; code: string; detail: string | null }
