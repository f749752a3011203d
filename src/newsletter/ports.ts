/** What the flow needs from outside, declared by the flow; src/adapters has the real ones. */
import type {
  Addressee,
  AudiencePart,
  CallLimit,
  CampaignStart,
  CampaignStatus,
  CampaignToPrepare,
  Canary,
  CanarySetting,
  ClaimedBatch,
  ClaimedMail,
  DeliveryCounts,
  DeliveryResult,
  DeliveryStatus,
  DueCanary,
  Edition,
  EditionRow,
  Id,
  Locale,
  Mail,
  Mailing,
  Outcome,
  Override,
  Postponed,
  Problem,
  Pulse,
  ReceiptPlace,
  ReceiptRow,
  RemailedStatus,
  RenderedMail,
  SealedBatch,
  Sender,
  TransactionalMailResult,
  UndoneCampaign,
} from './model.ts'
import type { Mover } from './rules/campaignMoves.ts'

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
 * operation that takes a `token` changes nothing and says so once another worker holds the lease. Whatever moves a campaign
 * adds a CampaignMove to its row in the very same write: each move leaves one, and what changed nothing leaves none.
 */
export interface Store {
  /** A living worker still holds these rows (campaigns, batches, transactional mails whose lease is one of the tokens). */
  renewLeases: (move: { tokens: readonly string[]; now: Date; leaseMs: number }) => Promise<void>
  /** Ends the leases: whoever claims next may have the rows at once, and what is in doubt stays so. */
  giveBack: (move: { tokens: readonly string[] }) => Promise<void>
  /** holding -> scheduled, of those whose hold has ended: from here on nobody can undo them. Gives how many they were. */
  endHolds: (at: { now: Date }) => Promise<number>
  /**
   * holding -> cancelled, finished, with who undid it: one conditional write against `endHolds`. Only publishing the
   * article again takes such a campaign on. False when the hold has ended, or somebody else was faster.
   */
  undoCampaign: (move: { id: Id; by: Id; byName?: string | null; now: Date }) => Promise<boolean>
  /** Campaigns that were undone and whose article is not known to be back to what it was before the click. */
  findUndone: () => Promise<UndoneCampaign[]>
  /**
   * The campaign that has waited longest for its preparation (`scheduled` or `preparing`, no live lease), or null. A later edition
   * waits while an earlier one of its article may mail somebody: each sees what the other has written first (reopenBatches).
   */
  claimCampaign: (at: { now: Date; lease: Lease }) => Promise<CampaignToPrepare | null>
  /** scheduled -> preparing, with the audience's topics fixed. */
  startCampaign: (move: { id: Id; token: string; topicIds: Id[]; now: Date }) => Promise<boolean>
  /** Fixes the mailing if none is fixed yet, and gives what is fixed; null when the lease is lost. */
  fixMailing: (move: { id: Id; token: string; mailing: Mailing }) => Promise<Mailing | null>
  /**
   * Writes one delivery for each active subscriber in no pause who follows one of the topics (none: everybody), and batches of
   * `batchSize` over them, under the caller's token: rows that another try left stay apart from them. Memory stays
   * constant however many there are. Of a later edition, those alone whom it is for: nobody who was submitted in another
   * edition of the article or is uncertain there; a correction, those alone who were submitted in the edition that it corrects.
   * With a `part`, those alone who are in it, so that two calls make an audience of two parts: nobody is in both, and whoever is
   * there at both is in one.
   * Gives the number of recipients, or null when the lease is lost.
   * @param move.firstBatch the number of the first of these batches.
   */
  snapshotAudience: (move: {
    campaignId: Id
    token: string
    leaseMs: number
    edition: Edition
    topicIds: Id[]
    batchSize: number
    part: AudiencePart | null
    firstBatch: number
    clock: Clock
  }) => Promise<number | null>
  /** How many would be in the audience of an edition now, by the language that they read in; as snapshotAudience chooses. */
  countAudience: (query: { edition: Edition; topicIds: Id[]; now: Date }) => Promise<Record<Locale, number>>
  /**
   * preparing -> submitting, or with a canary -> canary: from here on the audience, its batches and the canary are those of this
   * token, for good.
   * @param move.recipients how many they are, for the campaign's moves.
   */
  openCampaign: (move: {
    id: Id
    token: string
    canary: Canary | null
    recipients?: number
    now: Date
  }) => Promise<boolean>
  /** Canaries of which every batch is settled and that have no end of their wait yet, or whose wait is over. */
  findDueCanaries: (at: { now: Date }) => Promise<DueCanary[]>
  /** Of one in its canary: until when that waits for events, unless that is written already. */
  awaitCanary: (move: { id: Id; until: Date; now: Date }) => Promise<void>
  /**
   * canary -> submitting, or with a problem -> paused, of one whose wait is over: in both cases its canary is over for good, so
   * that who resumes it mails the rest. False when it is in another state.
   */
  endCanary: (move: { id: Id; problem: Problem | null; now: Date }) => Promise<boolean>
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
   * campaign stopped: scheduled when its audience is not fixed, canary when that is not over, else submitting. From canary it
   * leads to submitting, and the canary is over. A campaign that is paused before it opened lets go of what was fixed, as
   * with stopPreparing.
   */
  moveCampaign: (
    move: {
      id: Id
      from: readonly CampaignStatus[]
      to: 'paused' | 'cancelled' | 'onward'
      now: Date
    } & Mover,
  ) => Promise<boolean>

  /**
   * canary or submitting -> paused, with the reason that staff see: the provider takes nothing until somebody mends something. The
   * time since when there was a problem stays that of the first.
   * Changes nothing when the campaign has moved on meanwhile.
   */
  stopCampaign: (move: { id: Id; problem: Problem; now: Date }) => Promise<void>
  /**
   * Staff decide that those deliveries are mailed once more: submitted, or paused after its last batch, -> submitting,
   * with a new round and a request that `reopenBatches` carries out, and not finished any more; a request for `uncertain`
   * is written down as the decision `mail_again`, one for `rejected` clears the decision: who is uncertain after the new
   * round is decided about anew. False when the campaign is in another state, has an unsettled batch, or a request that
   * waits, or when its article has a later edition, which may go to the same people.
   */
  requestRemailing: (move: {
    id: Id
    of: RemailedStatus
    by: Id
    byName?: string | null
    now: Date
  }) => Promise<boolean>
  /**
   * Staff decide that uncertain deliveries stay so: paused after its last batch -> submitting, with the decision `leave`,
   * so that the campaign finishes. False when the campaign is in another state, has an unsettled batch, or a request that
   * waits.
   */
  leaveUncertain: (move: { id: Id; by: Id; byName?: string | null; now: Date }) => Promise<boolean>
  /** Campaigns with a request that is not carried out yet, whatever was done with them since. */
  findRemailingRequests: () => Promise<Id[]>
  /**
   * Carries out the request: every settled batch with such a delivery becomes pending in the campaign's round, unsealed,
   * never settled, due now, under its next key (`<key>-try-<attempts + 1>`, see rules/nextKey; `attempts` grows with it,
   * so that no key comes twice), and mails those deliveries only (rejected ones at the subscriber's address of today, if
   * there still is one). A batch that is in that round already stays as it is, so that it can be repeated and done twice
   * at once; the request is cleared last. Nothing is reopened when the article has a later edition by now.
   */
  reopenBatches: (move: { id: Id; now: Date }) => Promise<void>

  /** One due batch of a campaign that is being submitted and does not wait (in its canary: of that), or that was cancelled; or null. */
  claimBatch: (at: { now: Date; lease: Lease }) => Promise<ClaimedBatch | null>
  /** The mailing of a campaign; throws when none is fixed. */
  readMailing: (campaignId: Id) => Promise<Mailing>
  /**
   * Fixes the batch's bytes if they are not fixed yet (whoever left or pauses meanwhile is an exclusion) and, when a call follows,
   * marks the batch as in doubt with that mailer, in one write. Gives what is fixed; null when the lease is lost or, before
   * a call, the campaign is no longer being submitted (in its canary: that batch is) or waits. After round 0 the recipients are those of the round who
   * have not left, and nobody is an exclusion: who has left keeps the outcome of before. A batch in doubt stays so since
   * when, and with which mailer, it was first.
   * @param callWith the account of the mailer that is called next; null when no call follows.
   */
  sealBatch: (move: {
    batch: ClaimedBatch
    token: string
    callWith: string | null
    now: Date
  }) => Promise<SealedBatch | null>
  /**
   * Writes what became of each delivery (of those pending; after round 0 of those rejected or uncertain, of whom none
   * becomes an exclusion), then the batch as settled; false when the lease is lost.
   */
  settleBatch: (move: { id: Id; token: string; results: DeliveryResult[]; now: Date }) => Promise<boolean>
  /**
   * Parts a batch that is neither sealed nor in doubt into ones of at most `size` mails: for a mailer that takes fewer at
   * once than the one of which it was made. It keeps the first of them; the others are due at once, in the same round,
   * under keys of their own.
   * @returns whether there was something to part, or the lease is lost: then the batch is not to be called.
   */
  splitBatch: (move: { batch: ClaimedBatch; token: string; size: number; now: Date }) => Promise<boolean>
  /**
   * Gives the batch back, to be tried again from `dueAt` on (null: in its place of before): without a new key it stays in
   * doubt, with the same bytes and key; with one no try was taken, surely, so that in the same write it is no longer in
   * doubt or sealed. `postponedSince` as ClaimedBatch has it.
   */
  releaseBatch: (move: {
    id: Id
    token: string
    dueAt: Date | null
    newKey: string | null
    postponedSince: Date | null
  }) => Promise<boolean>
  /**
   * How many of a campaign's mails were refused for that reason since it went on last, and whether any mail of it was
   * submitted. For a reason that few mails have: those are counted.
   */
  countRefusals: (query: {
    campaignId: Id
    reason: string
  }) => Promise<{ refused: number; hasSubmitted: boolean }>
  /**
   * No batch of this campaign is claimed before `until`; the problem is what staff see meanwhile, with the time since when
   * there was one, whatever it was first.
   */
  holdCampaign: (move: { id: Id; until: Date; problem: Problem; now: Date }) => Promise<void>
  /** The provider answers again: the campaign's problem is cleared, unless it still waits because of one. */
  clearProblem: (move: { id: Id; now: Date }) => Promise<void>
  /**
   * Published articles that want a newsletter and have no campaign, or one that waits for them to be published, or one that
   * was undone before they were saved last: what a crash between two writes left, or an editor who published while a worker read the article
   * as unpublished.
   */
  findForgottenArticles: (query: { limit: number }) => Promise<Id[]>
  /**
   * Removes the rows of tries to prepare a campaign that never opened it. Safe at any time: a campaign that has opened
   * keeps its snapshot for good, one that may still open loses nothing.
   */
  removeLeftovers: (campaignId: Id) => Promise<void>
  /**
   * Campaigns that are being submitted, or were cancelled and are not finished, and have no unsettled batch and no request
   * for a remailing.
   */
  findDrainedCampaigns: () => Promise<Id[]>
  /**
   * submitting -> submitted (cancelled stays so), finished, with the counts of its rows; with uncertain deliveries that
   * staff have not decided to leave, -> paused with `undecided` as its problem, and the counts. Gives the status that it
   * has then, or null when it is not drained.
   */
  finishCampaign: (move: { id: Id; undecided: Problem; now: Date }) => Promise<CampaignStatus | null>
  countDeliveries: (campaignId: Id) => Promise<DeliveryCounts>
  /** When the last batch of a campaign was settled; null when none was. From an index, whatever the size. */
  lastSettledAt: (campaignId: Id) => Promise<Date | null>
  /** The unsettled batch of a campaign that is due first, and whether it waits for its one recipient; null: none is left. */
  readNextBatch: (campaignId: Id) => Promise<{ dueAt: Date; isPostponed: boolean } | null>
  /**
   * Who is postponed: those who are due already are tried now, and not counted. Null when nobody is, or the campaign is not
   * being submitted.
   */
  readPostponed: (query: { campaignId: Id; now: Date }) => Promise<Postponed | null>
  /**
   * A page of the campaign's deliveries by batch and position, after the one named; none: the first.
   * @param query.status those of it alone, from an index; left out: all.
   */
  readReceipt: (query: {
    campaignId: Id
    status?: DeliveryStatus | null
    after: ReceiptPlace | null
    limit: number
  }) => Promise<ReceiptRow[]>
  /** The deliveries of these subscribers, from the unique index: in no order, and none of those who have none. */
  readRecipients: (query: { campaignId: Id; subscriberIds: readonly Id[] }) => Promise<ReceiptRow[]>
  /**
   * Subscribers whose address begins so, by their address, after the one named; none: the first. From its unique index.
   * @param query.among of these alone, from their ids.
   */
  findAddresses: (query: {
    prefix: string
    after: string | null
    limit: number
    among?: readonly Id[]
  }) => Promise<{ id: Id; email: string }[]>

  /** The transactional mail that is due longest and that nobody holds, or null. */
  claimTransactionalMail: (at: { now: Date; lease: Lease }) => Promise<ClaimedMail | null>
  /**
   * Marks the mail as in doubt with that mailer, right before the call; one in doubt stays so since when, and with which
   * mailer, it was first. False when the lease is lost: then it is not to be called.
   */
  callTransactionalMail: (move: {
    claimed: ClaimedMail
    token: string
    callWith: string
    now: Date
  }) => Promise<boolean>
  /** Writes what became of it; false when the lease is lost. */
  settleTransactionalMail: (move: {
    id: Id
    token: string
    result: TransactionalMailResult
    now: Date
  }) => Promise<boolean>
  /**
   * Gives the mail back, to be tried again from `dueAt` on: without a new key it stays in doubt; with one no try was taken,
   * surely, so that it no longer is. The problem is what staff see meanwhile, with the time since when there was one.
   */
  releaseTransactionalMail: (move: {
    claimed: ClaimedMail
    token: string
    dueAt: Date
    newKey: string | null
    problem: Problem
    now: Date
  }) => Promise<boolean>
  /** What is known of an address; see rules/addressHash. */
  readAddressee: (query: { email: string; addressHash: string }) => Promise<Addressee>
  /**
   * No transactional mail that waits, and that nobody holds, is claimed before `until`.
   * @param move.unlessTakenSince changes nothing when one that was due after then was submitted; null: whatever was.
   */
  holdTransactionalMails: (move: { until: Date; unlessTakenSince: Date | null; now: Date }) => Promise<void>
  /**
   * Staff have one mailed once more: rejected or uncertain -> pending, due now, under a key that it never had. False when
   * it is in another state, or its content was removed.
   */
  requeueTransactionalMail: (move: { id: Id; newKey: string; now: Date }) => Promise<boolean>

  /** A worker is alive. Forgets workers that were not seen for a day. */
  beat: (fact: { worker: string; mailer: string; startedAt: Date; now: Date }) => Promise<void>
  /**
   * When a worker was last seen, and since when something is due that nobody works on; also what is to be closed, finished
   * or reopened.
   */
  readPulse: (at: { now: Date }) => Promise<Pulse>

  /**
   * The next place for a call within the provider's limit, shared by all workers: places are `1000 / perSecond` ms apart,
   * none in the past. Without a known limit `firstPerSecond` holds. Nobody queues for ten minutes: a place that far ahead
   * is what a wrong clock left, and the next one is now.
   * @returns when the call may be made.
   */
  reserveCall: (ask: { mailer: string; firstPerSecond: number; now: Date }) => Promise<Date>
  /** How many calls a second the places are spaced for from now on; a place that is given stays. */
  setCallRate: (fact: { mailer: string; perSecond: number }) => Promise<void>
}

export interface Mailer {
  readonly name: 'outbox' | 'resend' | 'smtp' | 'memory'
  /** Whose memory of keys it is: a call that is in doubt is repeated with the same account only. Holds no secret. */
  readonly account: string
  /** How many mails one call takes at most. */
  readonly batchSize: number
  /** Whether it tells later what became of the mails: only then does a canary say anything. */
  readonly reportsEvents: boolean
  /** For how long a second call with the same key and bytes surely makes no second mail; 0 where there is no key. */
  readonly repeatableMs: number
  /** How many calls it makes at once at most; null: as many as one likes. */
  readonly connections: number | null
  /**
   * Hands over at most `batchSize` mails in one call. Never throws for what a provider or a network does.
   * `key` names these very bytes: the same key is only ever given with the same mails.
   */
  send: (call: { key: string; mails: readonly Mail[] }) => Promise<Outcome>
  /** What the provider's answers have told of its limit so far. */
  limit: () => CallLimit
  /** Ends open connections. */
  close: () => Promise<void>
}

/** Keeps calls within the provider's limit, and as many in flight as it and its latency ask for. */
export interface Pace {
  /** Waits until one call more may be made; null when the worker is told to stop meanwhile, and none may follow. */
  waitForCall: () => Promise<CallSlot | null>
  /** How many batches to work on at once: some more than calls, so that none waits for a database. */
  width: () => number
}

/** The right to one call. */
export interface CallSlot {
  /** The call has ended, or none was made after all (null). What is ended stays so. */
  end: (call: { outcome: Outcome; tookMs: number } | null) => Promise<void>
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
  | {
      kind: 'ready'
      content: Content
      sender: Sender
      listId: string
      baseUrl: string
      topicIds: Id[]
      /** Null: staff want none. */
      canary: CanarySetting | null
    }
  | { kind: 'unpublished' }
  | { kind: 'incomplete'; problem: Problem }

export interface Articles<Content> {
  /** `incomplete` names what is missing in the site's settings and where to set it. */
  readForMailing: (edition: Edition) => Promise<MailingSource<Content>>
  /** The article's first campaign, as publishing it makes it; see scheduleCampaign. For an article that a crash left without. */
  scheduleCampaign: (articleId: Id) => Promise<void>
  /**
   * Takes an article whose mailing was undone back to what it was before the click: a draft, or the version that was public.
   * Newer text stays as a draft, and the campaign says that it is back. Can be repeated; changes nothing once the article was
   * published again.
   */
  takeBack: (undone: UndoneCampaign) => Promise<void>
}

/** The campaigns of an article, for whoever publishes it. Its writes belong to the save of the article. */
export interface ArticleCampaigns {
  /** How long a hold is, in milliseconds: staff set it for the site. */
  holdMs: () => Promise<number>
  /** For how long it is known at least who got an edition, in milliseconds: staff set after how many days that is removed. */
  memoryMs: () => Promise<number>
  /** The newest edition; null for none. */
  find: (articleId: Id) => Promise<{
    id: Id
    edition: number
    status: CampaignStatus
    problemCode: string | null
    isUndone: boolean
    /** Whether its audience is fixed. */
    isOpen: boolean
  } | null>
  /** All of them, by their number. */
  editions: (articleId: Id) => Promise<EditionRow[]>
  /**
   * A later edition. One conditional write: the article and the number are unique.
   * @returns null when there is an edition of this number.
   */
  createEdition: (campaign: {
    edition: Edition
    topicIds: Id[]
    start: CampaignStart
    by: Id
    now: Date
  }) => Promise<Id | null>
  /** The first edition. An article that has one already keeps it. */
  create: (campaign: { articleId: Id; start: CampaignStart; now: Date }) => Promise<void>
  /**
   * Takes on a campaign that waits for its article (`paused`, for this problem), or that was undone (`cancelled`), or begins
   * its hold anew. A later edition keeps what an admin passed when it began. One conditional write: whoever moves it at this moment is not overruled.
   */
  reopen: (move: {
    id: Id
    edition: number
    from: 'paused' | 'cancelled' | 'holding'
    problemCode: string | null
    start: CampaignStart
    now: Date
  }) => Promise<void>
  /** To cancelled, as by an undo whose article is back already; from this status alone. */
  withdraw: (move: { id: Id; from: CampaignStatus; by: Id | null; now: Date }) => Promise<void>
  /** Keeps what an admin passes on a campaign that has mailed nobody, beside what was passed before. */
  noteOverride: (note: { id: Id; override: Override }) => Promise<void>
}

/** An article with the newest draft of it, as it would be mailed if it were published at this moment. */
export interface Draft<Content> {
  content: Content
  /** With stand-ins for settings that nobody has made yet; `missing` names them. */
  sender: Sender
  missing: readonly string[]
  /** What the inbox shows after the subject, in each locale. */
  preheaders: Record<Locale, string>
  listId: string
  baseUrl: string
}

/** What stands in somebody's form and is not saved yet. */
export interface UnsavedText {
  /** The language that it is written in. */
  locale: Locale
  /** Fields of the article by their names; those that are left out are as they are saved. */
  values: Record<string, unknown>
}

export interface Drafts<Content> {
  /**
   * Null when there is no such article, or it is in the trash. Who may read it is for the caller to know.
   * @param unsaved stands in the draft's place where it has a value.
   */
  readDraft: (articleId: Id, unsaved?: UnsavedText | null) => Promise<Draft<Content> | null>
}

/** Everything that a step of the flow is given. */
export interface Flow<Content = unknown> {
  /**
   * When the hold has ended and the mail is made, before anybody gets it: what speaks against mailing it that was not known at
   * the click, or that a plan did not ask about. Null: nothing that anybody knows of.
   */
  lookAgain: (mailing: {
    campaignId: Id
    articleId: Id
    /** Of the html of each language's mail. */
    bytes: Record<Locale, number>
  }) => Promise<Problem | null>
  store: Store
  mailer: Mailer
  pace: Pace
  renderer: Renderer<Content>
  articles: Articles<Content>
  /** Signs the links that stand in for a login; see rules/readerToken. */
  secret: string
  clock: Clock
  log: Log
  sleep: (ms: number) => Promise<void>
  /** Makes lease tokens and placeholder prefixes. */
  randomId: () => string
  /** From 0 up to 1: spreads tries in time. */
  random: () => number
  /** Stops a campaign whose mails bounce or are complained about too often; see guardCampaign. */
  guard: (campaignId: Id) => Promise<void>
  /**
   * Whether the provider has told anything of the campaign's mails. Null while an event that came in before `until` is not
   * applied yet: then nobody knows.
   */
  hasEvents: (query: { campaignId: Id; until: Date }) => Promise<boolean | null>
  /** The tokens of what this worker works on just now; a lane of its own renews their leases. */
  held: Set<string>
}
