import type { Payload } from 'payload'
import { depsOf } from '../deps.ts'
import type { SuppressionReason } from '../newsletter/model.ts'
import type { Subscriber } from '../payload-types.ts'
import { findReader } from '../readers/findReader.ts'
import { findSuppressed } from '../suppressions/findSuppressed.ts'
import { confirmingOf, type Confirming } from './rules/confirmingOf.ts'
import { askedAtOf } from './rules/confirmLink.ts'

/** What a link to confirm would do right now, without doing it. */
export interface FoundAsking {
  reader: Subscriber
  linkAskedAt: Date
  suppression: SuppressionReason | null
  confirming: Confirming
}

export async function findAsking({
  payload,
  token,
  now,
}: {
  payload: Payload
  token: string
  now: Date
}): Promise<FoundAsking | { confirming: 'invalid' | 'expired' | 'gone' }> {
  const { secret } = depsOf(payload)
  const found = await findReader({ payload, secret, token, purpose: 'confirm', now })
  if (found.kind !== 'found') return { confirming: found.kind }
  const { reader, data } = found
  const linkAskedAt = askedAtOf(data)
  if (!linkAskedAt) return { confirming: 'invalid' }
  // It lies in the mailbox of an address that was changed since: whoever follows it need not be the person.
  const changedAt = dateOf(reader.addressChangedAt)
  if (changedAt && linkAskedAt < changedAt) return { confirming: 'expired' }
  const suppressed = await findSuppressed({ payload, emails: [reader.email] })
  const suppression = suppressed.get(reader.email) ?? null
  const confirming = confirmingOf({
    status: reader.status,
    askedAt: dateOf(reader.askedAt),
    unsubscribedAt: dateOf(reader.unsubscribedAt),
    suppression,
    linkAskedAt,
  })
  return { reader, linkAskedAt, suppression, confirming }
}

const dateOf = (text: string | null | undefined): Date | null => (text ? new Date(text) : null)
