import { IncomingMessage } from 'node:http'
import type { BodyLimit } from './bodyLimits.ts'
import { bodyTooLarge, bodyTooSlow, type WebProblem } from './problems.ts'

/** A request whose body comes through a gate. */
export interface BoundBody {
  /** To hand on in place of the request that came in. */
  request: IncomingMessage
  /** Settles with the whole body, or with what stopped it; with null when the caller goes. */
  ended: Promise<{ body: Buffer } | { problem: WebProblem } | null>
}

export const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0

export const declaresMore = ({ headers }: IncomingMessage, { bytes }: BodyLimit): boolean =>
  Number(headers['content-length'] ?? 0) > bytes

/**
 * Reads a body up to its limit, as fast as it is taken. The request to hand on has the same head; its body fails when the
 * limit is passed, so that nobody takes the beginning of it for the whole.
 */
export function boundBody(incoming: IncomingMessage, limit: BodyLimit): BoundBody {
  const request = copyHead(incoming)
  const kept: Buffer[] = []
  let length = 0
  request._read = () => void incoming.resume()
  const ended = new Promise<Awaited<BoundBody['ended']>>((resolve) => {
    const stop = (problem: WebProblem | null) => {
      clearTimeout(timer)
      incoming.off('data', take)
      request.destroy(new Error(problem?.code ?? 'caller_gone'))
      resolve(problem && { problem })
    }
    const timer = setTimeout(() => stop(bodyTooSlow(limit.ms)), limit.ms)
    const take = (chunk: Buffer) => {
      length += chunk.length
      if (length > limit.bytes) return stop(bodyTooLarge(limit.megabytes))
      if (!limit.isStreamed) kept.push(chunk)
      // A short body is kept whole anyway.
      if (!request.push(chunk) && limit.isStreamed) incoming.pause()
    }
    incoming.on('data', take)
    incoming.once('end', () => {
      clearTimeout(timer)
      request.complete = true
      request.push(null)
      resolve({ body: Buffer.concat(kept) })
    })
    incoming.once('error', () => stop(null))
    incoming.once('close', () => {
      if (!incoming.complete) stop(null)
    })
  })
  return { request, ended }
}

function copyHead(incoming: IncomingMessage): IncomingMessage {
  const request = new IncomingMessage(incoming.socket)
  request.httpVersion = incoming.httpVersion
  request.httpVersionMajor = incoming.httpVersionMajor
  request.httpVersionMinor = incoming.httpVersionMinor
  request.method = incoming.method
  request.url = incoming.url
  request.rawHeaders = incoming.rawHeaders
  // The same object: the address of the caller is noted in it (limits/peerHeader).
  request.headers = incoming.headers
  // Node's own would end the connection too, before the caller could read our answer.
  request._destroy = (error, done) => done(error)
  // Whoever reads it hears of the error; nobody may be reading it yet.
  request.on('error', () => undefined)
  return request
}
