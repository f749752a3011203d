/** What recording provider events needs from outside; src/adapters/store has the real ones. */
import type {
  AddressEvent,
  CampaignStatus,
  Id,
  Problem,
  ProviderEvent,
  SubscriberStatus,
  Suppression,
} from './model.ts'

/** Which facts a delivery has a time for. */
export const DELIVERY_FACTS = ['delivered', 'delayed', 'bounced', 'complained', 'failed'] as const
export type DeliveryFact = (typeof DELIVERY_FACTS)[number]

/** Of those a campaign keeps count. */
export const COUNTED_FACTS = ['delivered', 'bounced', 'complained'] as const
export type CountedFact = (typeof COUNTED_FACTS)[number]

/** One of our rows that an event is about. */
export interface MailedRow {
  /** The delivery or the transactional mail. */
  id: Id
  kind: 'delivery' | 'transactional'
  campaignId: Id | null
  /** Null when the person was erased. */
  subscriberId: Id | null
  /** Whom it went to, normalised; null when the person was erased. */
  email: string | null
  providerId: string | null
  /** It is written that the provider took it, with all that follows. */
  isTaken: boolean
  /** Changes with each recount of the campaign; see `addToCounts`. */
  countsRevision: number
  firstEventAt: Date | null
}

/** What a mail of ours says of itself. */
export interface MailTags {
  deliveryId: string | null
  mailId: string | null
}

/** `unapplied`: it was there, and perhaps not all that follows from it. */
export type KeptState = 'new' | 'unapplied' | 'applied'

/** An event with what we know about it. */
export interface EventToKeep {
  event: Omit<ProviderEvent, 'emails' | 'tags'>
  mailed: MailedRow | null
  email: string | null
  addressHash: string | null
  receivedAt: Date
}

/** What a campaign's mails have come to, as far as the provider has told. */
export interface GuardedNumbers {
  submitted: number
  bounced: number
  complained: number
}

/** The same, with what is needed to decide whether the campaign goes on. */
export interface GuardedCampaign {
  status: CampaignStatus
  /** `submitted` as it was counted last: there are so many at least. */
  numbers: GuardedNumbers
  /** Those at which it paused itself, or that staff saw when they resumed it; null: neither has happened. */
  guarded: GuardedNumbers | null
  /** How many mails its canary has, and whether all of them are settled; null: it has none. */
  canary: { mails: number; isMailed: boolean } | null
  /** Whether the provider has told anything of it. */
  hasEvents: boolean
}

/** An address as a subscriber has it. */
export interface AddressedSubscriber {
  id: Id
  status: SubscriberStatus
  consentAt: Date | null
  unsubscribedAt: Date | null
}

/** Suppressions by the hash of their address. Every operation is one conditional write or can be repeated. */
export interface SuppressionStore {
  /** What is known of addresses, lifted ones too; one that was never suppressed is left out. */
  readSuppressions: (addressHashes: readonly string[]) => Promise<Map<string, Suppression>>
  /**
   * Writes what an address's suppression is from now on (null: it has none). An import that made it does not take it back then.
   * @param move.was as it was read; null when there was none.
   * @returns false, with nothing changed, when it is not as it was any more.
   */
  writeSuppression: (move: {
    addressHash: string
    was: Suppression | null
    next: Suppression | null
  }) => Promise<boolean>
  /** Those of which the provider's list is still to be told. */
  findUntoldSuppressions: (query: {
    limit: number
  }) => Promise<{ addressHash: string; suppression: Suppression }[]>
  findAddressed: (email: string) => Promise<AddressedSubscriber | null>
  /** One conditional move; false when the subscriber is in another state, or there is none. */
  moveAddressed: (move: {
    email: string
    from: readonly SubscriberStatus[]
    to: SubscriberStatus
    now: Date
  }) => Promise<boolean>
}

/** So many campaigns back a mail without its tags is looked for. */
export const CAMPAIGNS_BACK = 20

/** What the provider told. Every operation is one conditional write or can be repeated; none relies on a transaction. */
export interface EventStore extends SuppressionStore {
  /** For each the row that the tags of a mail name, or null when they name none of ours. */
  findMailed: (tags: readonly MailTags[]) => Promise<(MailedRow | null)[]>
  /**
   * The delivery that the provider calls by this id, among those of the latest campaigns: of a mail whose tags are lost. Where
   * it names addresses, only the deliveries of their subscribers are looked through.
   */
  findByProviderId: (named: { providerId: string; emails: readonly string[] }) => Promise<MailedRow | null>
  /** Keeps each event, once, and says for each whether it was there. */
  keepEvents: (kept: readonly EventToKeep[]) => Promise<KeptState[]>
  /** Events of people who asked to be forgotten meanwhile: only their type, their times and their mail stay. */
  forgetEvents: (eventIds: readonly string[]) => Promise<void>
  /** Everything that follows from them is written. */
  markApplied: (fact: { eventIds: readonly string[]; now: Date }) => Promise<void>
  /**
   * The provider has told that it took the mail of a delivery, and staff must not decide to mail it again: `uncertain`, and in
   * a batch that is in doubt `pending` or `rejected`, -> submitted. What campaigns kept of their counts follows, and one
   * that was paused with the problem `undecidedCode` goes on when nobody is uncertain any more. Makes up for a try that was
   * cut off.
   */
  settleTaken: (fact: {
    deliveryId: Id
    campaignId: Id
    providerId: string | null
    undecidedCode: string
    now: Date
  }) => Promise<void>
  /**
   * When the fact occurred first to each delivery: the earliest time that was told.
   * @param facts.times each delivery once. @returns of how many deliveries it is the first that was told.
   */
  recordFacts: (facts: {
    fact: DeliveryFact
    times: readonly { deliveryId: Id; at: Date }[]
  }) => Promise<number>
  /** When the provider first told of the campaign: the earliest time that was told. */
  recordFirstEvent: (fact: { campaignId: Id; at: Date }) => Promise<void>
  /**
   * Adds to the campaign's counts. @param facts.revision of the campaign as it was read before the facts were written.
   * @returns false, with nothing changed, when the campaign was recounted since: that may have counted these or not.
   */
  addToCounts: (facts: {
    campaignId: Id
    added: Record<CountedFact, number>
    revision: number
  }) => Promise<boolean>
  /** Counts the campaign's facts from its deliveries, whoever adds to them meanwhile. */
  recountFacts: (campaignId: Id) => Promise<void>
  /**
   * A transactional mail of which nobody knows whether it was taken, for good or not yet (uncertain, or pending and in
   * doubt): the provider has told, so it was. In one write, so that it does not matter what is told and what is answered
   * first; whoever holds the mail has lost it.
   */
  settleUncertainMail: (fact: { id: Id; providerId: string | null; now: Date }) => Promise<void>
  /** What was told of one address and may say whether it can be mailed, in no order. */
  readAddressEvents: (addressHash: string) => Promise<AddressEvent[]>
  /** Those addresses of which a bounce was told. */
  findBounced: (addressHashes: readonly string[]) => Promise<Set<string>>
  /** Costs the same for a campaign of any size. */
  readGuard: (campaignId: Id) => Promise<GuardedCampaign | null>
  /** Counts the campaign's submitted deliveries, all of them, and keeps the number for `readGuard`. */
  countSubmitted: (campaignId: Id) => Promise<number>
  /** canary or submitting -> paused, with the problem and the numbers that are the reason. A canary is over then. */
  pauseByGuard: (move: { id: Id; problem: Problem; numbers: GuardedNumbers; now: Date }) => Promise<boolean>
  /** Staff have seen these numbers; changes nothing on a campaign that never paused itself. */
  forgiveGuard: (move: { id: Id; numbers: GuardedNumbers }) => Promise<void>
}
