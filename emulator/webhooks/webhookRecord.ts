import type { EventType } from './fates.ts'

/** A webhook and what became of it. */
export interface WebhookRecord {
  /** The svix-id. */
  id: string
  type: EventType
  emailId: string
  to: string[]
  body: string
  /** Every time that it was posted. */
  posts: WebhookPost[]
  /** Copies that are neither taken nor given up. */
  copiesLeft: number
  /** `taken` when every copy was answered 2xx, `given-up` when one was not to the last attempt. */
  state: 'pending' | 'taken' | 'given-up'
  createdAt: string
}

export interface WebhookPost {
  at: string
  /** null: no answer. */
  status: number | null
}

export interface WebhookCounts {
  /** Webhooks, whatever the number of copies. */
  events: number
  /** Times that one was posted: copies and new attempts too. */
  posts: number
  /** Copies that were answered 2xx, that were given up, and that still are under way. */
  taken: number
  givenUp: number
  pending: number
}

export const noWebhooks = (): WebhookCounts => ({ events: 0, posts: 0, taken: 0, givenUp: 0, pending: 0 })
