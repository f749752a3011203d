import type { SubscriberStatus, SuppressionReason } from '../../newsletter/model.ts'
import { isHashOnly } from '../../newsletter/rules/isHashOnly.ts'

/**
 * Whether somebody who asks is to be sent a link to confirm. Not when they are subscribed already, and not when their
 * address must not be mailed; somebody who had themselves erased may change their mind, and nobody else does it for them.
 * @param asking.status null for an address that nobody has given yet.
 */
export function shouldSendLink({
  status,
  suppression,
}: {
  status: SubscriberStatus | null
  suppression: SuppressionReason | null
}): boolean {
  if (suppression !== null && !isHashOnly(suppression)) return false
  switch (status) {
    case null:
    case 'pending':
    case 'unsubscribed':
      return true
    case 'active':
    case 'suppressed':
      return false
  }
}
