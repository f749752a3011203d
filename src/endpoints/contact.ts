import type { Endpoint, PayloadRequest } from 'payload'
import { takeContactForm } from '../contact/takeContactForm.ts'
import { readFormInput } from '../limits/readFormInput.ts'
import { DEFAULT_LOCALE, LOCALES } from '../newsletter/model.ts'
import { crossOriginEndpoint } from './crossOrigin.ts'
import { dataAnswer, inTheirs, problemAnswer } from './reader/answers.ts'

/**
 * `POST /api/contact` {name, email, message, subscribe?, locale?} -> 200 {status: 'taken'}, the same for every address.
 * 400 {errors: [{field, message}]}, 429 with Retry-After when a network sends too many, 503 when it was not kept.
 * A plain form of another page is led to ours: to the thanks (303), or to the form with what was written (307: the
 * browser sends it there once more).
 */
export const contactEndpoints: Endpoint[] = crossOriginEndpoint({ path: '/contact', handler: answer })

async function answer(req: PayloadRequest): Promise<Response> {
  const input = await readFormInput(req)
  const problem = inTheirs(await takeContactForm({ req, input }), input.values?.locale)
  if (!input.isPlainForm) return problem ? problemAnswer(req, problem) : dataAnswer({ status: 'taken' })
  const locale = LOCALES.find((known) => known === input.values?.locale) ?? DEFAULT_LOCALE
  const page = `/${locale}/contact`
  return problem ? leadTo(page, 307) : leadTo(`${page}?state=sent`, 303)
}

/** Relative, so that it holds behind any proxy. */
const leadTo = (path: string, status: 303 | 307): Response =>
  new Response(null, { status, headers: { 'Cache-Control': 'no-store', Location: path } })
