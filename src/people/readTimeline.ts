import { TIMELINE_SOURCES, type Place, type TimelineRow } from './model.ts'
import type { Person, TimelineSources } from './ports.ts'

export const ROWS_PER_PAGE = 20

/**
 * A page of what happened to a person, the newest first.
 * @param input.after the place of the last row of the page before.
 * @returns `next`: what the next page begins after; null where nothing is earlier.
 */
export async function readTimeline(
  sources: TimelineSources,
  { person, after, limit = ROWS_PER_PAGE }: { person: Person; after: Place | null; limit?: number },
): Promise<{ rows: TimelineRow[]; next: Place | null }> {
  // One more than is shown tells whether there are more.
  const page = { person, after, limit: limit + 1 }
  const found = await Promise.all(TIMELINE_SOURCES.map((name) => sources[name](page)))
  const rows = inOrder(found)
  const shown = rows.slice(0, limit)
  return { rows: shown, next: rows.length > limit ? (shown.at(-1)?.place ?? null) : null }
}

/** Each source has given its rows in their order, which stays among those of one moment. */
const inOrder = (found: TimelineRow[][]): TimelineRow[] =>
  found
    .flat()
    .map((row, index) => ({ row, index }))
    .toSorted(
      (one, other) => other.row.place.at.getTime() - one.row.place.at.getTime() || one.index - other.index,
    )
    .map(({ row }) => row)

/** A place as it stands in an address. */
export const placeText = ({ at, source, id }: Place): string => `${at.toISOString()}~${source}~${id}`

/** @returns null for what is no place. */
export function readPlace(text: string): Place | null {
  const [time = '', name = '', id = '', ...rest] = text.split('~')
  const at = new Date(time)
  const source = TIMELINE_SOURCES.find((known) => known === name)
  const isId = /^(?:\d{1,15}|[0-9a-f]{24})$/.test(id)
  return source && isId && rest.length === 0 && !Number.isNaN(at.getTime()) ? { at, source, id } : null
}

/** Which rows of a source come after a place: all that are earlier, and of those of its moment none, all, or the ones below an id. */
export function continuation({ source, after }: { source: Place['source']; after: Place }): {
  before: Date
  ofMoment: 'none' | 'all' | { belowId: string }
} {
  const places = [source, after.source].map((name) => TIMELINE_SOURCES.indexOf(name))
  const [mine = 0, theirs = 0] = places
  if (mine === theirs) return { before: after.at, ofMoment: { belowId: after.id } }
  return { before: after.at, ofMoment: mine > theirs ? 'all' : 'none' }
}
