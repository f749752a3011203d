import type { Id } from '../newsletter/model.ts'
import type { Place, TimelineRow, TimelineSourceName } from './model.ts'

/** Whose timeline is read. */
export interface Person {
  id: Id
  /** As it is stored. */
  email: string
  consentAt: Date | null
  consentSource: string | null
  createdAt: Date
}

/** What a page of a timeline asks of each source: the newest rows after a place, at most so many. */
export interface PageOfSource {
  person: Person
  /** Null: from the newest on. */
  after: Place | null
  limit: number
}

/** Reads one kind of rows of a person, the newest first; those of one moment by their ids, the last one first. */
export type TimelineSource = (page: PageOfSource) => Promise<TimelineRow[]>

export type TimelineSources = Record<TimelineSourceName, TimelineSource>
