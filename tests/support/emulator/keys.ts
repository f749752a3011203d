import { createHash } from 'node:crypto'
import { apiError } from './answers.ts'
import type { Answer } from './model.ts'

const DAY_MS = 24 * 3_600_000

export interface Keys {
  /**
   * Whether a call with this key is a new one. If it is, `keep` must be told its answer. Only what was taken is kept: a
   * call that was refused can be made again, mended.
   */
  claim: (call: {
    key: string
    path: string
    bytes: string
  }) => { answer: Answer } | { keep: (answer: Answer) => void }
}

/** The idempotency keys of 24 hours. (https://resend.com/docs/dashboard/emails/idempotency-keys) */
export function startKeys({ now }: { now: () => Date }): Keys {
  const kept = new Map<string, { digest: string; at: number; answer: Answer | null }>()
  return {
    claim: ({ key, path, bytes }) => {
      if (key.length < 1 || key.length > 256)
        return { answer: apiError({ status: 400, name: 'invalid_idempotency_key' }) }
      const digest = createHash('sha256').update(`${path}\n${bytes}`).digest('hex')
      const before = kept.get(key)
      const isKnown = before !== undefined && now().getTime() - before.at < DAY_MS
      if (isKnown && before.digest !== digest)
        return { answer: apiError({ status: 409, name: 'invalid_idempotent_request' }) }
      if (isKnown)
        return { answer: before.answer ?? apiError({ status: 409, name: 'concurrent_idempotent_requests' }) }
      kept.set(key, { digest, at: now().getTime(), answer: null })
      return {
        keep: (answer) => {
          if (answer.status < 300) kept.set(key, { digest, at: now().getTime(), answer })
          else kept.delete(key)
        },
      }
    },
  }
}
