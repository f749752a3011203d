import type { CreateBatchOptions } from 'resend'
import type { Mail } from '../../../newsletter/model.ts'
import { oneLine } from '../../../text/cleanText.ts'

/**
 * A mail as Resend's API takes it: the same mail gives the same bytes. Resend makes the Message-ID itself, so ours is
 * left out; what it tells of a mail later is found by the tags.
 */
export const toResendEmail = (mail: Mail): CreateBatchOptions[number] => ({
  from: formatAddress(mail.from),
  to: formatAddress(mail.to),
  ...(mail.replyTo !== null && { replyTo: mail.replyTo }),
  subject: mail.subject,
  html: mail.html,
  text: mail.text,
  headers: mail.headers,
  ...(Object.keys(mail.tags).length > 0 && { tags: toResendTags(mail.tags) }),
})

export const toResendTags = (tags: Mail['tags']): { name: string; value: string }[] =>
  Object.entries(tags).map(([name, value]) => ({ name, value }))

/** `Name <address>` of RFC 5322: a name with special characters is quoted, control characters never come through. */
export function formatAddress({ name, email }: { name: string | null; email: string }): string {
  const clean = oneLine(name ?? '')
  if (clean === '') return email
  const quoted = /[()<>[\]:;@\\,."]/.test(clean) ? `"${clean.replace(/[\\"]/g, '\\$&')}"` : clean
  return `${quoted} <${email}>`
}
