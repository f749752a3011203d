import type { PayloadRequest } from 'payload'
import { wishedLocale } from '../../app/(site)/_text/pickLocale.ts'
import { LOCALES, type Locale } from '../../newsletter/model.ts'
import type { FieldProblem } from '../../readers/fieldRules.ts'

/** Stable, for scripts. A new one takes a case in tests/server/refusals.test.ts. */
export const PROBLEM_CODES = [
  'token_invalid',
  'link_expired',
  'link_used',
  'reader_gone',
  'input_invalid',
  'too_many',
  'body_too_large',
  'not_saved',
  'left_since',
  'not_mailed',
  'undo_too_late',
  'address_not_free',
  'webhook_not_configured',
  'signature_missing',
  'timestamp_out_of_range',
  'signature_invalid',
  'body_invalid',
  'webhooks_full',
] as const

/** Why a reader, a form or a webhook is refused. */
export interface Problem {
  status: number
  code: (typeof PROBLEM_CODES)[number]
  text: Record<Locale, string>
  fields?: FieldProblem[]
  /** In seconds. */
  retryAfter?: number
  /** The reader's own language, where the page or the subscription has one. */
  locale?: Locale | undefined
}

export const TOKEN_INVALID: Problem = {
  status: 400,
  code: 'token_invalid',
  text: {
    en: 'The link is not complete, or it was not made here.',
    sv: 'Länken är inte hel, eller så kommer den inte härifrån.',
  },
}

export const LINK_EXPIRED: Problem = {
  status: 410,
  code: 'link_expired',
  text: {
    en: 'The link is too old. A fresh one can be mailed to the address on record.',
    sv: 'Länken är för gammal. En ny kan skickas till den adress som finns sparad.',
  },
}

export const READER_GONE: Problem = {
  status: 404,
  code: 'reader_gone',
  text: {
    en: 'Nobody subscribes with this link any more.',
    sv: 'Ingen prenumererar med den här länken längre.',
  },
}

/** With the fields that are not right. */
export const INPUT_INVALID: Problem = {
  status: 400,
  code: 'input_invalid',
  text: { en: 'Some of this is not right.', sv: 'Något av det här stämmer inte.' },
}

export const TOO_MANY: Problem = {
  status: 429,
  code: 'too_many',
  text: {
    en: 'Too many forms came from this network. Please try again later.',
    sv: 'För många formulär har skickats från ditt nätverk. Försök igen senare.',
  },
}

export const BODY_TOO_LARGE: Problem = {
  status: 413,
  code: 'body_too_large',
  text: {
    en: 'This is longer than the form can be. Nothing of it was saved.',
    sv: 'Det här är längre än formuläret får vara. Inget av det sparades.',
  },
}

export const NOT_SAVED: Problem = {
  status: 503,
  code: 'not_saved',
  text: {
    en: 'This could not be saved. Please try again in a moment.',
    sv: 'Det gick inte att spara. Försök igen om en stund.',
  },
}

/** A refusal in the shape of Payload's own errors, with a stable `code`, in the language of whoever reads it. */
export function problemAnswer(req: Pick<PayloadRequest, 'headers'>, problem: Problem): Response {
  const { status, code, text, fields, retryAfter } = problem
  const language = problem.locale ?? wishedLocale(req.headers.get('accept-language')) ?? 'en'
  const errors = fields
    ? fields.map((field) => ({ code, field: field.field, message: field.text[language] }))
    : [{ code, message: text[language] }]
  return Response.json(
    { errors },
    { status, headers: { ...PRIVATE, ...waitHeader(retryAfter ?? (status === 503 ? 30 : undefined)) } },
  )
}

/** In the language that a form names, when it is one of ours. */
export const inTheirs = (problem: Problem | null, locale: unknown): Problem | null =>
  problem && { ...problem, locale: problem.locale ?? LOCALES.find((known) => known === locale) }

const waitHeader = (seconds: number | undefined): Record<string, string> =>
  seconds === undefined ? {} : { 'Retry-After': String(seconds) }

export const dataAnswer = (data: object): Response => Response.json(data, { headers: PRIVATE })

/** Leads a browser to a reader's page. Relative, so that it holds behind any proxy. */
export const seePage = (
  path: '/unsubscribe' | '/preferences' | '/confirm' | '/confirm-address',
  query: Record<string, string>,
): Response =>
  new Response(null, {
    status: 303,
    headers: { ...PRIVATE, Location: `${path}?${new URLSearchParams(query)}` },
  })

/** Leads a browser from a form to the page that says what became of it. */
export const seeSubscribePage = ({
  locale,
  query,
  retryAfter,
}: {
  locale: Locale
  query: Record<string, string>
  retryAfter: number | undefined
}): Response =>
  new Response(null, {
    status: 303,
    headers: {
      ...PRIVATE,
      ...waitHeader(retryAfter),
      Location: `/${locale}/subscribe?${new URLSearchParams(query)}`,
    },
  })

export const readerToken = (req: PayloadRequest): string => req.searchParams.get('token') ?? ''

/** The pages' forms say so in their address; anybody else gets JSON. */
export const isFromPage = (req: PayloadRequest): boolean => req.searchParams.get('from') === 'page'

const PRIVATE = { 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' }
