import { APIError, type PayloadRequest } from 'payload'
import type { Locale } from '../newsletter/model.ts'
import type { RefusalCode } from './codes.ts'

const TEXT: unique symbol = Symbol.for('utskick.refusal.text')
const CODE: unique symbol = Symbol.for('utskick.refusal.code')

/**
 * The one way in which the product refuses a request (lint forbids `new APIError` elsewhere). The message is in the
 * language of whoever asked; where no request is at hand, the answer's (answerErrors).
 * @param options.code stands in the answer, for scripts.
 * @param options.status of the answer, 400 to 507; never 500, which tells nobody why.
 * @param options.data for scripts, beside the message.
 */
export function refusal({
  req,
  code,
  status,
  text,
  data,
}: {
  req?: Pick<PayloadRequest, 'i18n'> | undefined
  code: RefusalCode
  status: number
  text: Record<Locale, string>
  data?: Record<string, unknown>
}): APIError {
  const error = new APIError(text[languageOf(req)], status, data ?? null, true)
  return Object.assign(withCode(error, code), { [TEXT]: text })
}

/** The same refusal, with its code: for those of Payload that name fields. */
export const withCode = <E extends Error>(error: E, code: RefusalCode): E =>
  Object.assign(error, { [CODE]: code })

/** Null for an error that is none of ours. */
export const refusalCodeOf = (error: object): RefusalCode | null =>
  (error as { [CODE]?: RefusalCode })[CODE] ?? null

/** The same for one field: the answer and the form in the admin name it. */
export const refuseField = ({
  req,
  code,
  collection,
  path,
  status = 400,
  text,
}: {
  req: Pick<PayloadRequest, 'i18n'>
  code: RefusalCode
  collection: string
  path: string
  status?: number
  text: Record<Locale, string>
}): APIError =>
  refusal({
    req,
    code,
    status,
    text,
    data: { collection, errors: [{ path, message: text[languageOf(req)] }] },
  })

/** Of Payload's languages for staff; scripts that name none get English, as from Payload itself. */
export const languageOf = (req: { i18n?: { language: string } } | undefined): Locale =>
  req?.i18n?.language === 'sv' ? 'sv' : 'en'

/** The texts of a refusal of ours; null for another error. */
export const textOf = (error: object): Record<Locale, string> | null =>
  (error as { [TEXT]?: Record<Locale, string> })[TEXT] ?? null
