import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { parseJson, type ApiCall } from './handleApi.ts'
import type { Answer, RecordedRequest } from './model.ts'

export async function readCall(request: IncomingMessage): Promise<ApiCall> {
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)] as const)
  return {
    method: request.method ?? 'GET',
    path: new URL(request.url ?? '/', 'http://emulator').pathname,
    headers: Object.fromEntries(headers),
    bytes: await text(request),
  }
}

export function sendAnswer(response: ServerResponse, { status, headers = {}, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}

/** What is kept of a call: never the key to the account. */
export function recordCall({ call, at }: { call: ApiCall; at: Date }): RecordedRequest {
  const { authorization: _, ...headers } = call.headers
  return {
    method: call.method,
    path: call.path,
    headers,
    key: headers['idempotency-key'] ?? null,
    size: sizeOf(call.bytes),
    status: null,
    at: at.toISOString(),
  }
}

function sizeOf(bytes: string): number {
  const body = parseJson(bytes)
  if (Array.isArray(body)) return body.length
  return body === undefined ? 0 : 1
}
