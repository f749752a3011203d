import { ValidationError, type APIError, type PayloadRequest } from 'payload'
import type { RefusalCode } from '../refusals/codes.ts'
import { refusal, withCode } from '../refusals/refusal.ts'
import type { PasswordProblem } from './passwordRule.ts'
import { accountText, en, sv, type AccountField } from './text.ts'

type Asking = Pick<PayloadRequest, 'i18n' | 't'>

/** A 400 that names the field; the admin shows the message below it. */
export function refuseField({
  req,
  code,
  field,
  message,
}: {
  req: Asking
  code: RefusalCode
  field: AccountField
  message: string
}): ValidationError {
  const label = accountText(req).fields[field]
  const errors = [{ path: field, label, message }]
  return withCode(new ValidationError({ collection: 'users', errors }, req.t), code)
}

/** @param problem `text`: it is none. */
export const refusePassword = (req: Asking, problem: PasswordProblem | 'text'): ValidationError =>
  refuseField({
    req,
    code: PASSWORD_CODES[problem],
    field: 'password',
    message: accountText(req).password[problem],
  })

const PASSWORD_CODES: Record<PasswordProblem | 'text', RefusalCode> = {
  text: 'password_no_text',
  short: 'password_short',
  long: 'password_long',
  common: 'password_common',
}

/** A 429. The same words for a known and an unknown address. */
export function refuseHaste(req: Asking, waitMs: number): APIError {
  const minutes = Math.max(1, Math.ceil(waitMs / 60_000))
  return refusal({
    req,
    code: 'too_often',
    status: 429,
    text: { sv: sv.tooOften(minutes), en: en.tooOften(minutes) },
    data: { retryAfterSeconds: Math.ceil(waitMs / 1000) },
  })
}
