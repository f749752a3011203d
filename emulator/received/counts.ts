/** What can be asked of a run, however long: numbers that are kept, not lists that are counted. */
export interface Counts {
  /** Calls of the API, whatever became of them. */
  calls: number
  /** Calls by the status that they were answered with. */
  statuses: Record<string, number>
  /** Calls that got no answer: cut off, left hanging or given up. */
  unanswered: number
  /** Answers 429, of all three kinds. */
  tooManyRequests: number
  /** Faults that were met, by name. */
  faults: Record<string, number>
  maxInFlight: number
  /** Most calls in one second of the clock, which is how the rate limit counts, and in any 1,000 ms. */
  maxCallsPerSecond: number
  maxCallsInAnySecond: number
  /** Milliseconds since 1970; null when there was none. */
  firstCallAt: number | null
  lastAnswerAt: number | null
  /** E-mails that were taken, once each. */
  mails: number
  /** Different recipients of them. */
  addresses: number
  /** How many of those got more than one, and the first hundred of them. */
  addressesTwiceOrMoreTotal: number
  addressesTwiceOrMore: { address: string; mails: number }[]
}

/** One more of it. */
export function countOne(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1
}
