import type { Fate } from '../../newsletter/rules/fates.ts'
import type { ToldWhat } from '../moves/toldMoves.ts'
import type { Decision, EditionAudience, Locale, TransactionalMailStatus } from '../../newsletter/model.ts'
import type { FollowUpAudience } from '../followUp/FollowUp.tsx'
import type { Control } from '../../newsletter/rules/controls.ts'
import type { CampaignState, CountName } from '../campaign/campaignFacts.ts'
import type { MissingSetting } from '../../content/missingForMailing.ts'
import type { Env } from '../../env.ts'
import type { PublishEffect } from '../campaign/publishEffect.ts'
import type { TextState } from '../languages/textState.ts'
import type { Inbox } from '../look/inboxCuts.ts'
import type { LookView } from '../look/Look.tsx'
import type { ReaderName } from '../look/reader.ts'
import type { LeftOut } from '../../collections/Articles/endpoints/audience.ts'
import type { Level, Place } from '../../preflight/model.ts'
import type { MailView } from '../outbox/outboxUrl.ts'
import type { Figure, SetupStep } from '../../desk/model.ts'
import type { Channels, PlanStatus } from '../../plans/model.ts'
import type { Restored } from '../../restore/rules/whyRestored.ts'
import type { ReviewState } from '../../reviews/model.ts'
import type { MailState } from '../transactional/mailFacts.ts'
import { en } from './en.ts'
import { sv } from './sv.ts'

/** What a plan does. */
export type PlannedWhat = Channels | 'unpublish'

/** The words of the admin's own screens. A count comes as a number for the grammar and as it is written. */
export interface AdminText {
  /** For numbers and times. */
  language: 'sv-SE' | 'en-GB'
  campaign: {
    states: Record<CampaignState, string>
    /** Of a campaign that was undone in its hold. */
    undone: string
    /** Of a later edition; the article stays where it was. */
    undoneLater: string
    hold: {
      goesOut: (title: string) => string
      left: (seconds: number) => string
      now: (title: string) => string
      untitled: string
      others: (count: number) => string
      visible: (seconds: number) => string
    }
    /** Of its first part. */
    canary: { mails: (count: number, shown: string) => string; until: string; sendRest: string }
    stalled: { since: string; lastError: string; noError: string }
    progress: (settled: string, recipients: string) => string
    counts: Record<CountName, string>
    started: string
    finished: string
    noEvents: string
    silence: { heading: string; remedy: string; secret: string }
    /** Goes on with the time. */
    postponed: (count: number, shown: string) => string
    aboutUncertain: string
    aboutRejected: string
    controls: Record<Control, string>
    retryRejected: string
    done: Record<Control, string>
    /** What is asked about before it is done; the count is of those whom it concerns. */
    confirm: Record<ConfirmedControl, Question>
    decide: {
      heading: string
      mailAgain: (count: number, shown: string) => string
      leave: string
    }
    decision: { heading: string; kinds: Record<Decision, string> }
    /** The mail as it went out. */
    sentMail: { heading: string; language: string; languages: Record<Locale, string>; failed: string }
    receipt: { heading: string; about: string; csv: string; json: string; deliveries: string }
    /** Said in place of the buttons to mail somebody again. */
    followed: string
    /** What happened to it, and who did it. */
    moves: {
      heading: string
      all: (count: string) => string
      by: (name: string) => string
      worker: string
      heldUntil: string
      passed: (checks: string) => string
      what: Record<ToldWhat, string>
    }
    /** Recipients, looked for on its page. */
    find: {
      heading: string
      search: string
      fate: string
      anyFate: string
      fates: Record<Fate, string>
      searching: (looked: string) => string
      found: (count: number, shown: string) => string
      foundSoFar: (count: string, looked: string) => string
      more: string
      failed: string
      erased: string
      delayed: (time: string) => string
    }
    unreachable: string
    conflict: string
    /** By code; the flow's own sentences are English. */
    problems: Record<string, string>
  }
  /** Why the setting has no effect. */
  canarySetting: { noEvents: string; noSecret: string }
  /** More mailings of an article. */
  followUp: {
    heading: string
    editions: string
    names: Record<EditionAudience, string>
    unfinished: string
    to: string
    audiences: Record<FollowUpAudience, string>
    topic: string
    chooseTopic: string
    send: (count: number, shown: string) => string
    nobody: string
    tooOld: string
    failed: string
    changes: { none: string; of: Record<Locale, string> }
  }
  /** What speaks against mailing an article. */
  preflight: {
    heading: string
    run: string
    running: string
    failed: string
    ranAt: string
    changed: string
    stops: (count: number) => string
    warnings: (count: number) => string
    nothing: string
    fine: (count: number) => string
    levels: Record<Level, string>
    places: Record<Place, string>
  }
  /** The look at a mail before it goes, and the test of it. */
  languages: {
    heading: string
    names: Record<Locale, string>
    states: Record<TextState, string>
  }
  /** What Ctrl+K opens. */
  linking: {
    heading: string
    field: string
    found: string
    toAddress: (url: string) => string
    draft: string
    remove: string
    nothing: string
    failed: string
  }
  look: {
    heading: string
    showAs: string
    views: Record<LookView, string>
    reader: string
    readers: Record<ReaderName, string>
    /** On the button that opens and closes the look beside the text. */
    open: string
    close: string
    isBeside: string
    search: string
    chosen: (shown: string) => string
    nobodyFound: string
    searchFailed: string
    to: (reader: string) => string
    inbox: string
    inboxes: Record<Inbox, string>
    noSubject: string
    aboutInboxes: string
    failed: string
    testToMe: string
    testToAll: (others: number) => string
    onItsWay: (to: string) => string
    unreachable: string
    tests: string
    statuses: Record<TransactionalMailStatus, string>
  }
  /** On the button to publish: what it will do. */
  publish: Record<Exclude<PublishEffect['kind'], 'andMail'>, string> & {
    andMail: (recipients: string) => string
    /** Where nobody knows how many get it. */
    mail: string
    /** The same of an article that is only mailed. */
    mailOnly: Record<Exclude<PublishEffect['kind'], 'andMail'>, string> & {
      andMail: (recipients: string) => string
      mail: string
    }
    /** On the button that opens the sheet. */
    open: string
    /** The second look before an article goes out. */
    sheet: {
      heading: string
      where: string
      channels: Record<Channels, string>
      /** What it means that it is only mailed. */
      mailOnly: string
      /** Of one that was only mailed. */
      whereNow: string
      channelsNow: Record<'mail' | 'site', string>
      to: string
      everybody: string
      leftOut: string
      nobody: string
      reasons: Record<keyof LeftOut, (count: number, shown: string) => string>
      keepOld: (count: number, shown: string) => string
      mailingIsUnderWay: string
      mailingWaits: string
      /** Of a later edition that has mailed nobody yet. */
      laterBegins: string
      mailingBegins: string
      withdrawn: string
      /** The article has a plan, which stands behind it. */
      planned: string
      oneLanguage: Record<Locale, string>
      when: string
      now: string
      later: string
      /** What the button does, and when. */
      atTime: (what: string, time: string) => string
      moreTopics: string
      blocked: string
      siteOnly: string
      notNow: string
    }
  }
  /** The admin's first page. */
  desk: {
    heading: string
    /** Of a list that goes on elsewhere. */
    more: (count: number) => string
    newArticle: string
    setup: {
      heading: string
      about: string
      next: string
      done: string
      asking: string
      steps: Record<SetupStep, { name: string; hint: string }>
      domainUnknown: string
    }
    underWay: { heading: string; rate: (perMinute: string) => string; left: (minutes: number) => string }
    waits: {
      heading: string
      nothing: string
      unanswered: (count: number, shown: string) => string
      untitled: string
    }
    planned: { heading: string; nothing: string }
    drafts: { heading: string; nothing: string; untitled: string }
    last: {
      heading: string
      none: string
      figures: Record<Figure['name'], string>
      mean: (share: string, of: number) => string
      /** By the mailer that it went through. */
      noEvents: Record<Env['mailer']['kind'], string>
    }
    subscribers: {
      heading: string
      importMore: string
      active: (count: number, shown: string) => string
      moved: (moved: { joined: number; left: number }) => string
      joined: string
      left: string
      day: string
      topic: string
      asTable: string
      byTopic: string
      tooManyByTopic: string
      chart: (moved: { joined: number; left: number }) => string
    }
  }
  /** What an author and an editor hand to each other. */
  reviews: {
    states: Record<ReviewState, (name: string) => string>
    somebody: string
    forms: Record<'hand-in' | 'give-back', { note: string; send: string; done: string }>
    unreachable: string
    toReview: (title: string) => string
    untitled: string
  }
  /** Test mails of what is sent by itself. */
  testLetters: {
    heading: string
    about: string
    kind: string
    newPassword: string
    language: string
    languages: Record<Locale, string>
    send: string
  }
  /** What is to happen to an article at a time. */
  plans: {
    planned: string
    unpublishLater: string
    unpublishAt: (time: string) => string
    heading: string
    line: (plan: { what: PlannedWhat; status: PlanStatus; time: string }) => string
    /** What a plan means for its newsletter. */
    untilThen: string
    /** To how many the planned text would go now. */
    recipients: (count: number, shown: string) => string
    newerText: string
    useNewest: string
    move: string
    moveTo: (time: string) => string
    cancel: string
    done: Record<'PATCH' | 'DELETE', string>
    unreachable: string
    problem: (code: string, message: string) => string
    time: {
      own: string
      zone: (timeZone: string) => string
      faults: Record<'past' | 'too_far', string>
      shifts: Record<'gap' | 'overlap', (time: string) => string>
    }
  }
  /** An admin passes a stop of preflight. */
  override: { summary: string; about: string; reason: string; send: string; failed: string; heading: string }
  /** What is said while a click waits for the autosave. */
  saving: {
    publish: string
    save: string
    alsoHere: (name: string) => string
    youElsewhere: string
    stale: (name: string, time: string) => string
    staleOwn: (time: string) => string
    somebody: string
    kept: string
    showNewer: string
    saveOver: string
    notNow: string
    failed: string
    unreachable: string
    repeated: string
    tryAgain: string
    recovered: string
    leave: string
    loggedOut: string
    logInAgain: string
    email: string
    password: string
    logIn: string
  }
  article: {
    heading: string
    off: string
    goesTo: (count: number, shown: string) => string
    undoable: (seconds: number) => string
    canaryFirst: (mails: string, minutes: string) => string
    goesToNobody: string
    short: (count: number, shown: string) => string
    shortOff: string
    shortMissing: string
    locales: (parts: string[]) => string
    inLocale: Record<Locale, (count: string) => string>
    missing: string
    missingFields: Record<MissingSetting, string>
    openSite: string
    toOutbox: string
    byEditor: string
    byEditorOff: string
    campaign: string
    campaignPill: string
    campaignOnce: string
    openCampaign: string
  }
  /** Of a transactional mail. */
  mail: {
    states: Record<MailState, string>
    again: string
    /** The same where it is asked about first. */
    againAsked: string
    done: string
    conflict: string
    suppressed: string
    expired: string
    confirm: { title: string; body: (email: string) => string; yes: string; no: string }
  }
  suppression: {
    find: { heading: string; about: string; email: string; button: string }
    add: { heading: string; about: string; reason: string; button: string; done: string }
    lift: {
      heading: string
      /** Where the address alone took no mail, and where it takes a new consent. */
      about: { address: string; consent: string }
      reason: string
      button: string
      done: string
      erased: string
      moved: string
      liftedOn: string
      lifted: { address: string; consent: string }
      adminsOnly: string
      conflict: string
    }
    none: string
    found: (reason: string) => string
    foundLifted: (lifted: string, reason: string) => string
    open: string
  }
  contact: {
    answer: string
    markAnswered: string
    markUnanswered: string
    answered: string
    unanswered: string
    unreachable: string
  }
  restored: {
    heading: string
    why: Record<Restored, string>
    happened: string
    steps: string[]
    plans: (count: number) => string
    campaigns: string
    seen: string
    failed: string
  }
  worker: {
    missing: string
    waitingSince: string
    lastSeen: string
    neverSeen: string
    /** Around the command. */
    remedy: [before: string, after: string]
    eventsWait: (count: number, shown: string) => string
    eventsAside: (count: string) => string
    /** The name of the list. */
    waitingEvents: string
  }
  outbox: {
    nav: string
    group: string
    title: string
    intro: string
    mailerIs: (mailer: string) => string
    notAllowed: string
    search: string
    searchButton: string
    clear: string
    total: (count: number, shown: string) => string
    empty: string
    nothingFound: string
    gone: string
    adminsOnly: string
    page: (page: number, total: number) => string
    previous: string
    next: string
    list: string
    back: string
    from: string
    to: string
    noSubject: string
    views: Record<MailView, string>
    showAs: string
    noHtml: string
    noText: string
    htmlSize: (size: string) => string
    mailSize: (size: string) => string
    tooBig: string
    frame: (subject: string) => string
  }
}

export interface Question {
  title: string
  body: (count: number, shown: string) => string
  yes: string
  no: string
}

/** What cannot be taken back. */
export type ConfirmedControl = Extract<Control, 'cancel' | 'mail-again'>

/** In the language that the user chose for the admin. */
export const adminText = (language: string): AdminText => (language === 'sv' ? sv : en)
