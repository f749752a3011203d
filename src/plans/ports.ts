import type { Id, Problem } from '../newsletter/model.ts'
import type { ClaimedPlan, NewPlan } from './model.ts'

/** The rows of plans. Each change of a row is one conditional write. */
export interface Plans {
  /**
   * waiting -> running, of the plan that is due for longest. One whose worker is gone (its lease has ended) is taken over.
   * @returns null when none is due.
   */
  claimDue: (claim: { now: Date; token: string; leaseUntil: Date }) => Promise<ClaimedPlan | null>
  /** Keeps which version held the newest text, for whoever repeats this try. */
  keep: (plan: { id: Id; token: string; version: Id }) => Promise<void>
  /** running -> done, of this try. */
  finish: (plan: { id: Id; token: string; now: Date }) => Promise<void>
  /** running -> waiting: the same is tried again at `retryAt`, after so many tries. */
  retry: (plan: { id: Id; token: string; tries: number; retryAt: Date }) => Promise<void>
  /** running -> late | failed: staff are asked. */
  ask: (plan: { id: Id; token: string; status: 'late' | 'failed'; problem: Problem }) => Promise<void>
}

/** The rows of plans, for staff. */
export interface PlanBook {
  /** @returns the new plan, or null: the article has an open plan for this action. */
  create: (plan: NewPlan) => Promise<Id | null>
  /** The open plan of an article for an action. */
  findOpen: (of: Pick<NewPlan, 'articleId' | 'action'>) => Promise<Id | null>
  /**
   * Gives a plan that nobody carries out another time or version, and lets it wait.
   * @returns whether it could be: false for one that is under way or has ended.
   */
  change: (plan: { id: Id; dueAt?: Date; version?: Id; by: Id | null; now: Date }) => Promise<boolean>
  /** @returns whether it could be: false for one that is under way or has ended. */
  cancel: (plan: { id: Id; by: Id | null; now: Date }) => Promise<boolean>
  /** Cancels the plan to publish an article that somebody publishes now, if there is one. */
  cancelOf: (of: Pick<NewPlan, 'articleId' | 'action'> & { by: Id | null; now: Date }) => Promise<void>
  /** Removes the plans of an article that is deleted for good. */
  forget: (articleId: Id) => Promise<void>
}

/** What a plan does to its article. */
export interface PlannedArticles {
  /**
   * Publishes the version, with the newest text as the draft, or unpublishes. What an earlier try has done is not done again,
   * and neither is what somebody has published since the plan's time came.
   * @returns null, or why it will never work.
   * @throws when it may work later: the database is away, say.
   */
  carryOut: (plan: ClaimedPlan) => Promise<Problem | null>
}

/**
 * Saves the newest text of an article as a version of its own, judged as if it was published now, and has it used within the
 * same turn of the article's saves.
 * @param input.newsletter what the version says of its newsletter; `topicIds` null: those that are chosen.
 * @throws what publishing would throw: 400 for an empty field, 422 `newsletter_stopped`, 409 `save_stale`.
 */
export type FreezeVersion = <Result>(
  input: { articleId: Id; newsletter: { send: boolean; topicIds: readonly Id[] | null } },
  withVersion: (version: Id) => Promise<Result>,
) => Promise<Result>
