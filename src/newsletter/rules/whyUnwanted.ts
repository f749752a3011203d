import type { Addressee, ClaimedMail, Problem } from '../model.ts'
import { isHashOnly } from './isHashOnly.ts'
import { EXPIRED, SUBSCRIBER_DELETED, SUBSCRIBER_LEFT, SUPPRESSED } from './problems.ts'

/**
 * Why a transactional mail that was written down some time ago is not to be handed over any more; null when it is. It may
 * have waited for days, while the provider or the database was away.
 */
export function whyUnwanted({
  mail: { kind, validUntil },
  addressee: { suppression, subscriber },
  now,
}: {
  mail: Pick<ClaimedMail, 'kind' | 'validUntil'>
  addressee: Addressee
  now: Date
}): Problem | null {
  if (validUntil !== null && validUntil <= now) return EXPIRED
  if (!mayBeMailed({ kind, suppression })) return SUPPRESSED
  if (kind !== 'welcome' || subscriber === 'active') return null
  return subscriber === null ? SUBSCRIBER_DELETED : SUBSCRIBER_LEFT
}

/** Whether a mail of this kind may go to an address with this suppression. */
export function mayBeMailed({
  kind,
  suppression,
}: Pick<ClaimedMail, 'kind'> & Pick<Addressee, 'suppression'>): boolean {
  if (suppression === null) return true
  switch (kind) {
    // To staff.
    case 'contact-notice':
    case 'review-asked':
    case 'review-returned':
      return true
    // By confirming, and in no other way, the owner of such an address comes back.
    case 'confirm-subscription':
    case 'confirm-address':
      return isHashOnly(suppression)
    // The change that it tells of is what suppressed the address.
    case 'address-changed':
      return suppression === 'moved'
    case 'welcome':
    case 'fresh-link':
    case 'contact-thanks':
    case 'test-mail':
      return false
  }
}
