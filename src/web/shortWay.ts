import type { IncomingMessage, ServerResponse } from 'node:http'

/** What comes in by the short way: the whole body is there. */
export interface PostedWebhook {
  headers: Headers
  body: string
}

type TakeWebhook = (posted: PostedWebhook) => Promise<Response>

/** The server is no part of the build, and what opens the database is: they meet here. */
const SHORT_WAY: unique symbol = Symbol.for('utskick.takeWebhook')
const shared: typeof globalThis & { [SHORT_WAY]?: TakeWebhook } = globalThis

/**
 * From now on the web server hands webhooks to `take` itself. By way of Next each costs ten times as much, which is what
 * readers wait for while a provider posts tens of thousands.
 * @returns what takes the offer back.
 */
export function offerShortWay(take: TakeWebhook): () => void {
  shared[SHORT_WAY] = take
  return () => {
    delete shared[SHORT_WAY]
  }
}

/** Null before the database is open, and where Next serves alone (npm run dev): Payload's endpoint answers the same. */
export const shortWay = (): TakeWebhook | null => shared[SHORT_WAY] ?? null

/** @param call.request bounded and checked already: see createWebServer. */
export async function answerShortly({
  take,
  request,
  response,
}: {
  take: TakeWebhook
  request: IncomingMessage
  response: ServerResponse
}): Promise<void> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers))
    if (typeof value === 'string') headers.set(name, value)
  const answer = await take({ headers, body: Buffer.concat(parts).toString('utf8') })
  const text = await answer.text()
  response.statusCode = answer.status
  answer.headers.forEach((value, name) => response.setHeader(name, value))
  response.setHeader('Content-Length', Buffer.byteLength(text))
  response.setHeader('X-Content-Type-Options', 'nosniff')
  response.end(text)
}
