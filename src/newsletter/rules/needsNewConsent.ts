import type { SuppressionReason } from '../model.ts'

/**
 * Whether an address was suppressed because its owner, or staff for them, wanted no mail. Lifting that is no consent; where the
 * address alone took no mail, the consent of before stands.
 */
export function needsNewConsent(reason: SuppressionReason): boolean {
  switch (reason) {
    case 'complained':
    case 'manual':
      return true
    case 'bounced':
    case 'provider':
    case 'erased':
    case 'moved':
      return false
  }
}
