import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** A webhook as it came in. */
export interface ReceivedWebhook {
  id: string
  timestamp: string
  signature: string
  payload: string
  /** Its JSON. */
  event: { type: string; data: { email_id: string; to: string[] } & Record<string, unknown> }
}

export interface WebhookReceiver {
  url: string
  received: ReceivedWebhook[]
  /** What the next webhooks are answered, one each; then 200. */
  answerNext: (...statuses: number[]) => void
  stop: () => Promise<void>
}

/** What listens where webhooks are posted to. */
export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const received: ReceivedWebhook[] = []
  const statuses: number[] = []
  const server = createServer((request, response) => {
    void text(request).then((payload) => {
      const header = (name: string) => String(request.headers[name])
      received.push({
        id: header('svix-id'),
        timestamp: header('svix-timestamp'),
        signature: header('svix-signature'),
        payload,
        event: JSON.parse(payload) as ReceivedWebhook['event'],
      })
      response.writeHead(statuses.shift() ?? 200).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`,
    received,
    answerNext: (...more) => void statuses.push(...more),
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}
