/** Drops the oldest of a list, a tenth too many at a time, so that it costs next to nothing. Gives what went. */
export function trimStart<Item>({ list, keeps }: { list: Item[]; keeps: number }): Item[] {
  return list.length > keeps * 1.1 ? list.splice(0, list.length - keeps) : []
}
