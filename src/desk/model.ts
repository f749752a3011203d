import type { Id } from '../newsletter/model.ts'

/** What a new installation needs before its first newsletter, in the order in which one does it. */
export const SETUP_STEPS = [
  'sender',
  'postalAddress',
  'provider',
  'domain',
  'webhook',
  'logo',
  'author',
  'subscribers',
  'testMail',
] as const
export type SetupStep = (typeof SETUP_STEPS)[number]

/** What is known of a step. `asked`: name servers tell, and the page asks them when it is there. */
export type StepState = 'done' | 'open' | 'asked'

/** The facts of a checklist. A step that is not among them is none of this installation. */
export type SetupFacts = Partial<Record<SetupStep, StepState>>

export interface DraftLine {
  id: Id
  title: string | null
  savedAt: Date
}

/** A newsletter that everybody has been handed. */
export interface Mailing {
  id: Id
  subject: string | null
  finishedAt: Date
  recipients: number
  submitted: number
  /** Null where the provider told nothing: that is not zero. */
  events: { delivered: number; bounced: number; complained: number } | null
}

/** Joined and left: who confirmed, was imported or was added; who unsubscribed. */
export interface Movement {
  joined: number
  left: number
}

/** A day by the clock of the site. */
export interface Day {
  /** As 2026-12-03. */
  date: string
  from: Date
  /** Not included. */
  to: Date
}

export type DayMovement = Movement & Pick<Day, 'date'>

export type TopicMovement = Movement & { id: Id; name: string }

/** One figure of the last newsletter beside those before it. */
export interface Figure {
  name: 'submitted' | 'delivered' | 'bounced' | 'complained'
  count: number
  /** Of the recipients, or of those who were handed over; 0 to 1. Null where nobody knows. */
  share: number | null
  /** The mean share of the newsletters before it; null where there are none that tell. */
  mean: number | null
}

export interface LastNewsletter {
  mailing: Mailing
  figures: Figure[]
  /** Of how many newsletters the mean is. */
  before: number
}

export interface SubscriberFigures {
  active: number
  days: DayMovement[]
  /** Null where so many moved that telling them apart would keep everybody waiting. */
  topics: TopicMovement[] | null
}

/** What staff see first. Who may not see subscribers gets null for what tells of them. */
export interface Desk {
  /** No newsletter has gone out yet. */
  isNew: boolean
  setup: { step: SetupStep; state: StepState }[] | null
  drafts: DraftLine[]
  unanswered: number | null
  last: LastNewsletter | null
  subscribers: SubscriberFigures | null
}
