import { createHmac, hkdfSync } from 'node:crypto'

/**
 * An address as a suppression knows it: nobody who has the database, but not the secret, can tell whether an address is
 * among them, not even by trying all that there are.
 * @param email normalised: see subscribers/emailAddress.ts.
 * @returns 43 characters of base64url.
 */
export const addressHash = ({ secret, email }: { secret: string; email: string }): string =>
  createHmac('sha256', keyFrom(secret)).update(email).digest('base64url')

function keyFrom(secret: string): Buffer {
  if (derived?.secret !== secret) {
    const key = hkdfSync('sha256', secret, '', 'utskick address hash v1', 32)
    derived = { secret, key: Buffer.from(key) }
  }
  return derived.key
}

let derived: { secret: string; key: Buffer } | null = null
