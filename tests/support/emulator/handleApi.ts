import { randomUUID } from 'node:crypto'
import { apiError } from './answers.ts'
import type { Keys } from './keys.ts'
import type { AcceptedMail, Answer } from './model.ts'
import type { RateLimit } from './rateLimit.ts'
import { takeBatch, takeOne, type Take, type TakeRules } from './takeEmails.ts'

export interface ApiState {
  apiKey: string | null
  rules: TakeRules
  keys: Keys
  rateLimit: RateLimit
  /** Where taken e-mails go. */
  accept: (mails: AcceptedMail[]) => void
  now: () => Date
}

export interface ApiCall {
  method: string
  path: string
  headers: Record<string, string>
  bytes: string
}

/**
 * Answers one call as the API does. In two steps, so that a fault can come between them: `begin` checks who calls and
 * claims the key, `finish` takes the e-mails.
 */
export function beginCall({
  state,
  call,
}: {
  state: ApiState
  call: ApiCall
}): { answer: Answer } | { finish: () => Answer } {
  const { headers, answer: limited } = state.rateLimit.count()
  const withLimits = (answer: Answer): Answer => ({ ...answer, headers: { ...headers, ...answer.headers } })
  const refusal = limited ?? checkCaller({ state, call }) ?? checkRoute(call)
  if (refusal) return { answer: withLimits(refusal) }
  const key = call.headers['idempotency-key']
  const claim = key === undefined ? null : state.keys.claim({ key, path: call.path, bytes: call.bytes })
  if (claim && 'answer' in claim) return { answer: withLimits(claim.answer) }
  return {
    finish: () => {
      const { answer, accepted } = take({ state, call })
      const acceptedAt = state.now().toISOString()
      state.accept(accepted.map(({ id, email }) => ({ ...email, id, key: key ?? null, acceptedAt })))
      claim?.keep(answer)
      return withLimits(answer)
    },
  }
}

function checkCaller({ state, call }: { state: ApiState; call: ApiCall }): Answer | null {
  const key = /^Bearer (\S+)$/.exec(call.headers.authorization ?? '')?.[1]
  if (!key) return apiError({ status: 401, name: 'missing_api_key' })
  const isKnown = state.apiKey === null || state.apiKey === key
  return isKnown ? null : apiError({ status: 403, name: 'invalid_api_key' })
}

function checkRoute({ method, path }: ApiCall): Answer | null {
  if (path !== '/emails' && path !== '/emails/batch') return apiError({ status: 404, name: 'not_found' })
  return method === 'POST' ? null : apiError({ status: 405, name: 'method_not_allowed' })
}

function take({ state, call }: { state: ApiState; call: ApiCall }): Take {
  const body = parseJson(call.bytes)
  if (body === undefined)
    return {
      answer: apiError({ status: 422, name: 'validation_error', message: 'The body is not JSON.' }),
      accepted: [],
    }
  if (call.path === '/emails') return takeOne({ body, rules: state.rules, newId: randomUUID })
  const isPermissive = call.headers['x-batch-validation'] === 'permissive'
  return takeBatch({ body, isPermissive, rules: state.rules, newId: randomUUID })
}

export function parseJson(bytes: string): unknown {
  try {
    return JSON.parse(bytes)
  } catch {
    return undefined
  }
}
