import type { Answer } from '../model.ts'
import type { Settings } from '../settings.ts'
import { apiError } from './answers.ts'

export interface RateLimit {
  /** Counts a call; `answer` when it is one too many. `headers` go on every answer. */
  count: () => { headers: Record<string, string>; answer: Answer | null }
}

/** So many calls per second of the clock, as Resend's headers tell (IETF draft: ratelimit-limit, -remaining, -reset). */
export function startRateLimit({ settings, now }: { settings: Settings; now: () => Date }): RateLimit {
  let second = 0
  let used = 0
  return {
    count: () => {
      const { perSecond, isRateEnforced } = settings
      if (perSecond === null) return { headers: {}, answer: null }
      const current = Math.floor(now().getTime() / 1000)
      if (current !== second) used = 0
      second = current
      used++
      const headers = {
        'ratelimit-policy': `${perSecond};w=1`,
        'ratelimit-limit': String(perSecond),
        'ratelimit-remaining': String(Math.max(0, perSecond - used)),
        'ratelimit-reset': '1',
      }
      return { headers, answer: isRateEnforced && used > perSecond ? tooMany : null }
    },
  }
}

const tooMany = apiError({ status: 429, name: 'rate_limit_exceeded', headers: { 'retry-after': '1' } })
