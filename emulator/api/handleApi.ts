import { randomUUID } from 'node:crypto'
import type { AcceptedMail, Answer, ApiCall } from '../model.ts'
import { apiError } from './answers.ts'
import type { Keys } from './keys.ts'
import type { Quotas } from './quotas.ts'
import { retrieveEmail } from './retrieveEmail.ts'
import type { SuppressionList } from './suppressions.ts'
import { takeBatch, takeOne, type Take, type TakeRules } from './takeEmails.ts'

export interface ApiState {
  apiKey: string | null
  rules: TakeRules
  keys: Keys
  quotas: Quotas
  suppressions: SuppressionList
  /** Where taken e-mails go. */
  accept: (mails: AcceptedMail[]) => void
  /** An e-mail that was taken and is still kept. */
  find: (id: string) => AcceptedMail | undefined
  now: () => Date
}

/**
 * Answers one call as the API does. In two steps, so that a fault can come between them: `beginCall` checks who calls and
 * claims the key, `finish` takes the e-mails.
 */
export function beginCall({
  state,
  call,
}: {
  state: ApiState
  call: ApiCall
}): { answer: Answer } | { finish: () => Answer } {
  const refusal = checkCaller({ state, call })
  if (refusal) return { answer: refusal }
  const id = call.method === 'GET' ? /^\/emails\/([^/]+)$/.exec(call.path)?.[1] : undefined
  if (id) return { answer: retrieveEmail(state.find(id)) }
  const ofTheList = state.suppressions.answer(call)
  if (ofTheList) return { answer: ofTheList }
  const wrong = checkRoute(call)
  if (wrong) return { answer: wrong }
  const key = call.headers['idempotency-key'] ?? null
  const claim = key === null ? null : state.keys.claim({ key, path: call.path, bytes: call.bytes })
  if (claim && 'answer' in claim) return claim
  return {
    finish: () => {
      const answer = takeCall({ state, call, key })
      claim?.keep(answer)
      return answer
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

function takeCall({ state, call, key }: { state: ApiState; call: ApiCall; key: string | null }): Answer {
  const { answer, accepted } = takeEmails({ state, call })
  const overQuota = accepted.length > 0 ? state.quotas.take(countRecipients(accepted)) : null
  if (overQuota) return overQuota
  const acceptedAt = state.now().toISOString()
  state.accept(accepted.map(({ id, email }) => ({ ...email, id, key, acceptedAt })))
  return answer
}

function takeEmails({ state, call }: { state: ApiState; call: ApiCall }): Take {
  const body = call.body()
  if (body === undefined) {
    const answer = apiError({ status: 422, name: 'validation_error', message: 'The body is not JSON.' })
    return { answer, accepted: [] }
  }
  if (call.path === '/emails') return takeOne({ body, rules: state.rules, newId: randomUUID })
  const isPermissive = call.headers['x-batch-validation'] === 'permissive'
  return takeBatch({ body, isPermissive, rules: state.rules, newId: randomUUID })
}

/** A quota counts recipients. (https://resend.com/docs/knowledge-base/account-quotas-and-limits) */
const countRecipients = (accepted: Take['accepted']) =>
  accepted.reduce((sum, { email }) => sum + email.to.length + email.cc.length + email.bcc.length, 0)
