import { ValidationError, type APIError, type PayloadRequest } from 'payload'
import { refusal } from '../refusals/refusal.ts'
import type { PasswordProblem } from './passwordRule.ts'
import { accountText, en, sv, type AccountField } from './text.ts'

type Asking = Pick<PayloadRequest, 'i18n' | 't'>

/** A 400 that names the field; the admin shows the message below it. */
export function refuseField({
  req,
  field,
  message,
}: {
  req: Asking
  field: AccountField
  message: string
}): ValidationError {
  const label = accountText(req).fields[field]
  return new ValidationError({ collection: 'users', errors: [{ path: field, label, message }] }, req.t)
}

export const refusePassword = (req: Asking, problem: PasswordProblem): ValidationError =>
  refuseField({ req, field: 'password', message: accountText(req).password[problem] })

/** A 429. The same words for a known and an unknown address. */
export function refuseHaste(req: Asking, waitMs: number): APIError {
  const minutes = Math.max(1, Math.ceil(waitMs / 60_000))
  return refusal({
    req,
    status: 429,
    text: { sv: sv.tooOften(minutes), en: en.tooOften(minutes) },
    data: { code: 'too_often', retryAfterSeconds: Math.ceil(waitMs / 1000) },
  })
}
