import type { RateLimiterAbstract } from 'rate-limiter-flexible'
import type { Counter } from './ports.ts'

/** What the library wants to know of every limiter. Each count brings its own limit, so these decide nothing. */
export const LIMITER_OPTIONS = { keyPrefix: '', points: 1, duration: 1 }

/** By the library's `penalty`, which counts and answers with the sum; `consume` would compare it with one fixed limit. */
export const countWith = (limiter: RateLimiterAbstract): Pick<Counter, 'count' | 'giveBack'> => ({
  count: async ({ key, perMs }) => {
    const { consumedPoints, msBeforeNext } = await limiter.penalty(key, 1, { customDuration: perMs / 1000 })
    return { count: consumedPoints, endsInMs: msBeforeNext }
  },
  giveBack: async ({ key, perMs }) => {
    await limiter.reward(key, 1, { customDuration: perMs / 1000 })
  },
})
