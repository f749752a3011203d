import type { Id } from '../newsletter/model.ts'

/** `handed_in`: an author waits for an editor. `returned`: an editor has said what is missing. None: nobody waits. */
export const REVIEW_STATES = ['handed_in', 'returned'] as const
export type ReviewState = (typeof REVIEW_STATES)[number]

/** How the review of an article stands. */
export interface Review {
  articleId: Id
  state: ReviewState
  /** Who handed it in, or returned it. */
  by: Id
  /** Who handed it in. */
  author: Id
  note: string | null
  at: Date
}

/** Somebody with a login. */
export interface Colleague {
  id: Id
  name: string
  email: string
}
