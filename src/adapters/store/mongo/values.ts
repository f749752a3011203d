import {
  MongoBulkWriteError,
  MongoServerError,
  type Collection,
  type OptionalUnlessRequiredId,
} from 'mongodb'
import type { CampaignStatus } from '../../../newsletter/model.ts'
import { MOST_MOVES, moveTo, type CampaignMove } from '../../../newsletter/rules/campaignMoves.ts'
import type { BatchDocument } from './collections.ts'

export const later = (date: Date, ms: number): Date => new Date(date.getTime() + ms)

export const NO_PROBLEM = { problem: { code: null, message: null, at: null } }

export const NO_LEASE = { leaseToken: null, leaseUntil: null }

/** What makes a batch one whose bytes are not fixed, and of which no call can have been taken. */
export const UNSEALED = {
  sealedAt: null,
  exclusions: null,
  recipients: null,
  inDoubtSince: null,
  calledWith: null,
} as const satisfies Partial<BatchDocument>

/** What a campaign that has not opened had fixed. */
export const NOTHING_FIXED = { subject: null, mailing: null, topicIds: null }

/** Of a campaign: mails of it are handed over. */
export const IS_MAILED = { status: { $in: ['canary', 'submitting'] satisfies CampaignStatus[] } }

/** Of a campaign that has opened: it has a canary, which is not over. */
export const IN_CANARY = { 'canary.batches': { $gt: 0 }, 'canary.endedAt': null }

/** What adds a move to a campaign's, in the very write that moves it: the newest are kept. */
export const pushMove = (
  move: Parameters<typeof moveTo>[0],
): { moves: { $each: CampaignMove[]; $slice: number } } => ({
  moves: { $each: [moveTo(move)], $slice: -MOST_MOVES },
})

/** Nobody holds it, or no longer. */
export const isFreeAt = (now: Date) => ({ $or: [{ leaseUntil: null }, { leaseUntil: { $lte: now } }] })

/** A number that is smaller, or not there. */
export const isBefore = (round: number) => ({ $not: { $gte: round } })

/** What no row has: the snapshot of a campaign that never opened. */
export const NO_SNAPSHOT = ''

/** Reads a cursor a chunk at a time. */
export async function* inChunks<T>(cursor: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let chunk: T[] = []
  for await (const document of cursor) {
    chunk.push(document)
    if (chunk.length < size) continue
    yield chunk
    chunk = []
  }
  if (chunk.length > 0) yield chunk
}

export const DUPLICATE_KEY = 11_000

/** Of two who write the first document of a key at once one is refused: tried again, it finds that document. */
export async function upsert<Result>(write: () => Promise<Result>): Promise<Result> {
  try {
    return await write()
  } catch (error) {
    if (!(error instanceof MongoServerError) || error.code !== DUPLICATE_KEY) throw error
    return write()
  }
}

/** Inserts those whose event id is new, in one call. @returns the event ids that were there, or twice among them. */
export async function insertEachEvent<Row extends { eventId: string }>(
  rows: Collection<Row>,
  documents: OptionalUnlessRequiredId<Row>[],
): Promise<Set<string>> {
  if (documents.length === 0) return new Set()
  try {
    await rows.insertMany(documents, { ordered: false })
    return new Set()
  } catch (error) {
    return new Set(duplicatesIn(error).flatMap((index) => documents[index]?.eventId ?? []))
  }
}

/**
 * The places of those documents of an insertMany that were there already; all others were written. The driver wraps each
 * failure of such a call alike: a full disk or a cut connection comes without a list of documents, and nothing is written.
 * @throws the error itself when it is about anything but documents that were there.
 */
export function duplicatesIn(error: unknown): number[] {
  if (!(error instanceof MongoBulkWriteError)) throw error
  const refused = [error.writeErrors].flat()
  if (refused.length === 0 || refused.some(({ code }) => code !== DUPLICATE_KEY)) throw error
  return refused.map(({ index }) => index)
}
