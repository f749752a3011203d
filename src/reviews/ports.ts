import type { Id } from '../newsletter/model.ts'
import type { Colleague, Review } from './model.ts'

/** The rows of reviews: at most one for each article. */
export interface Reviews {
  find: (articleId: Id) => Promise<Review | null>
  /** Begins a review, or begins it anew. An article that is handed in keeps its row. @returns the row that holds then. */
  handIn: (review: Omit<Review, 'state'>) => Promise<Review>
  /** handed_in -> returned, in one conditional write. @returns false when it was not handed in. */
  giveBack: (review: Pick<Review, 'articleId' | 'by' | 'note' | 'at'>) => Promise<boolean>
  /** The article is published or gone: nobody waits for a review. */
  end: (articleId: Id) => Promise<void>
}

/** Tells colleagues by mail. A repeated call with the same review tells nobody twice. */
export interface ReviewMails {
  /** Everybody who may publish, but not who handed it in. */
  editors: () => Promise<Colleague[]>
  colleague: (id: Id) => Promise<Colleague | null>
  tellHandedIn: (mail: { to: Colleague; from: Colleague; review: Review }) => Promise<void>
  tellReturned: (mail: { to: Colleague; from: Colleague; review: Review }) => Promise<void>
}
