import type { Payload } from 'payload'
import { depsOf } from '../deps.ts'
import type { SuppressionReason } from '../newsletter/model.ts'
import { addressHash } from '../newsletter/rules/addressHash.ts'
import { normaliseEmail } from '../subscribers/emailAddress.ts'

/**
 * Which of these addresses must not be mailed, and why.
 * @returns by the address as it was given; who may be mailed is left out.
 * @throws what the database throws.
 */
export async function findSuppressed({
  payload,
  emails,
}: {
  payload: Payload
  emails: readonly string[]
}): Promise<Map<string, SuppressionReason>> {
  const { events, secret } = depsOf(payload)
  const hashes = new Map(
    emails.map((email) => [email, addressHash({ secret, email: normaliseEmail(email) })]),
  )
  const known = await events.readSuppressions([...new Set(hashes.values())])
  const suppressed = new Map<string, SuppressionReason>()
  for (const [email, hash] of hashes) {
    const suppression = known.get(hash)
    if (suppression && suppression.liftedAt === null) suppressed.set(email, suppression.reason)
  }
  return suppressed
}
