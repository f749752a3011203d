import type { IncomingMessage, ServerResponse } from 'node:http'
import { isLocale, pickLocale, wishedLocale } from '../app/(site)/_text/pickLocale.ts'
import type { Locale } from '../newsletter/model.ts'
import { problemOfStatus, type WebProblem } from './problems.ts'
import { pathOf } from './screenRequest.ts'

/** So much of a refused body is read and thrown away, so that the caller comes to read the answer; then the line is closed. */
const DRAINED_BYTES = 64 * 1024 * 1024
const DRAINED_MS = 10_000
/** Time to read the answer for a caller that goes on sending. */
const LAST_WORD_MS = 1_000

/** Answers in the reader's language and in the shape of the route, and closes the connection when a body is left over. */
export function refuse({
  request,
  response,
  problem,
}: {
  request: IncomingMessage
  response: ServerResponse
  problem: WebProblem
}): void {
  if (response.headersSent) return void request.socket.destroy()
  response.statusCode = problem.status
  const text = writeHead({ request, response, problem })
  if (request.complete) return void response.end(text)
  response.setHeader('Connection', 'close')
  response.write(text)
  const end = response.end.bind(response)
  drain(request, () => end())
}

/**
 * An answer that is a refusal and says nothing, as Next's to a method that a route has not, gets a sentence.
 * @param response is changed: it is looked at when it ends.
 */
export function fillEmptyRefusal(request: IncomingMessage, response: ServerResponse): void {
  const { write, end, flushHeaders, writeHead: sendHead } = response
  let isEmpty = true
  let head: unknown[] | null = null
  // Next, and what compresses its answers, send the head before they know that there is nothing to follow.
  response.flushHeaders = () => {
    if (response.statusCode < 400) flushHeaders.call(response)
  }
  response.writeHead = ((...given: unknown[]) => {
    const status = Number(given[0])
    if (!isEmpty || status < 400) return Reflect.apply(sendHead, response, given) as ServerResponse
    head = given
    response.statusCode = status
    return response
  }) as ServerResponse['writeHead']
  const begin = () => {
    isEmpty = false
    if (head && !response.headersSent) Reflect.apply(sendHead, response, head)
  }
  response.write = ((...given: Parameters<ServerResponse['write']>) => {
    begin()
    return Reflect.apply(write, response, given) as boolean
  }) as ServerResponse['write']
  response.end = ((...given: unknown[]) => {
    const [chunk] = given
    const isSilent =
      isEmpty && (chunk === undefined || chunk === null || chunk === '' || typeof chunk === 'function')
    if (!isSilent || response.headersSent || response.statusCode < 400) {
      begin()
      return Reflect.apply(end, response, given) as ServerResponse
    }
    isEmpty = false
    const text = writeHead({ request, response, problem: problemOfStatus(response.statusCode) })
    return Reflect.apply(end, response, [text]) as ServerResponse
  }) as ServerResponse['end']
}

/** @returns the body that belongs to it. */
function writeHead({
  request,
  response,
  problem,
}: {
  request: IncomingMessage
  response: ServerResponse
  problem: WebProblem
}): string {
  const { type, text } = describe(request, problem)
  response.setHeader('Content-Type', `${type}; charset=utf-8`)
  response.setHeader('Content-Length', Buffer.byteLength(text))
  response.setHeader('Cache-Control', 'no-store')
  response.setHeader('X-Content-Type-Options', 'nosniff')
  // A route that names the methods it has knows better.
  for (const [name, value] of Object.entries(problem.headers ?? {}))
    if (!response.hasHeader(name)) response.setHeader(name, value)
  return text
}

/** A connection that is closed on unread bytes is reset, and the answer is lost with it (RFC 9112, section 9.6). */
function drain(request: IncomingMessage, close: () => void): void {
  let left = DRAINED_BYTES
  const timer = setTimeout(end, DRAINED_MS)
  function end() {
    clearTimeout(timer)
    request.off('data', count)
    close()
  }
  function count(chunk: Buffer) {
    left -= chunk.length
    if (left > 0) return
    request.off('data', count)
    request.pause()
    clearTimeout(timer)
    setTimeout(() => request.socket.destroy(), LAST_WORD_MS)
  }
  request.on('data', count)
  request.once('end', end)
  request.once('close', end)
  request.resume()
}

function describe(request: IncomingMessage, problem: WebProblem): { type: string; text: string } {
  const language = languageOf(request)
  const message = problem.text[language]
  if (pathOf(request.url ?? '').startsWith('/api'))
    return {
      type: 'application/json',
      text: JSON.stringify({ errors: [{ code: problem.code, message }] }),
    }
  // The admin's own calls: Next shows the text of such an answer as the error.
  if (request.headers['next-action'] !== undefined) return { type: 'text/plain', text: message }
  return { type: 'text/html', text: page({ language, message }) }
}

/** The site's by its address; else the language that the user of the admin chose; else the browser's. */
function languageOf({ url = '', headers }: IncomingMessage): Locale {
  const [, first = ''] = pathOf(url).split('/')
  if (isLocale(first)) return first
  const chosen = /(?:^|;\s*)payload-lng=(\w+)/.exec(headers.cookie ?? '')?.[1] ?? ''
  if (isLocale(chosen)) return chosen
  // Payload answers scripts, which name no language, in English.
  const wanted = headers['accept-language'] ?? null
  return first === 'api' ? (wishedLocale(wanted) ?? 'en') : pickLocale(wanted)
}

const page = ({ language, message }: { language: Locale; message: string }) =>
  `<!DOCTYPE html><html lang="${language}" style="color-scheme:light dark;font:1.125rem/1.6 Georgia,serif">` +
  `<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">` +
  `<meta name="robots" content="noindex"><title>${message}</title></head>` +
  `<body style="max-width:34rem;margin:20vh auto 0;padding:0 1.5rem"><main><h1 style="font-size:1.25rem">${message}</h1>` +
  `<p><a href="/">${language === 'sv' ? 'Till startsidan' : 'To the front page'}</a></p></main></body></html>`
