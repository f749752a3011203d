import type { IncomingMessage, ServerResponse } from 'node:http'

/**
 * Lets a HEAD be answered by whoever answers the GET, with the same status and headers (RFC 9110, section 9.3.2). Node has
 * noted in the response that it carries no body and drops what is written; the length that Node itself would add to a GET
 * is added here.
 */
export function headAsGet(request: IncomingMessage, response: ServerResponse): void {
  if (request.method !== 'HEAD') return
  request.method = 'GET'
  const end = response.end.bind(response)
  const endWithLength = (chunk?: unknown, ...rest: unknown[]) => {
    const length = lengthOf(chunk)
    const isKnown = response.hasHeader('Content-Length') || response.hasHeader('Transfer-Encoding')
    if (length !== null && !response.headersSent && !isKnown) response.setHeader('Content-Length', length)
    return Reflect.apply(end, response, [chunk, ...rest]) as ServerResponse
  }
  response.end = endWithLength as ServerResponse['end']
}

function lengthOf(chunk: unknown): number | null {
  if (typeof chunk === 'string') return Buffer.byteLength(chunk)
  return chunk instanceof Uint8Array ? chunk.byteLength : null
}
