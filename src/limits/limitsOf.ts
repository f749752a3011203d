import type { BasePayload } from 'payload'
import { depsOf, mongoOf, sqliteOf } from '../deps.ts'
import { keyedHash } from '../newsletter/rules/keyedHash.ts'
import { mongoCounter } from './mongoCounter.ts'
import type { Counter } from './ports.ts'
import { sqliteCounter } from './sqliteCounter.ts'

export interface Limits {
  /**
   * Counts one more of what `key` names and tells whether it is still allowed: `points` within `perMs`, which begin with
   * the first of them. What is refused counts too, and does not make the wait longer.
   * @param limit.key may hold an address: only a keyed hash of it is stored.
   * @throws what the database throws.
   */
  take: (limit: Limit) => Promise<boolean>
  /** The same, and how long until it is allowed again: 0 when it is allowed now. */
  takeOrWait: (limit: Limit) => Promise<number>
  /** One that was taken counts no more: what it was taken for failed. */
  giveBack: (limit: Limit) => Promise<void>
}

export interface Limit {
  key: string
  points: number
  perMs: number
}

const known = new WeakMap<BasePayload, Limits>()

/** How often something may be done, counted in the database: by all web processes together, also after a restart. */
export function limitsOf(payload: BasePayload): Limits {
  const limits = known.get(payload) ?? makeLimits(payload)
  known.set(payload, limits)
  return limits
}

/** Rows that count for nothing any more are removed by the way, at most so often per process. */
const CLEAR_EVERY_MS = 10 * 60_000

function makeLimits(payload: BasePayload): Limits {
  const { env, secret, clock } = depsOf(payload)
  const counter: Counter =
    env.database.kind === 'sqlite' ? sqliteCounter(sqliteOf(payload)) : mongoCounter(mongoOf(payload))
  const hash = (key: string) => hashKey({ secret, text: key })
  let clearedAt = 0

  const takeOrWait = async ({ key, points, perMs }: Limit): Promise<number> => {
    const now = clock.now().getTime()
    if (now - clearedAt >= CLEAR_EVERY_MS) {
      clearedAt = now
      await counter.clearExpired(new Date(now))
    }
    const { count, endsInMs } = await counter.count({ key: hash(key), perMs })
    return count <= points ? 0 : Math.max(endsInMs, 1)
  }
  return {
    takeOrWait,
    take: async (limit) => (await takeOrWait(limit)) === 0,
    giveBack: ({ key, perMs }) => counter.giveBack({ key: hash(key), perMs }),
  }
}

/** Whoever reads the table learns no address from it, not even by trying all that there are. */
const hashKey = keyedHash('utskick limit key v1')
