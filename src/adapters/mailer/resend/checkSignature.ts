import { Resend } from 'resend'

/** How far a webhook's clock may be from ours: the SDK's own tolerance. */
export const TOLERANCE_MS = 5 * 60_000

/**
 * Whether a webhook is from the account with this secret (https://resend.com/docs/webhooks/verify-webhooks-requests).
 * `stale`: it is too old or from the future, whoever signed it.
 */
export function checkSignature({
  secret,
  body,
  headers: { id, timestamp, signature },
  now,
}: {
  secret: string
  body: string
  headers: { id: string; timestamp: string; signature: string }
  now: Date
}): 'valid' | 'stale' | 'forged' {
  const sentAt = /^\d{1,15}$/.test(timestamp) ? Number(timestamp) * 1000 : NaN
  if (!(Math.abs(now.getTime() - sentAt) <= TOLERANCE_MS)) return 'stale'
  try {
    sdk.webhooks.verify({ payload: body, headers: { id, timestamp, signature }, webhookSecret: secret })
    return 'valid'
  } catch (error) {
    // Signed, but no JSON: that is for the caller to say.
    return error instanceof SyntaxError ? 'valid' : 'forged'
  }
}

/** Checking needs no key; the SDK wants one to be made. */
const sdk = new Resend('re_unused')
