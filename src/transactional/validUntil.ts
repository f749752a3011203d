import type { TransactionalMailKind } from '../newsletter/model.ts'

const DAY_MS = 86_400_000

/**
 * For how many days a mail is of use: as long as its link works (subscribing/rules/confirmLink, readers/links), or as
 * long as whoever waits for it does (a test is of the draft as it is). Null: whatever happens it is better late than never.
 */
const DAYS: Record<TransactionalMailKind, number | null> = {
  'confirm-subscription': 7,
  'confirm-address': 1,
  'fresh-link': 1,
  welcome: 7,
  'address-changed': null,
  'contact-thanks': null,
  'contact-notice': null,
  'review-asked': 7,
  'review-returned': 7,
  'test-mail': 1,
}

/** After it a mail that was not handed over is of no use any more; null: it always is. */
export function validUntil({ kind, now }: { kind: TransactionalMailKind; now: Date }): Date | null {
  const days = DAYS[kind]
  return days === null ? null : new Date(now.getTime() + days * DAY_MS)
}
