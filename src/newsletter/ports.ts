/** What the flow needs from outside, declared by the flow; src/adapters has the real ones. */
import type {
  CampaignStatus,
  CampaignToPrepare,
  ClaimedBatch,
  DeliveryCounts,
  DeliveryResult,
  Id,
  Locale,
  Mail,
  Mailing,
  Outcome,
  Problem,
  RenderedMail,
  SealedBatch,
  Sender,
} from './model.ts'

export interface Clock {
  now: () => Date
}

/** An event name and ids; never an address, a key or a whole object. */
export type Log = (event: string, facts?: Record<string, string | number | boolean | null>) => void

/** A right to one row for a time: `token` is the holder's own and names it in every write. */
export interface Lease {
  token: string
  ms: number
}

/**
 * The flow's rows. Every operation is one conditional write or can be repeated; none relies on a transaction. An
 * operation that takes a `token` changes nothing and says so once another worker holds the lease.
 */
export interface Store {
  /** The campaign that has waited longest for its preparation (`scheduled` or `preparing`, no live lease), or null. */
  claimCampaign: (at: { now: Date; lease: Lease }) => Promise<CampaignToPrepare | null>
  /** scheduled -> preparing, with the audience's topics fixed. */
  startCampaign: (move: { id: Id; token: string; topicIds: Id[]; now: Date }) => Promise<boolean>
  /** Fixes the mailing if none is fixed yet, and gives what is fixed; null when the lease is lost. */
  fixMailing: (move: { id: Id; token: string; mailing: Mailing }) => Promise<Mailing | null>
  /**
   * Writes one delivery for each active subscriber who follows one of the topics (none: everybody), and batches of
   * `batchSize` over them, under the caller's token: rows that another try left stay apart from them. Memory stays
   * constant however many there are. Gives the number of recipients, or null when the lease is lost.
   */
  snapshotAudience: (move: {
    campaignId: Id
    token: string
    leaseMs: number
    topicIds: Id[]
    batchSize: number
    clock: Clock
  }) => Promise<number | null>
  /** preparing -> submitting: from here on the audience and its batches are those of this token, for good. */
  openCampaign: (move: { id: Id; token: string; now: Date }) => Promise<boolean>
  /**
   * scheduled or preparing -> failed or paused, with the reason that staff see. Nothing was mailed yet, so that what was
   * fixed is let go: when it goes on, it mails the article as it is then.
   */
  stopPreparing: (move: {
    id: Id
    token: string
    to: 'failed' | 'paused'
    problem: Problem
    now: Date
  }) => Promise<boolean>
  /**
   * One conditional move by staff; ends any lease of the campaign and clears the problem. `onward` leads to where the
   * campaign stopped: submitting when its audience is fixed, else scheduled.
   */
  moveCampaign: (move: {
    id: Id
    from: readonly CampaignStatus[]
    to: 'paused' | 'cancelled' | 'onward'
    now: Date
  }) => Promise<boolean>

  /** One due batch of a campaign that is being submitted and does not wait, or that was cancelled; or null. */
  claimBatch: (at: { now: Date; lease: Lease }) => Promise<ClaimedBatch | null>
  /** The mailing of a campaign; throws when none is fixed. */
  readMailing: (campaignId: Id) => Promise<Mailing>
  /**
   * Fixes the batch's bytes if they are not fixed yet (whoever left meanwhile is an exclusion) and, when a call follows,
   * marks the batch as in doubt, in one write. Gives what is fixed, or null when the lease is lost.
   */
  sealBatch: (move: {
    batch: ClaimedBatch
    token: string
    isCallNext: boolean
    now: Date
  }) => Promise<SealedBatch | null>
  /** Writes what became of each delivery, then the batch as settled; false when the lease is lost. */
  settleBatch: (move: { id: Id; token: string; results: DeliveryResult[]; now: Date }) => Promise<boolean>
  /**
   * Gives the batch back, to be tried again from `dueAt` on: without a new key it stays in doubt, with the same bytes and
   * key; with one no try was taken, surely, so that in the same write it is no longer in doubt or sealed.
   */
  releaseBatch: (move: { id: Id; token: string; dueAt: Date; newKey: string | null }) => Promise<boolean>
  /**
   * No batch of this campaign is claimed before `until`; the problem is what staff see meanwhile, with the time since when
   * there was one, whatever it was first.
   */
  holdCampaign: (move: { id: Id; until: Date; problem: Problem; now: Date }) => Promise<void>
  /** The provider answers again: the campaign's problem is cleared. */
  clearProblem: (move: { id: Id; now: Date }) => Promise<void>
  /**
   * Published articles that want a newsletter and have no campaign, or one that waits for them to be published: what a
   * crash between two writes left, or an editor who published while a worker read the article as unpublished.
   */
  findForgottenArticles: (query: { limit: number }) => Promise<Id[]>
  /**
   * Removes the rows of tries to prepare a campaign that never opened it. Safe at any time: a campaign that has opened
   * keeps its snapshot for good, one that may still open loses nothing.
   */
  removeLeftovers: (campaignId: Id) => Promise<void>
  /** Campaigns that are being submitted, or were cancelled and are not finished, and have no unsettled batch. */
  findDrainedCampaigns: () => Promise<Id[]>
  /** submitting -> submitted (cancelled stays so), finished, with the counts of its rows; false when it is not drained. */
  finishCampaign: (move: { id: Id; now: Date }) => Promise<boolean>
  countDeliveries: (campaignId: Id) => Promise<DeliveryCounts>
}

export interface Mailer {
  readonly name: 'outbox' | 'resend' | 'smtp' | 'memory'
  /** How many mails one call takes at most. */
  readonly batchSize: number
  /** For how long a second call with the same key and bytes surely makes no second mail; 0 where there is no key. */
  readonly repeatableMs: number
  /**
   * Hands over at most `batchSize` mails in one call. Never throws for what a provider or a network does.
   * `key` names these very bytes: the same key is only ever given with the same mails.
   */
  send: (call: { key: string; mails: readonly Mail[] }) => Promise<Outcome>
  /** Ends open connections. */
  close: () => Promise<void>
}

/** What renderCampaign hands to the renderer besides the content itself. */
export interface PersonalParts {
  email: string
  unsubscribeUrl: string
  preferencesUrl: string
}

export interface Renderer<Content> {
  /** One locale's mail; the personal parts may be placeholders and come out unchanged. */
  render: (input: { content: Content; locale: Locale; personal: PersonalParts }) => Promise<RenderedMail>
}

/** The article behind a campaign, as it is published at this moment. */
export type MailingSource<Content> =
  | { kind: 'ready'; content: Content; sender: Sender; listId: string; baseUrl: string; topicIds: Id[] }
  | { kind: 'unpublished' }
  | { kind: 'incomplete'; problem: Problem }

export interface Articles<Content> {
  /** `incomplete` names what is missing in the site's settings and where to set it. */
  readForMailing: (articleId: Id) => Promise<MailingSource<Content>>
  /** The article's one campaign; an article that has one keeps it. */
  scheduleCampaign: (articleId: Id) => Promise<void>
}

/** Everything that a step of the flow is given. */
export interface Flow<Content = unknown> {
  store: Store
  mailer: Mailer
  renderer: Renderer<Content>
  articles: Articles<Content>
  /** Signs the links that stand in for a login; see rules/readerToken. */
  secret: string
  clock: Clock
  log: Log
  /** Makes lease tokens and placeholder prefixes. */
  randomId: () => string
}
