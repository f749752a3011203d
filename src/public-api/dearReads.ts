import type { PayloadRequest } from 'payload'
import { codeOf } from '../codeOf.ts'
import { networkAddressOf } from '../limits/networkAddressOf.ts'
import { LEFT_QUEUE, QUEUE_IS_FULL, takeTurns, type Turns } from '../limits/takeTurns.ts'
import { refusal } from '../refusals/refusal.ts'

/** So long a question waits for its turn: less than callers and proxies wait for an answer. */
const MOST_WAIT_MS = 20_000

/** After each question the line rests for as long as it took, but no longer than this. */
export const MOST_REST_MS = 250

/** By a symbol: the bundler gives each route a copy of this module, and all of them share one line. */
const LINE: unique symbol = Symbol.for('utskick.dearReads')
const shared: typeof globalThis & { [LINE]?: Turns } = globalThis

/**
 * Long lists, searches and filters without a login run one after the other. On SQLite each of them blocks the whole process
 * while it reads: ten at once would keep a reader of one article waiting for all ten. Between two of them the line rests:
 * one right after the other kept a reader waiting for two seconds, as each step of an answer came behind another one.
 */
const line = ({ payload }: PayloadRequest): Turns =>
  (shared[LINE] ??= takeTurns({
    // MongoDB works on them elsewhere.
    atOnce: payload.db.name === 'mongoose' ? 4 : 1,
    waiting: { ofOne: 50, ofAll: 200 },
    rest: { mostMs: MOST_REST_MS },
  }))

/**
 * The question of a caller who goes away meanwhile is not asked.
 * @throws 503 when too many wait already, or when it has waited for too long.
 */
export async function inTurn(req: PayloadRequest, run: () => Promise<Response>): Promise<Response> {
  const tooLong = AbortSignal.timeout(MOST_WAIT_MS)
  const leave = req.signal ? AbortSignal.any([req.signal, tooLong]) : tooLong
  try {
    return await line(req).take({ who: networkAddressOf(req), run, leave })
  } catch (error) {
    if ([QUEUE_IS_FULL, LEFT_QUEUE].includes(String(codeOf(error))))
      throw refusal({ req, code: 'too_many_wait', status: 503, text: TOO_MANY_WAIT })
    throw error
  }
}

const TOO_MANY_WAIT = {
  sv: 'Just nu väntar för många långa frågor. Försök igen om en stund, eller fråga efter mindre.',
  en: 'Too many long questions wait at the moment. Try again in a while, or ask for less.',
}
