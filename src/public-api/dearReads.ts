import type { PayloadRequest } from 'payload'
import { codeOf } from '../codeOf.ts'
import { networkAddressOf } from '../limits/networkAddressOf.ts'
import { QUEUE_IS_FULL, takeTurns, type Turns } from '../limits/takeTurns.ts'
import { refusal } from '../refusals/refusal.ts'
import { SEARCHES } from './readValue.ts'
import { isObject } from './whereProblem.ts'

/** A list that is longer than this, or further on than this page, is dear. */
const SHORT_LIST = 25
const NEAR_PAGE = 50

/** By a symbol: the bundler gives each route a copy of this module, and all of them share one line. */
const LINE: unique symbol = Symbol.for('utskick.dearReads')
const shared: typeof globalThis & { [LINE]?: Turns } = globalThis

/**
 * Long lists, searches and filters without a login run one after the other. On SQLite each of them blocks the whole process
 * while it reads: ten at once would keep a reader of one article waiting for all ten.
 */
const line = ({ payload }: PayloadRequest): Turns =>
  (shared[LINE] ??= takeTurns({
    // MongoDB works on them elsewhere.
    atOnce: payload.db.name === 'mongoose' ? 4 : 1,
    waiting: { ofOne: 50, ofAll: 200 },
  }))

/** @throws 503 when too many wait already. */
export async function inTurn(req: PayloadRequest, run: () => Promise<Response>): Promise<Response> {
  try {
    return await line(req).take({ who: networkAddressOf(req), run })
  } catch (error) {
    if (codeOf(error) === QUEUE_IS_FULL)
      throw refusal({ req, code: 'too_many_wait', status: 503, text: TOO_MANY_WAIT })
    throw error
  }
}

/** Of a query that keeps its bounds. */
export function isDear({ limit, page, sort, where }: Record<string, unknown>): boolean {
  return (
    Number(limit ?? 0) > SHORT_LIST ||
    Number(page ?? 1) > NEAR_PAGE ||
    [sort].flat().some((each) => typeof each === 'string' && /\b(title|name|alt)\b/.test(each)) ||
    asksAllRows(where)
  )
}

/** Whether a filter has to look at more than what an index names. */
export function asksAllRows(where: unknown): boolean {
  if (Array.isArray(where)) return where.some(asksAllRows)
  if (!isObject(where)) return false
  return Object.entries(where).some(([path, value]) =>
    /^(and|or)$/i.test(path)
      ? asksAllRows(value)
      : !/^(id|slug)$/.test(path) || (isObject(value) && Object.keys(value).some((name) => isSearch(name))),
  )
}

const isSearch = (operator: string): boolean => SEARCHES.includes(operator) || operator.startsWith('not')

const TOO_MANY_WAIT = {
  sv: 'Just nu väntar för många långa frågor. Försök igen om en stund, eller fråga efter mindre.',
  en: 'Too many long questions wait at the moment. Try again in a while, or ask for less.',
}
