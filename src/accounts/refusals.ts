import { APIError, ValidationError, type PayloadRequest } from 'payload'
import type { PasswordProblem } from './passwordRule.ts'
import { accountText, type AccountField } from './text.ts'

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
export const refuseHaste = (req: Asking, waitMs: number): APIError =>
  new APIError(
    accountText(req).tooOften(Math.max(1, Math.ceil(waitMs / 60_000))),
    429,
    { code: 'too_often', retryAfterSeconds: Math.ceil(waitMs / 1000) },
    true,
  )
