import type { AcceptedMail } from '../model.ts'
import type { BounceType, MailEvent } from './fates.ts'

/** The body of a webhook, as Resend documents it. (https://resend.com/docs/webhooks/emails/bounced, .../suppressed, ...) */
export function webhookBody({ mail, event, at }: { mail: AcceptedMail; event: MailEvent; at: Date }): string {
  const { id, from, to, subject, tags, acceptedAt } = mail
  return JSON.stringify({
    type: event.type,
    created_at: at.toISOString(),
    data: {
      created_at: preciseTime(acceptedAt),
      email_id: id,
      message_id: messageIdOf(id),
      from,
      to,
      subject,
      ...detailsOf(event),
      ...(tags.length > 0 && { tags: Object.fromEntries(tags.map(({ name, value }) => [name, value])) }),
    },
  })
}

function detailsOf({ type, bounce = 'Permanent' }: MailEvent) {
  switch (type) {
    case 'email.bounced':
      return { bounce: BOUNCES[bounce] }
    case 'email.failed':
      return { failed: { reason: 'reached_daily_quota' } }
    case 'email.suppressed':
      return { suppressed: SUPPRESSED }
    default:
      return {}
  }
}

const BOUNCES: Record<BounceType, { message: string; subType: string; type: BounceType }> = {
  Permanent: {
    message: "The recipient's email provider sent a hard bounce message: the address does not exist.",
    subType: 'General',
    type: 'Permanent',
  },
  Transient: {
    message: "The recipient's email provider sent a bounce message: the inbox is full.",
    subType: 'MailboxFull',
    type: 'Transient',
  },
  Undetermined: {
    message: "The recipient's email provider sent a bounce message that does not tell the reason.",
    subType: 'Undetermined',
    type: 'Undetermined',
  },
}
const SUPPRESSED = {
  message: 'Sending to this address is suppressed because it is on the account-level suppression list.',
  type: 'OnAccountSuppressionList',
}

export const messageIdOf = (id: string): string => `<${id}@emulator.invalid>`

/** Resend tells the time of an e-mail in microseconds, and that of an event in milliseconds. */
export const preciseTime = (iso: string): string => iso.replace(/Z$/, '000+00:00')
