import { addressOf } from '../api/readEmail.ts'

/** The e-mail events that the emulator posts. (https://resend.com/docs/webhooks/event-types) */
export const EVENT_TYPES = [
  'email.sent',
  'email.delivered',
  'email.delivery_delayed',
  'email.bounced',
  'email.complained',
  'email.failed',
  'email.suppressed',
] as const
export type EventType = (typeof EVENT_TYPES)[number]

export const BOUNCE_TYPES = ['Permanent', 'Transient', 'Undetermined'] as const
export type BounceType = (typeof BOUNCE_TYPES)[number]

/** What is said of an e-mail: one webhook. */
export interface MailEvent {
  type: EventType
  /** Of email.bounced only. */
  bounce?: BounceType
}

/**
 * What becomes of an e-mail, by a word in its address: `word@…`, `word+label@…` or `…@word.example`. Resend's own test
 * addresses (delivered, bounced, complained, suppressed @resend.dev) are among them.
 */
export const FATES = {
  delivered: [{ type: 'email.sent' }, { type: 'email.delivered' }],
  bounced: [{ type: 'email.sent' }, { type: 'email.bounced', bounce: 'Permanent' }],
  'soft-bounced': [{ type: 'email.sent' }, { type: 'email.bounced', bounce: 'Transient' }],
  undetermined: [{ type: 'email.sent' }, { type: 'email.bounced', bounce: 'Undetermined' }],
  complained: [{ type: 'email.sent' }, { type: 'email.delivered' }, { type: 'email.complained' }],
  delayed: [{ type: 'email.sent' }, { type: 'email.delivery_delayed' }, { type: 'email.delivered' }],
  failed: [{ type: 'email.failed' }],
  suppressed: [{ type: 'email.suppressed' }],
  silent: [],
} as const satisfies Record<string, readonly MailEvent[]>

export type Fate = keyof typeof FATES

/** The fate of an e-mail with these recipients: that of the first whose address names one other than `delivered`. */
export function fateOf(recipients: readonly string[]): Fate {
  for (const recipient of recipients) {
    const fate = wordsOf(addressOf(recipient).toLowerCase()).find(isFate)
    if (fate && fate !== 'delivered') return fate
  }
  return 'delivered'
}

/** The event that GET /emails/:id tells. */
export function lastEventOf(recipients: readonly string[]): string {
  return FATES[fateOf(recipients)].at(-1)?.type.slice('email.'.length) ?? 'queued'
}

function wordsOf(address: string): string[] {
  const [local = '', domain = ''] = address.split('@')
  const [name = ''] = local.split('+')
  return domain.endsWith('.example') ? [name, domain.slice(0, -'.example'.length)] : [name]
}

const isFate = (word: string): word is Fate => Object.hasOwn(FATES, word)
