import type { Id, Override, Problem } from '../newsletter/model.ts'
import type { Channels, ClaimedPlan, NewPlan } from './model.ts'

/** The rows of plans. Each change of a row is one conditional write. */
export interface Plans {
  /**
   * waiting -> running, of the plan that is due for longest. One whose worker is gone (its lease has ended) is taken over.
   * @returns null when none is due. It counts as a try.
   */
  claimDue: (claim: { now: Date; token: string; leaseUntil: Date }) => Promise<ClaimedPlan | null>
  /** Whether this try still has the plan: nobody has ended it or taken it over. */
  isHeld: (plan: { id: Id; token: string }) => Promise<boolean>
  /** Keeps which version held the newest text, for whoever repeats this try. */
  keep: (plan: { id: Id; token: string; version: Id }) => Promise<void>
  /** running -> done, of this try. */
  finish: (plan: { id: Id; token: string; now: Date }) => Promise<void>
  /** running -> waiting: the same is tried again at `retryAt`. */
  retry: (plan: { id: Id; token: string; retryAt: Date }) => Promise<void>
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
   * Gives a plan that nobody carries out another time, or another version with what an admin passed for that, and lets it wait.
   * @returns whether it could be: false for one that is under way or has ended.
   */
  change: (plan: {
    id: Id
    dueAt?: Date
    text?: { version: Id; override: Override | null }
    by: Id | null
    now: Date
  }) => Promise<boolean>
  /** @returns whether it could be: false for one that is under way or has ended. */
  cancel: (plan: { id: Id; by: Id | null; now: Date }) => Promise<boolean>
  /**
   * Cancels the plan to publish an article that somebody publishes now, if there is one, also while a worker is at it: within the
   * article's turn, which the worker waits for.
   */
  cancelOf: (of: Pick<NewPlan, 'articleId' | 'action'> & { by: Id | null; now: Date }) => Promise<void>
  /** Removes the plans of an article that is deleted for good. */
  forget: (articleId: Id) => Promise<void>
}

export type CarriedOut = { kind: 'done' | 'lost' } | { kind: 'problem'; problem: Problem }

/** What a plan does to its article. */
export interface PlannedArticles {
  /**
   * Publishes the version, with the newest text as the draft, or unpublishes. What an earlier try has done is not done again.
   * @param input.isLate it does nothing new any more, and says LATE; what an earlier try has begun it ends.
   * @returns `lost`: the plan was ended, or another worker has it; `problem`: why it will never work.
   * @throws when it may work later: the database is away, say.
   */
  carryOut: (plan: ClaimedPlan, input: { isLate: boolean }) => Promise<CarriedOut>
}

/**
 * Saves the newest text of an article as a version of its own, judged as if it was published now, and has it used within the
 * same turn of the article's saves.
 * @param input.channels where the version goes.
 * @param input.topicIds whom its newsletter goes to; null: those that are chosen.
 * @throws what publishing would throw: 400 for an empty field, 422 `newsletter_stopped`, 409 `save_stale`.
 */
export type FreezeVersion = <Result>(
  input: { articleId: Id; channels: Channels; topicIds: readonly Id[] | null },
  withVersion: (version: Id) => Promise<Result>,
) => Promise<Result>
