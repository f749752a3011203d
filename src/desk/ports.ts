import type { Id } from '../newsletter/model.ts'
import type { Day, DraftLine, Mailing, Movement, SetupFacts, TopicMovement } from './model.ts'

/** What is counted of subscribers, exactly and at once: no figure is kept from an earlier day. */
export interface SubscriberCounts {
  countActive: () => Promise<number>
  /** In the order of the days. */
  countByDay: (days: Day[]) => Promise<Movement[]>
  /** Of those whom it still knows, by what they follow now. The topics in which nobody moved are not among them. */
  countByTopic: (since: Date) => Promise<(Movement & { topicId: Id })[]>
}

/** What is read by way of Payload. */
export interface DeskContent {
  readSetup: () => Promise<SetupFacts>
  /** The newest drafts that somebody wrote in. */
  readDrafts: (limit: number) => Promise<DraftLine[]>
  /** The newsletters that have gone out, the last one first. */
  readMailings: (limit: number) => Promise<Mailing[]>
  countUnanswered: () => Promise<number>
  nameTopics: (moved: (Movement & { topicId: Id })[]) => Promise<TopicMovement[]>
  readTimeZone: () => Promise<string>
}
