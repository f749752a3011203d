import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { answerUnreadable } from './answerUnreadable.ts'
import { mediaTypeOf, problemOfType } from './bodyTypes.ts'
import { BODY_LIMITS, bodyLimitOf, type BodyLimits } from './bodyLimits.ts'
import { boundBody, declaresMore, hasBody } from './boundBody.ts'
import { checkForm } from './checkForm.ts'
import { checkJson } from './checkJson.ts'
import { headAsGet } from './headAsGet.ts'
import { bodyTooLarge, FAILED, NO_EXPECTATION, type WebProblem } from './problems.ts'
import { fillEmptyRefusal, refuse } from './refuse.ts'
import { pathOf, screenRequest } from './screenRequest.ts'
import { WEBHOOK_BOUNDS, withWebhookTurns, type WebhookBounds } from './webhookTurns.ts'

const MOST_CONNECTIONS = 5_000

export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/**
 * The HTTP server of the product: it bounds every request in size and time, refuses what cannot be read, and hands the
 * rest to `handle`, which is Next's.
 * @param options.limits for tests, as `webhooks`.
 * @param options.onError hears of what `handle` throws; the caller gets a 500 without a word of it.
 */
export function createWebServer({
  handle,
  limits = BODY_LIMITS,
  webhooks = WEBHOOK_BOUNDS,
  onError,
}: {
  handle: Handler
  limits?: BodyLimits
  webhooks?: WebhookBounds
  onError: (error: unknown) => void
}): Server {
  const handleByTurns = withWebhookTurns(handle, webhooks)
  const take = (request: IncomingMessage, response: ServerResponse) => {
    pass({ request, response, handle: handleByTurns, limits }).catch((error: unknown) => {
      onError(error)
      refuse({ request, response, problem: FAILED })
    })
  }
  const server = createServer(
    {
      maxHeaderSize: 16 * 1024,
      headersTimeout: 20_000,
      // Each body has a limit of its own (bodyLimits), shorter than this one.
      requestTimeout: BODY_LIMITS.importFile.ms + 60_000,
      connectionsCheckingInterval: 5_000,
      // Longer than a proxy in front keeps its side of a connection open, which is a minute for most.
      keepAliveTimeout: 65_000,
    },
    take,
  )
  server.maxHeadersCount = 200
  // Open files are bounded, and the database needs some too: what comes beyond is closed at once.
  server.maxConnections = MOST_CONNECTIONS
  // `Expect: 100-continue`: the caller asks first, and a body that is refused is not even sent.
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    if (!problemOfHead(request, limits)) response.writeContinue()
    take(request, response)
  })
  // Any other expectation: Node's own answer has no word in it.
  server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) =>
    refuse({ request, response, problem: NO_EXPECTATION }),
  )
  server.on('clientError', answerUnreadable)
  return server
}

interface Passage {
  request: IncomingMessage
  response: ServerResponse
  handle: Handler
  limits: BodyLimits
}

async function pass({ request, response, handle, limits }: Passage): Promise<void> {
  overlookBodyOfLeaving(request)
  const problem = problemOfHead(request, limits)
  if (problem) return refuse({ request, response, problem })
  const limit = limitOf(request, limits)
  nameTypeInLowerCase(request)
  fillEmptyRefusal(request, response)
  headAsGet(request, response)
  if (!hasBody(request)) return handle(request, response)
  const bounded = boundBody(request, limit)
  const ended = bounded.ended.then(async (end) => {
    const found = end && (await problemOfBody(request, end))
    if (found) {
      refuse({ request, response, problem: found })
      silence(response)
    }
    return end !== null && found === null
  })
  if (limit.isStreamed || (await ended)) await handle(bounded.request, response)
}

function problemOfHead(request: IncomingMessage, limits: BodyLimits): WebProblem | null {
  const limit = limitOf(request, limits)
  const problem =
    screenRequest(request) ?? (declaresMore(request, limit) ? bodyTooLarge(limit.megabytes) : null)
  if (problem || !hasBody(request)) return problem
  const { method = '', url = '', headers } = request
  return problemOfType({ method, path: pathOf(url), headers })
}

/** Who leaves by the link of a mail leaves, whatever a mail program writes into the body or says of it (RFC 8058, 3.1). */
function overlookBodyOfLeaving({ url = '', headers }: IncomingMessage): void {
  if (!/^\/api\/unsubscribe\/*$/.test(pathOf(url))) return
  delete headers['content-type']
  delete headers['content-encoding']
}

/** The parameters of a type keep their letters: the boundary of a form is one. */
function nameTypeInLowerCase({ headers }: IncomingMessage): void {
  const type = headers['content-type']
  if (type !== undefined) headers['content-type'] = type.trimStart().replace(/^[^;]*/, mediaTypeOf(type))
}

async function problemOfBody(
  { url = '', headers }: IncomingMessage,
  end: { body: Buffer } | { problem: WebProblem },
): Promise<WebProblem | null> {
  if ('problem' in end) return end.problem
  const given = { type: headers['content-type'], body: end.body }
  // Payload reads its forms itself, and a streamed one is not at hand here.
  return pathOf(url).startsWith('/api/') ? checkJson(given) : checkForm(given)
}

const limitOf = ({ method = '', url = '' }: IncomingMessage, limits: BodyLimits) =>
  bodyLimitOf({ method, path: pathOf(url) }, limits)

/** The route that reads a streamed body may still answer: the caller has an answer by then. */
function silence(response: ServerResponse): void {
  response.setHeader = () => response
  response.appendHeader = () => response
  response.removeHeader = () => undefined
  response.writeHead = () => response
  response.write = () => true
  response.end = () => response
}
