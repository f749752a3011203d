import { signWebhook } from './sign.ts'
import type { WebhookRecord } from './webhookRecord.ts'

/** Svix gives up an attempt after 15 seconds. (https://docs.svix.com/retries) */
const TIMEOUT_MS = 15_000

/** Posts a webhook once, writes down what was answered, and says whether that was 2xx. */
export async function postWebhook({
  url,
  secret,
  record,
  at,
}: {
  url: string
  secret: string
  record: WebhookRecord
  at: Date
}): Promise<boolean> {
  const { id, body } = record
  const post = {
    at: at.toISOString(),
    status: await postBody({ url, body, headers: signWebhook({ id, at, body, secret }) }),
  }
  record.posts.push(post)
  return post.status !== null && post.status >= 200 && post.status < 300
}

async function postBody({
  url,
  headers,
  body,
}: {
  url: string
  headers: Record<string, string>
  body: string
}): Promise<number | null> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'Svix-Webhooks (emulator)', ...headers },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    // Read to its end, so that the connection can be used again.
    await response.arrayBuffer()
    return response.status
  } catch {
    return null
  }
}
