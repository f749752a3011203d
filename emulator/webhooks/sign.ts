import { createHmac } from 'node:crypto'

/** A secret as Svix gives them: `whsec_` and the key in base64. */
export const SECRET = /^whsec_[A-Za-z0-9+/]+={0,2}$/

/** Says what it is. Good for a machine of one's own and for nothing else. */
export const EMULATOR_SECRET = `whsec_${Buffer.from('for-the-emulator-only').toString('base64')}`

/**
 * The three headers that Svix signs a webhook with: HMAC-SHA256 of `id.timestamp.body`.
 * (https://docs.svix.com/receiving/verifying-payloads/how-manual)
 */
export function signWebhook({
  id,
  at,
  body,
  secret,
}: {
  id: string
  at: Date
  body: string
  secret: string
}) {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  return { 'svix-id': id, 'svix-timestamp': timestamp, 'svix-signature': `v1,${signature}` }
}
