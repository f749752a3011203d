/** Counts in the database, each time with one atomic write. */
export interface Counter {
  /** One more under the key, in the stretch of `perMs` that the first one began. */
  count: (input: { key: string; perMs: number }) => Promise<{ count: number; endsInMs: number }>
  /** One less: what was counted did not happen. */
  giveBack: (input: { key: string; perMs: number }) => Promise<void>
  /** Removes what has ended. */
  clearExpired: (now: Date) => Promise<void>
}
