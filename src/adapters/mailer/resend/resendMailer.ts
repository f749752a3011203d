import { createHash } from 'node:crypto'
import { Resend } from 'resend'
import type { CallLimit, Outcome } from '../../../newsletter/model.ts'
import type { Clock, Mailer } from '../../../newsletter/ports.ts'
import { apiUrl } from './apiUrl.ts'
import { classifyAnswer } from './classifyAnswer.ts'
import { classifyError } from './classifyError.ts'
import { unreachable } from './problems.ts'
import { readLimit } from './readLimit.ts'
import { canReach } from './canReach.ts'
import { toResendBody } from './toResendBody.ts'

/** Keys are remembered per team: nothing tells whether another API key is of the same one. */
const accountOf = (account: { url: string; apiKey: string }): string =>
  `resend ${createHash('sha256').update(JSON.stringify(account)).digest('base64url').slice(0, 16)}`

const HOUR_MS = 3_600_000
const CALL_TIMEOUT_MS = 30_000
const REACH_TIMEOUT_MS = 5_000

/**
 * The key goes to nobody whom Resend would point to. And only a request that can neither be redirected nor belong to a
 * window is sent without a copy of its body (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch).
 */
const SENT_AS_IT_IS = { redirect: 'error', window: null } as const

/**
 * Resend's batch endpoint: 100 mails a call, permissive (one bad address does not stop the other 99), under a key that
 * Resend keeps for 24 hours (https://resend.com/docs/dashboard/emails/idempotency-keys).
 * @param baseUrl see apiUrl.
 * @param reportsEvents whether its webhooks are taken here.
 */
export function resendMailer({
  apiKey,
  baseUrl,
  clock,
  reportsEvents = false,
  timeoutMs = CALL_TIMEOUT_MS,
}: {
  apiKey: string
  baseUrl: string | null
  clock: Clock
  reportsEvents?: boolean
  timeoutMs?: number
}): Mailer {
  const url = apiUrl(baseUrl)
  const resend = new Resend(apiKey, { baseUrl: url })
  let limit: CallLimit = { kind: 'unknown' }
  let hasAnswered = false

  const send: Mailer['send'] = async ({ key, mails }): Promise<Outcome> => {
    // The SDK does not say whether a failed call ever left. While nothing is known to answer, that is asked first: a call
    // that was never made is not in doubt, however long the provider is away.
    if (!hasAnswered && !(await canReach({ url, timeoutMs: Math.min(timeoutMs, REACH_TIMEOUT_MS) })))
      return { kind: 'later', afterMs: null, problem: unreachable }
    const call = {
      // In place of what the SDK would make of an entity: see toResendBody.
      body: toResendBody(mails),
      idempotencyKey: key,
      headers: { 'x-batch-validation': 'permissive' },
      signal: AbortSignal.timeout(timeoutMs),
      ...SENT_AS_IT_IS,
    }
    const { data, error, headers } = await resend.post('/emails/batch', undefined, call)
    hasAnswered = headers !== null
    if (headers) limit = readLimit({ headers, isTaken: !error, known: limit })
    return error
      ? classifyError({ error, headers: headers ?? {}, now: clock.now() })
      : classifyAnswer({ body: data, mails })
  }

  return {
    name: 'resend',
    account: accountOf({ url, apiKey }),
    batchSize: 100,
    reportsEvents,
    repeatableMs: 24 * HOUR_MS,
    connections: null,
    limit: () => limit,
    send,
    close: async () => undefined,
  }
}
