import { pickLocale } from '../app/(site)/_text/pickLocale.ts'
import { withoutIdleCors } from '../endpoints/crossOrigin.ts'
import type { Locale } from '../newsletter/model.ts'
import { isObject } from './whereProblem.ts'

/** One of Payload's routes, for one method; `args` is what Next hands on. */
type Route<Args extends unknown[]> = (request: Request, ...args: Args) => Promise<Response>

/**
 * Payload's REST as it goes out: a POST that stands for a GET is one, whatever way it brings its query, and every refusal
 * has the form `{ errors: [{ message }] }`.
 * @param methods.get answers the POSTs that stand for a GET.
 */
export const restRoute = <Args extends unknown[]>(
  route: Route<Args>,
  get: Route<Args> = route,
): Route<Args> =>
  withoutIdleCors(async (request, ...args) => {
    if (namesPrototype(request)) return refuse(request, NOT_THERE)
    if (!standsForGet(request)) return inErrorShape(await route(request, ...args))
    const asked = await toGet(request)
    return asked instanceof Response ? asked : inErrorShape(await get(asked, ...args))
  })

/** Payload looks collections up as properties of an object, which has more of them (`constructor`) than collections. */
function namesPrototype({ url }: Request): boolean {
  const names = new URL(url).pathname.split('/').map(decoded)
  return names.some((name) => name in Object.prototype)
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

const OVERRIDES = ['X-Payload-HTTP-Method-Override', 'X-HTTP-Method-Override']

const standsForGet = ({ method, headers }: Request): boolean =>
  method === 'POST' && OVERRIDES.some((name) => headers.get(name) === 'GET')

/** Payload's own way (utilities/handleEndpoints) drops a query whose type names a charset, and hangs on an empty body. */
async function toGet(request: Request): Promise<Request | Response> {
  const url = new URL(request.url)
  const [type = ''] = (request.headers.get('Content-Type') ?? '').toLowerCase().split(';')
  const text = await request.text()
  const data = type.trim() === 'application/json' ? readObject(text) : null
  if (text !== '' && type.trim() === 'application/x-www-form-urlencoded')
    url.search = [url.search.slice(1), text].filter((part) => part !== '').join('&')
  else if (text !== '' && !data)
    return refuse(request, type.trim() === 'application/json' ? NO_JSON : OTHER_TYPE)
  // Payload reads these of the address alone.
  for (const name of ['locale', 'fallbackLocale', 'fallback-locale'])
    if (data && data[name] !== undefined) url.searchParams.set(name, String(data[name]))
  const headers = new Headers(request.headers)
  for (const name of [...OVERRIDES, 'Content-Type', 'Content-Length']) headers.delete(name)
  const asked = new Request(url, { method: 'GET', headers, signal: request.signal })
  return data ? Object.assign(asked, { data }) : asked
}

function readObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

/** Where Payload says `{ message }`, or a word of text; what it has no endpoints for is not found, as all else is. */
async function inErrorShape(answer: Response): Promise<Response> {
  if (answer.status < 400) return answer
  const text = await answer.text()
  const value = readObject(text)
  const status = answer.status === 501 ? 404 : answer.status
  const headers = new Headers(answer.headers)
  headers.delete('Content-Length')
  if (Array.isArray(value?.errors)) return new Response(text, { status, headers })
  const message = typeof value?.message === 'string' ? value.message : text
  if (message === '') return new Response(null, { status, headers })
  headers.set('Content-Type', 'application/json')
  return new Response(JSON.stringify({ ...value, errors: [{ message }] }), { status, headers })
}

function refuse(
  { headers }: Request,
  { status, text }: { status: number; text: Record<Locale, string> },
): Response {
  const wanted = headers.get('Accept-Language')
  // Scripts, which name no language, are answered in English.
  const message = text[wanted === null ? 'en' : pickLocale(wanted)]
  return Response.json({ errors: [{ message }] }, { status })
}

const NOT_THERE = { status: 404, text: { sv: 'Finns inte.', en: 'Not Found' } }
const NO_JSON = {
  status: 400,
  text: { sv: 'Kroppen är inget JSON-objekt.', en: 'The body is no JSON object.' },
}
const OTHER_TYPE = {
  status: 415,
  text: {
    sv: 'En POST som står för en GET bär sin fråga som application/json eller application/x-www-form-urlencoded.',
    en: 'A POST that stands for a GET brings its query as application/json or application/x-www-form-urlencoded.',
  },
}
