import type { Visibility } from '../content/isPublic.ts'
import type { Id, Locale, Override, Problem } from '../newsletter/model.ts'

/** What a plan does when its time comes. */
export const PLAN_ACTIONS = ['publish', 'unpublish'] as const
export type PlanAction = (typeof PLAN_ACTIONS)[number]

/** Where a publication goes: `mail` is for those whom it is mailed to, and for nobody else. */
export const CHANNELS = ['site', 'site_and_mail', 'mail'] as const
export type Channels = (typeof CHANNELS)[number]

export const sendsMail = (channels: Channels | null): boolean => channels !== null && channels !== 'site'

/** What an article says of its visibility when it is published there. */
export const visibilityOf = (channels: Channels): Visibility => (channels === 'mail' ? 'mail_only' : 'public')

/**
 * - `waiting`: its time has not come, or the next try has not.
 * - `running`: a worker carries it out.
 * - `late`, `failed`: it asks staff, who move it, cancel it, or publish by hand.
 * - `done`, `cancelled`: it has ended.
 */
export const PLAN_STATUSES = ['waiting', 'running', 'late', 'failed', 'done', 'cancelled'] as const
export type PlanStatus = (typeof PLAN_STATUSES)[number]

/** In these an article has no other plan for the same action. */
export const OPEN_STATUSES = ['waiting', 'running', 'late', 'failed'] as const satisfies PlanStatus[]

/** From these staff move and cancel: no worker is at it. */
export const CHANGEABLE_STATUSES = ['waiting', 'late', 'failed'] as const satisfies PlanStatus[]

/** What is to happen to an article at a time. */
export interface NewPlan {
  articleId: Id
  action: PlanAction
  /** Null for an unpublication. */
  channels: Channels | null
  /** The version of the article that is published; null for an unpublication. */
  version: Id | null
  /** The language whose fields were judged when the plan was made. */
  locale: Locale
  dueAt: Date
  /** The stops of preflight that an admin passed; null for none. */
  override: Override | null
  by: Id | null
}

/** A plan that a worker has claimed. */
export interface ClaimedPlan extends NewPlan {
  id: Id
  /** The worker's, for this try. */
  token: string
  /** When the first try began. */
  startedAt: Date
  /** How often it was tried, with this time. */
  tries: number
  /** The version that held the newest text when a try first began, where the plan publishes another one. */
  keptVersion: Id | null
}

/** Why a plan asks. */
export const LATE: Problem = {
  code: 'late',
  message:
    'No worker ran at the planned time, and more than 24 hours have passed. Move the plan, cancel it, or publish the article by hand.',
}

export const VERSION_GONE: Problem = {
  code: 'version_gone',
  message: 'The text that was planned is not kept any more. Cancel this plan, and plan the article again.',
}

export const SUPERSEDED: Problem = {
  code: 'superseded',
  message:
    'The article was published after it was planned. Cancel the plan, or have it use the newest text at another time.',
}

export const ARTICLE_IN_TRASH: Problem = {
  code: 'article_in_trash',
  message: 'The article is in the trash. Take it back and move the plan, or cancel the plan.',
}

export const NOT_PUBLISHABLE = 'not_publishable'
export const notPublishable = (error: Error): Problem => ({
  code: NOT_PUBLISHABLE,
  message: `The article could not be published: ${error.message} Mend the article, and have the plan use the newest text at another time.`,
})

export const TRIED_TOO_OFTEN = 'tried_too_often'
export const triedTooOften = (error: unknown): Problem => ({
  code: TRIED_TOO_OFTEN,
  message: `Publishing failed again and again: ${error instanceof Error ? error.message : String(error)}. Look at the worker’s log, then move the plan.`,
})
