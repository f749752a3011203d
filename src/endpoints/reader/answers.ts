import type { PayloadRequest } from 'payload'
import type { FieldProblem } from '../../readers/preferences.ts'

export interface Problem {
  status: number
  code: string
  message: string
  fields?: FieldProblem[]
}

export const TOKEN_INVALID: Problem = {
  status: 400,
  code: 'token_invalid',
  message: 'The link is not complete, or it was not made here.',
}

export const NOT_SAVED: Problem = {
  status: 503,
  code: 'not_saved',
  message: 'This could not be saved. Please try again in a moment.',
}

/** 400, 409 and 503 in the shape of Payload's own errors, with a stable `code`. */
export const problemAnswer = ({ status, code, message, fields }: Problem): Response =>
  Response.json(
    { errors: fields ? fields.map((field) => ({ code, ...field })) : [{ code, message }] },
    { status, headers: { ...PRIVATE, ...(status === 503 && { 'Retry-After': '30' }) } },
  )

export const dataAnswer = (data: object): Response => Response.json(data, { headers: PRIVATE })

/** Leads a browser to a reader's page. Relative, so that it holds behind any proxy. */
export const seePage = (path: '/unsubscribe' | '/preferences', query: Record<string, string>): Response =>
  new Response(null, {
    status: 303,
    headers: { ...PRIVATE, Location: `${path}?${new URLSearchParams(query)}` },
  })

export const readerToken = (req: PayloadRequest): string => req.searchParams.get('token') ?? ''

/** The pages' forms say so in their address; anybody else gets JSON. */
export const isFromPage = (req: PayloadRequest): boolean => req.searchParams.get('from') === 'page'

const PRIVATE = { 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' }

/** What to log of a failed write. Not its message: a database puts what was to be written into it. */
export function codeOf(error: unknown): string {
  const causes = [error, error instanceof Error ? error.cause : undefined]
  const coded = causes.find((cause) => typeof cause === 'object' && cause !== null && 'code' in cause)
  if (coded && typeof coded === 'object' && 'code' in coded) return String(coded.code)
  return error instanceof Error ? error.name : 'unknown'
}
