import type { Payload } from 'payload'
import { limitsOf } from '../limits/limitsOf.ts'
import type { Subscriber } from '../payload-types.ts'
import { findSuppressed } from '../suppressions/findSuppressed.ts'
import { queueMail } from '../transactional/queueMail.ts'
import { readerLinks } from './links.ts'

const DAY_MS = 86_400_000
const LINKS_A_DAY = 3

/**
 * Mails a fresh link to their choices to the address on record: the holder of an old link gets nothing but that. A
 * suppressed reader gets none, and nobody gets more than three a day; the caller answers the same to all.
 * @throws what the database throws.
 */
export async function renewLink({
  payload,
  reader,
  now,
}: {
  payload: Payload
  reader: Subscriber
  now: Date
}): Promise<void> {
  const { email, locale, status } = reader
  const subscriberId = String(reader.id)
  if (status === 'suppressed') return
  if ((await findSuppressed({ payload, emails: [email] })).has(email)) return
  const key = `fresh link ${subscriberId}`
  if (!(await limitsOf(payload).take({ key, points: LINKS_A_DAY, perMs: DAY_MS }))) return
  const { preferencesUrl } = readerLinks({ payload, reader, now })
  await queueMail({
    payload,
    request: {
      kind: 'fresh-link',
      preferencesUrl,
      to: { email, name: reader.name ?? null },
      locale,
      subscriberId,
    },
  })
}
