import { createHmac, timingSafeEqual } from 'node:crypto'
import { extractJWT, type PayloadRequest } from 'payload'

/**
 * Whether the request bears a login that we have signed and that has not run out. Payload finds the user in the
 * database, and takes one whom it cannot look up for nobody: this tells staff from strangers when it is the database
 * that fails. It opens nothing by itself.
 */
export function bearsStaffToken({ headers, payload }: Pick<PayloadRequest, 'headers' | 'payload'>): boolean {
  const [head, body, signature] = (extractJWT({ headers, payload }) ?? '').split('.')
  if (!head || !body || !signature) return false
  const expected = createHmac('sha256', payload.secret).update(`${head}.${body}`).digest()
  const given = Buffer.from(signature, 'base64url')
  return given.length === expected.length && timingSafeEqual(given, expected) && isInTime(body)
}

function isInTime(body: string): boolean {
  const claims: unknown = JSON.parse(Buffer.from(body, 'base64url').toString('utf8'))
  const exp = claims !== null && typeof claims === 'object' && 'exp' in claims ? claims.exp : 0
  return typeof exp === 'number' && exp * 1000 > Date.now()
}
