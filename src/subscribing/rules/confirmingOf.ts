import type { SubscriberStatus, SuppressionReason } from '../../newsletter/model.ts'
import { isHashOnly } from '../../newsletter/rules/isHashOnly.ts'

/**
 * What following a link to confirm does. `confirm`: makes the person a subscriber. `again`: this link, or a later one, has
 * done so already. `left`: they left after they asked, and an old link does not bring them back. `refused`: the address
 * must not be mailed.
 */
export type Confirming = 'confirm' | 'again' | 'left' | 'refused'

/** @param link.linkAskedAt when the person asked, as the link says. */
export function confirmingOf({
  status,
  askedAt,
  unsubscribedAt,
  suppression,
  linkAskedAt,
}: {
  status: SubscriberStatus
  askedAt: Date | null
  unsubscribedAt: Date | null
  suppression: SuppressionReason | null
  linkAskedAt: Date
}): Confirming {
  if (status === 'suppressed' || (suppression !== null && !isHashOnly(suppression))) return 'refused'
  switch (status) {
    case 'active':
      return 'again'
    case 'pending':
      return 'confirm'
    case 'unsubscribed': {
      const hasLeftSince = unsubscribedAt
        ? unsubscribedAt >= linkAskedAt
        : askedAt?.getTime() !== linkAskedAt.getTime()
      return hasLeftSince ? 'left' : 'confirm'
    }
  }
}
