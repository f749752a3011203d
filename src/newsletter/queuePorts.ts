/** What the webhook queue needs from outside; src/adapters/store has the real ones. */
import type { Id } from './model.ts'

/** An event as the provider posted it, signature checked. */
export interface PostedEvent {
  /** The same in every try of the provider to deliver it. */
  eventId: string
  /** The JSON, as it came in. */
  body: string
  receivedAt: Date
}

/** A posted event that no worker has applied yet. */
export interface WaitingEvent extends PostedEvent {
  id: Id
  /** How often a worker has claimed it, this time included. */
  tries: number
}

export interface QueueLength {
  waiting: number
  /** When the oldest of them came in; null when none waits. */
  oldestReceivedAt: Date | null
  /** Events that could not be applied. They wait for staff, not for a worker. */
  setAside: number
}

/**
 * Posted events until they are applied. A claimed event is due again when its lease ends, so a crash loses none; two
 * workers may then apply the same event, which changes nothing (recordEvents). Every operation can be repeated.
 */
export interface EventQueue {
  /**
   * Writes the events, each once, in one write. Nobody in the process waits while another one writes.
   * @returns for each event `known` when it waits already or was applied.
   */
  keep: (events: readonly PostedEvent[]) => Promise<('new' | 'known')[]>
  /** How many rows there are, set aside or not; counts no further than `limit`. */
  count: (limit: number) => Promise<number>
  /** Due events that were tried so often before, those that are due first. Another worker gets none of them before the lease ends. */
  claim: (ask: {
    tried: readonly number[]
    limit: number
    now: Date
    lease: { token: string; ms: number }
  }) => Promise<WaitingEvent[]>
  /** They are applied. */
  remove: (ids: readonly Id[]) => Promise<void>
  /** They are tried again from then on. */
  postpone: (move: { ids: readonly Id[]; dueAt: Date }) => Promise<void>
  /** It is not tried again by itself. @param move.reason a code; never words that may hold an address. */
  setAside: (move: { id: Id; reason: string; now: Date }) => Promise<void>
  /** Removes the oldest events that are set aside, but for `most` of them. @returns how many. */
  trimSetAside: (most: number) => Promise<number>
  /** What is set aside is tried once more. @param move.tries what they count as tried so far. @returns how many. */
  retrySetAside: (move: { tries: number; now: Date }) => Promise<number>
  readLength: () => Promise<QueueLength>
}
