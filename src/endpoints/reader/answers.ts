import type { PayloadRequest } from 'payload'
import type { Locale } from '../../newsletter/model.ts'
import type { FieldProblem } from '../../readers/preferences.ts'

export interface Problem {
  status: number
  code: string
  message: string
  fields?: FieldProblem[]
  /** In seconds. */
  retryAfter?: number
}

export const TOKEN_INVALID: Problem = {
  status: 400,
  code: 'token_invalid',
  message: 'The link is not complete, or it was not made here.',
}

export const LINK_EXPIRED: Problem = {
  status: 410,
  code: 'link_expired',
  message: 'The link is too old. A fresh one can be mailed to the address on record.',
}

export const READER_GONE: Problem = {
  status: 404,
  code: 'reader_gone',
  message: 'Nobody subscribes with this link any more.',
}

/** With the fields that are not right. */
export const INPUT_INVALID: Problem = {
  status: 400,
  code: 'input_invalid',
  message: 'Some of this is not right.',
}

export const TOO_MANY: Problem = {
  status: 429,
  code: 'too_many',
  message: 'Too many forms came from this network. Please try again later.',
}

export const BODY_TOO_LARGE: Problem = {
  status: 413,
  code: 'body_too_large',
  message: 'This is longer than the form can be. Nothing of it was saved.',
}

export const NOT_SAVED: Problem = {
  status: 503,
  code: 'not_saved',
  message: 'This could not be saved. Please try again in a moment.',
}

/** A refusal in the shape of Payload's own errors, with a stable `code`. */
export const problemAnswer = ({ status, code, message, fields, retryAfter }: Problem): Response =>
  Response.json(
    { errors: fields ? fields.map((field) => ({ code, ...field })) : [{ code, message }] },
    { status, headers: { ...PRIVATE, ...waitHeader(retryAfter ?? (status === 503 ? 30 : undefined)) } },
  )

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
