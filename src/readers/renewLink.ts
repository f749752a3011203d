import type { Payload } from 'payload'
import { limitsOf } from '../limits/limitsOf.ts'
import type { Id } from '../newsletter/model.ts'
import { findSuppressed } from '../suppressions/findSuppressed.ts'
import { queueMail } from '../transactional/queueMail.ts'
import { findReaderById } from './findReader.ts'
import { readerLinks } from './links.ts'

const DAY_MS = 86_400_000
const LINKS_A_DAY = 3

/**
 * Mails a fresh link to their choices to the address on record: whoever holds an old link gets nothing but that. Somebody
 * who is gone or must not be mailed gets none, and nobody more than three a day; the caller answers the same to all.
 * @throws what the database throws.
 */
export async function renewLink({
  payload,
  subscriberId,
  now,
}: {
  payload: Payload
  subscriberId: Id
  now: Date
}): Promise<void> {
  const reader = await findReaderById({ payload, id: subscriberId })
  if (!reader || reader.status === 'suppressed') return
  const { email, locale } = reader
  if ((await findSuppressed({ payload, emails: [email] })).has(email)) return
  const key = `fresh link ${subscriberId}`
  if (!(await limitsOf(payload).take({ key, points: LINKS_A_DAY, perMs: DAY_MS }))) return
  const { preferencesUrl } = readerLinks({ payload, subscriberId, now })
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
