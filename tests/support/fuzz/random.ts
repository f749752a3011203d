export interface Random {
  /** From 0 to 1. */
  next: () => number
  below: (count: number) => number
  one: <Item>(items: readonly Item[]) => Item
  /** Whether it happens, one time in so many. */
  isOneIn: (count: number) => boolean
}

/** The same choices in each run with the same seed (mulberry32). */
export function seeded(seed: number): Random {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (count: number) => Math.floor(next() * count)
  return {
    next,
    below,
    one: <Item>(items: readonly Item[]) => items[below(items.length)] as Item,
    isOneIn: (count) => below(count) === 0,
  }
}
