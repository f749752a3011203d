import { createHash } from 'node:crypto'
import type { Answer } from '../model.ts'
import { apiError } from './answers.ts'

const DAY_MS = 24 * 3_600_000

export interface Keys {
  /**
   * Whether a call with this key is a new one. If it is, `keep` must be told its answer. Only what was taken is kept: a
   * call that was refused can be made again, mended.
   */
  claim: (call: {
    key: string
    path: string
    bytes: Buffer
  }) => { answer: Answer } | { keep: (answer: Answer) => void }
  forget: () => void
}

/** The idempotency keys of 24 hours. (https://resend.com/docs/dashboard/emails/idempotency-keys) */
export function startKeys({ now }: { now: () => Date }): Keys {
  const kept = new Map<string, { digest: string; at: number; answer: Answer | null }>()
  const isOver = (at: number) => now().getTime() - at >= DAY_MS
  const dropOld = () => {
    for (const [key, { at }] of kept) {
      if (!isOver(at)) return
      kept.delete(key)
    }
  }
  return {
    claim: ({ key, path, bytes }) => {
      if (key.length < 1 || key.length > 256)
        return { answer: apiError({ status: 400, name: 'invalid_idempotency_key' }) }
      dropOld()
      const digest = createHash('sha1').update(`${path}\n`).update(bytes).digest('base64')
      const before = kept.get(key)
      const isKnown = before !== undefined && !isOver(before.at)
      if (isKnown && before.digest !== digest)
        return { answer: apiError({ status: 409, name: 'invalid_idempotent_request' }) }
      if (isKnown)
        return { answer: before.answer ?? apiError({ status: 409, name: 'concurrent_idempotent_requests' }) }
      kept.set(key, { digest, at: now().getTime(), answer: null })
      return {
        keep: (answer) => {
          // Deleted first: the map stays in the order of time.
          kept.delete(key)
          if (answer.status < 300) kept.set(key, { digest, at: now().getTime(), answer })
        },
      }
    },
    forget: () => kept.clear(),
  }
}
