import { z } from 'zod'

export const SORTS = ['-publishedAt', 'publishedAt', '-updatedAt', 'updatedAt'] as const
export type Sort = (typeof SORTS)[number]

/** The last article of a page, after which the next one begins. */
export interface Cursor {
  sort: Sort
  /** What it was sorted by. */
  at: Date
  id: string
}

/** Longer than any that we write. */
export const CURSOR_LENGTH = 200

const Written = z.tuple([z.enum(SORTS), z.iso.datetime(), z.string().min(1).max(30)])

/** Opaque to whoever gets it: how it is written may change. */
export const writeCursor = ({ sort, at, id }: Cursor): string =>
  Buffer.from(JSON.stringify([sort, at.toISOString(), id])).toString('base64url')

/** Null for what is no cursor of ours. */
export function readCursor(text: string): Cursor | null {
  try {
    const [sort, at, id] = Written.parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
    return { sort, at: new Date(at), id }
  } catch {
    return null
  }
}

/** Why a question is refused, beside what its schema says: the parameter, and the name of a text. */
export class QueryProblem extends Error {
  constructor(
    readonly parameter: string,
    readonly text: 'cursorAndPage' | 'noCursor' | 'otherSort',
  ) {
    super(`${parameter}: ${text}`)
  }
}
