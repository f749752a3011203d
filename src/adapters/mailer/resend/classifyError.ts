import { z } from 'zod'
import type { Outcome } from '../../../newsletter/model.ts'
import {
  callRefused,
  dailyQuotaUsed,
  domainNotVerified,
  faultAtProvider,
  keyRefused,
  keyReused,
  monthlyQuotaUsed,
  noAnswer,
  rateLimited,
  stillRunning,
  unreadableAnswer,
} from './problems.ts'
import { untilDailyQuota, untilRetry } from './waits.ts'
import { withoutSecrets } from '../withoutSecrets.ts'

const shape = z.object({
  statusCode: z.number().nullish(),
  name: z.string().catch(''),
  message: z.string().catch(''),
})

/**
 * Classifies what the SDK gives as `error`. (https://resend.com/docs/api-reference/errors)
 * A network fault has no status: the call may have been taken. A 5xx may have been taken too; with its idempotency key
 * the same call again is safe either way.
 */
export function classifyError({
  error,
  headers,
  now,
}: {
  error: unknown
  headers: Record<string, string>
  now: Date
}): Outcome {
  const parsed = shape.safeParse(error)
  if (!parsed.success || parsed.data.statusCode === undefined)
    return { kind: 'unknown', problem: unreadableAnswer }
  const { statusCode: status, name, message } = parsed.data
  if (status === null || status === 408) return { kind: 'unknown', problem: noAnswer }
  if (status >= 500) return { kind: 'unknown', problem: faultAtProvider(status) }
  if (status === 429) return classifyTooMany({ name, headers, now })
  // Another call under this key is being taken, or was: to try again under another key could mail it twice.
  if (name === 'concurrent_idempotent_requests') return { kind: 'busy', problem: stillRunning }
  if (name === 'invalid_idempotent_request') return { kind: 'conflict', problem: keyReused }
  return { kind: 'refused', problem: refusalProblem({ status, name, message }) }
}

function classifyTooMany({
  name,
  headers,
  now,
}: {
  name: string
  headers: Record<string, string>
  now: Date
}): Outcome {
  if (name === 'monthly_quota_exceeded') return { kind: 'refused', problem: monthlyQuotaUsed }
  if (name === 'daily_quota_exceeded')
    return { kind: 'later', afterMs: untilDailyQuota(now), problem: dailyQuotaUsed }
  return { kind: 'later', afterMs: untilRetry({ headers, now }), problem: rateLimited }
}

function refusalProblem({ status, name, message }: { status: number; name: string; message: string }) {
  if (name === 'invalid_from_address' || /domain is not verified|testing emails/i.test(message))
    return domainNotVerified
  if (status === 401 || name === 'invalid_api_key' || /api key/i.test(message)) return keyRefused
  if (status === 404 || status === 405) return unreadableAnswer
  return callRefused({ status, words: withoutSecrets(message || name) })
}
