import { seededRandom } from '../../../emulator/seededRandom.ts'

export interface Random {
  /** A whole number from 0, below this one. */
  below: (count: number) => number
  one: <Item>(items: readonly Item[]) => Item
  /** Whether it happens, one time in so many. */
  isOneIn: (count: number) => boolean
}

/** The same choices in each run with the same seed. */
export function choicesOf(seed: number): Random {
  const next = seededRandom(seed)
  const below = (count: number) => Math.floor(next() * count)
  return {
    below,
    one: <Item>(items: readonly Item[]) => items[below(items.length)] as Item,
    isOneIn: (count) => below(count) === 0,
  }
}
