import { testDatabases, type TestDatabaseKind } from './databases.ts'

/** Whether this is `npm test -- --long`, which runs the counts in full. */
export const isLong: boolean = process.env.UTSKICK_TEST_LONG === '1'

/** The numbers from 0; as many as this run takes. */
export const seeds = (count: { short: number; long: number }): number[] =>
  Array.from({ length: isLong ? count.long : count.short }, (_, seed) => seed)

const ONE_PAIR_IN = 7

/** Every pair; in a short run one in seven, the same ones each time, in which every item is first and is second. */
export const pairsOf = <Item>(items: readonly Item[]): [first: Item, second: Item][] =>
  items.flatMap((first, row) =>
    items
      .filter((_, column) => isLong || (row + column) % ONE_PAIR_IN === 0)
      .map((second): [Item, Item] => [first, second]),
  )

/** SQLite; in a long run MongoDB too, for what is the same on both by the way it is made. */
export const oneDatabase = (): TestDatabaseKind[] =>
  testDatabases().filter(({ name }) => isLong || name === 'SQLite')
