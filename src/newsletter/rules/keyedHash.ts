import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'

/**
 * Hashes that nobody without the secret can make or check: HMAC by a key of their own (HKDF), so that no other use of the
 * secret (sessions, other hashes) makes or breaks them. The key is derived once: a mailing makes two for each recipient.
 * @param use names the use and its version; a use is for good, since what was hashed is kept.
 * @returns 43 characters of base64url for any text.
 */
export function keyedHash(use: string): (input: { secret: string; text: string }) => string {
  let derived: { secret: string; key: KeyObject } | null = null
  const keyFrom = (secret: string): KeyObject => {
    if (derived?.secret !== secret)
      derived = { secret, key: createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', use, 32))) }
    return derived.key
  }
  return ({ secret, text }) => createHmac('sha256', keyFrom(secret)).update(text).digest('base64url')
}
