import type { IncomingMessage } from 'node:http'
import {
  ADDRESS_TOO_LONG,
  BAD_ADDRESS,
  BAD_HOST,
  ENCODED_BODY,
  FOREIGN_ORIGIN,
  METHOD_NOT_ALLOWED,
  NO_BOUNDARY,
  NO_SUCH_ADDRESS,
  type WebProblem,
} from './problems.ts'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
const LONGEST_ADDRESS = 8 * 1024
/** No path of ours holds one, and the file system and the database take none of them. */
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROL = /[\u0000-\u001f\u007f]/

/** Looks at the head of a request, before any of its body is read. Null: it may go on. */
export function screenRequest({ method, url, headers }: IncomingMessage): WebProblem | null {
  if (!METHODS.includes(method ?? '')) return METHOD_NOT_ALLOWED
  if ((url ?? '').length > LONGEST_ADDRESS) return ADDRESS_TOO_LONG
  if (!isPath(url ?? '')) return BAD_ADDRESS
  if (!isHost(headers.host)) return BAD_HOST
  // The page that Next has for addresses that do not exist is none for a script.
  if (/^\/api\/*$/.test(pathOf(url ?? ''))) return NO_SUCH_ADDRESS
  if (headers['next-action'] !== undefined && !isOwnOrigin(headers)) return FOREIGN_ORIGIN
  if (!isPlain(headers['content-encoding'])) return ENCODED_BODY
  return hasBoundary(headers['content-type']) ? null : NO_BOUNDARY
}

/** The path alone must be decodable: the parts of a query that are not are taken as they are. */
function isPath(url: string): boolean {
  if (!url.startsWith('/')) return false
  try {
    return !CONTROL.test(decodeURIComponent(pathOf(url)))
  } catch {
    return false
  }
}

export const pathOf = (url: string): string => url.split('?', 1)[0] ?? ''

/** Next and Payload make an address of it. */
const isHost = (host: string | undefined): boolean =>
  host !== undefined && !/[/?#@\\\s]/.test(host) && URL.canParse(`http://${host}`)

/** Next refuses the actions of its pages from elsewhere too, but as a fault of ours. */
function isOwnOrigin({ origin, host, 'x-forwarded-host': forwarded }: IncomingMessage['headers']): boolean {
  if (origin === undefined || origin === 'null') return true
  return (
    URL.canParse(origin) && [host, String(forwarded).split(',')[0]?.trim()].includes(new URL(origin).host)
  )
}

const isPlain = (encoding: string | undefined): boolean =>
  encoding === undefined || encoding.trim() === '' || encoding.trim().toLowerCase() === 'identity'

const hasBoundary = (type: string | undefined): boolean =>
  !/^\s*multipart\//i.test(type ?? '') || /;\s*boundary=("[^"]+"|[^\s;"]+)/i.test(type ?? '')
