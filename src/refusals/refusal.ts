import { APIError, type PayloadRequest } from 'payload'
import type { Locale } from '../newsletter/model.ts'

const TEXT: unique symbol = Symbol.for('utskick.refusal.text')

/**
 * The one way in which the product refuses a request (lint forbids `new APIError` elsewhere). The message is in the
 * language of whoever asked; where no request is at hand, the answer's (answerErrors).
 * @param options.status of the answer, 400 to 507; never 500, which tells nobody why.
 * @param options.data for scripts, beside the message.
 */
export function refusal({
  req,
  status,
  text,
  data,
}: {
  req?: Pick<PayloadRequest, 'i18n'> | undefined
  status: number
  text: Record<Locale, string>
  data?: Record<string, unknown>
}): APIError {
  const error = new APIError(text[languageOf(req)], status, data ?? null, true)
  return Object.assign(error, { [TEXT]: text })
}

/** The same for one field: the answer and the form in the admin name it. */
export const refuseField = ({
  req,
  collection,
  path,
  text,
}: {
  req: Pick<PayloadRequest, 'i18n'>
  collection: string
  path: string
  text: Record<Locale, string>
}): APIError =>
  refusal({
    req,
    status: 400,
    text,
    data: { collection, errors: [{ path, message: text[languageOf(req)] }] },
  })

/** Of Payload's languages for staff; scripts that name none get English, as from Payload itself. */
export const languageOf = (req: { i18n?: { language: string } } | undefined): Locale =>
  req?.i18n?.language === 'sv' ? 'sv' : 'en'

/** The texts of a refusal of ours; null for another error. */
export const textOf = (error: object): Record<Locale, string> | null =>
  (error as { [TEXT]?: Record<Locale, string> })[TEXT] ?? null
