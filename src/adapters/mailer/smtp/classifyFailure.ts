import type { Outcome } from '../../../newsletter/model.ts'
import { classifyReply } from './classifyReply.ts'
import { loginRefused, notSecure, unreachable } from './problems.ts'

/** What nodemailer says of a send that failed. */
export interface SendFailure {
  code?: string | undefined
  originalCode?: string | undefined
  command?: string | undefined
  response?: string | undefined
  responseCode?: number | undefined
}

/** nodemailer's codes, and those of Node and OpenSSL for certificates and versions. */
const NOT_SECURE = /TLS|SSL|CERT/
const NO_LOGIN = ['EAUTH', 'ENOAUTH', 'EOAUTH2']

/**
 * What a failed send of one mail means.
 * @param hasBegun whether a byte of the message had gone out: without a refusal nobody knows then whether the server has
 *   the mail; before that it surely has not.
 */
export function classifyFailure({ failure, hasBegun }: { failure: SendFailure; hasBegun: boolean }): Outcome {
  const { code = 'unknown', command = '', response = '', responseCode: status = 0 } = failure
  const shown = failure.originalCode ?? code
  if (status >= 400) return classifyReply({ status, text: response, command })
  if (hasBegun)
    return { kind: 'answered', results: [{ kind: 'unknown', code: 'answer_lost', detail: `smtp ${shown}` }] }
  if (NO_LOGIN.includes(code)) return { kind: 'refused', problem: loginRefused(shown) }
  if (NOT_SECURE.test(`${code} ${shown}`)) return { kind: 'refused', problem: notSecure(shown) }
  if (code === 'EENVELOPE')
    return { kind: 'answered', results: [{ kind: 'rejected', code: 'address_invalid', detail: null }] }
  if (code === 'EMESSAGE')
    return { kind: 'answered', results: [{ kind: 'rejected', code: 'too_large', detail: null }] }
  return { kind: 'later', afterMs: null, problem: unreachable(shown) }
}
