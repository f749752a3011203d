import type { IncomingHttpHeaders } from 'node:http'
import type { Locale } from '../newsletter/model.ts'
import { wrongType, type WebProblem } from './problems.ts'

/** What a route reads of a body: media types, and how a caller is told. */
interface Reads {
  types: string[]
  words: Record<Locale, string>
}

const JSON_TYPE = 'application/json'
const FORM_TYPE = 'application/x-www-form-urlencoded'
const FILES_TYPE = 'multipart/form-data'

const JSON_ALONE: Reads = {
  types: [JSON_TYPE],
  words: { sv: 'JSON (Content-Type: application/json)', en: 'JSON (Content-Type: application/json)' },
}
const FORM: Reads = {
  types: [JSON_TYPE, FORM_TYPE],
  words: {
    sv: 'JSON (Content-Type: application/json) eller ett formulär (application/x-www-form-urlencoded)',
    en: 'JSON (Content-Type: application/json) or a form (application/x-www-form-urlencoded)',
  },
}
const DOCUMENT: Reads = {
  types: [JSON_TYPE, FILES_TYPE],
  words: {
    sv: 'JSON (Content-Type: application/json), och med en fil multipart/form-data med fälten _payload och file',
    en: 'JSON (Content-Type: application/json), and with a file multipart/form-data with the fields _payload and file',
  },
}
/** A file as it is, whatever a browser calls it. */
const FILE: Reads = {
  types: ['text/csv'],
  words: {
    sv: 'filen som den är, som anropets kropp (Content-Type: text/csv)',
    en: 'the file as it is, as the body of the request (Content-Type: text/csv)',
  },
}

/**
 * Why a body of this type is not read; null when it is, or when the route reads any: a page, the link of a mail
 * (RFC 8058 says what comes with it), a webhook.
 * @param request.path without the query, as it came in.
 */
export function problemOfType({
  method,
  path,
  headers,
}: {
  method: string
  path: string
  headers: IncomingHttpHeaders
}): WebProblem | null {
  const type = mediaTypeOf(headers['content-type'])
  const reads = readsOf(path)
  if (reads === null || reads.types.includes(type)) return null
  if (reads === FILE && type !== JSON_TYPE && type !== FILES_TYPE) return null
  // A long query of Payload's admin.
  if (reads === DOCUMENT && type === FORM_TYPE && method === 'POST' && isOverridden(headers)) return null
  return wrongType({ accept: reads.types.join(', '), words: reads.words })
}

function readsOf(path: string): Reads | null {
  if (!path.startsWith('/api/')) return null
  const route = path.slice('/api'.length).replace(/\/+$/, '')
  if (/^\/(unsubscribe|webhooks)(\/|$)/.test(route)) return null
  if (/^\/(subscribe|confirm|contact|preferences)(\/|$)/.test(route)) return FORM
  if (/^\/graphql$/.test(route)) return JSON_ALONE
  return /^\/subscribers\/import(\/columns)?$/.test(route) ? FILE : DOCUMENT
}

/** Its letters may be of either case (RFC 9110, section 8.3.1); Payload compares them as they are. */
export const mediaTypeOf = (header: string | undefined): string =>
  (header ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''

const isOverridden = (headers: IncomingHttpHeaders): boolean =>
  [headers['x-http-method-override'], headers['x-payload-http-method-override']].includes('GET')
