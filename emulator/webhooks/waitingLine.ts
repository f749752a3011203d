/** How far ahead a shuffled line is drawn from. */
const WINDOW = 100

export interface WaitingLine<Item> {
  add: (items: readonly Item[]) => void
  /** The next one; when the line is shuffled, one of the first hundred. */
  take: () => Item | undefined
  clear: () => void
}

/** A line in which taking costs the same however long it is. */
export function startLine<Item>({
  isShuffled,
  random,
}: {
  isShuffled: () => boolean
  random: () => number
}): WaitingLine<Item> {
  let items: Item[] = []
  let first = 0
  return {
    add: (more) => void items.push(...more),
    take: () => {
      const waiting = items.length - first
      if (waiting === 0) return undefined
      const chosen = first + (isShuffled() ? Math.floor(random() * Math.min(waiting, WINDOW)) : 0)
      const item = items[chosen]
      // The first one takes the place of the chosen, so that it is not lost.
      items.copyWithin(chosen, first, first + 1)
      first++
      if (first > 10_000) {
        items = items.slice(first)
        first = 0
      }
      return item
    },
    clear: () => {
      items = []
      first = 0
    },
  }
}
