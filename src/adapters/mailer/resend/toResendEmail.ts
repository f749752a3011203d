import type { CreateBatchOptions } from 'resend'
import type { Mail } from '../../../newsletter/model.ts'

/**
 * A mail as Resend's API takes it: the same mail gives the same bytes. Resend makes the Message-ID itself, so ours is
 * left out; what came in is found again by the id that it answers with.
 */
export const toResendEmail = (mail: Mail): CreateBatchOptions[number] => ({
  from: formatAddress(mail.from),
  to: formatAddress(mail.to),
  ...(mail.replyTo !== null && { replyTo: mail.replyTo }),
  subject: mail.subject,
  html: mail.html,
  text: mail.text,
  headers: mail.headers,
})

/** `Name <address>` of RFC 5322: a name with special characters is quoted, control characters never come through. */
export function formatAddress({ name, email }: { name: string | null; email: string }): string {
  const clean = (name ?? '').replace(/[\p{Cc}\s]+/gu, ' ').trim()
  if (clean === '') return email
  const quoted = /[()<>[\]:;@\\,."]/.test(clean) ? `"${clean.replace(/[\\"]/g, '\\$&')}"` : clean
  return `${quoted} <${email}>`
}
