export interface BusiestSecond {
  count: (atMs: number) => void
  /** The most in one second of the clock. */
  perSecond: () => number
  /** The most in any 1,000 ms. */
  inAnySecond: () => number
}

/** Counts what happens against the clock, remembering no more than the last second. Times come in order. */
export function startBusiestSecond(): BusiestSecond {
  let second = 0
  let inThisSecond = 0
  let perSecond = 0
  let inAnySecond = 0
  let last: number[] = []
  return {
    count: (atMs) => {
      const current = Math.floor(atMs / 1000)
      inThisSecond = current === second ? inThisSecond + 1 : 1
      second = current
      perSecond = Math.max(perSecond, inThisSecond)
      last = [...last.filter((earlier) => atMs - earlier < 1000), atMs]
      inAnySecond = Math.max(inAnySecond, last.length)
    },
    perSecond: () => perSecond,
    inAnySecond: () => inAnySecond,
  }
}
