import type { Endpoint, PayloadHandler, PayloadRequest } from 'payload'
import { readFormSettings } from '../limits/formSettings.ts'

/** How long a browser may remember that it may. Short: a site that is taken off the list is off within it. */
const REMEMBERED_S = 600

/**
 * An endpoint that pages of the sites in Site.allowedOrigins may call from a browser, without cookies; and its preflight
 * request, which Payload answers by itself only for the whole API. A site that is not listed gets no such headers, so the
 * browser keeps the answer from its page.
 */
export const crossOriginEndpoint = ({
  path,
  handler,
}: {
  path: string
  handler: PayloadHandler
}): Endpoint[] => [
  { path, method: 'post', handler: async (req) => withOrigin(req, await handler(req)) },
  { path, method: 'options', handler: preflight },
]

async function preflight(req: PayloadRequest): Promise<Response> {
  const answer = await withOrigin(req, new Response(null, { status: 204 }))
  if (!answer.headers.has('Access-Control-Allow-Origin')) return answer
  answer.headers.set('Access-Control-Max-Age', String(REMEMBERED_S))
  return answer
}

async function withOrigin(req: PayloadRequest, answer: Response): Promise<Response> {
  answer.headers.append('Vary', 'Origin')
  const origin = req.headers.get('origin')
  if (!origin) return answer
  const { allowedOrigins } = await readFormSettings(req.payload)
  if (!allowedOrigins.includes(origin)) return answer
  answer.headers.set('Access-Control-Allow-Origin', origin)
  answer.headers.set('Access-Control-Allow-Methods', 'POST')
  answer.headers.set('Access-Control-Allow-Headers', 'Content-Type')
  // A script sees a header of an answer from elsewhere only if it is named here.
  answer.headers.set('Access-Control-Expose-Headers', 'Retry-After')
  return answer
}

/**
 * Around Payload's router, which adds the methods and headers of its whole API to every answer, also where it allows no
 * other site to call: an answer that names no site it is for says nothing of the kind.
 */
export const withoutIdleCors =
  <Args extends unknown[]>(route: (request: Request, ...args: Args) => Promise<Response>) =>
  async (request: Request, ...args: Args): Promise<Response> => {
    const answer = await route(request, ...args)
    if (answer.headers.has('Access-Control-Allow-Origin')) return answer
    answer.headers.delete('Access-Control-Allow-Methods')
    answer.headers.delete('Access-Control-Allow-Headers')
    return answer
  }
