import type { MailComposerOptions } from 'nodemailer/lib/mail-composer'
import type { Mail } from '../../newsletter/model.ts'

/**
 * A mail as nodemailer takes it, for the mailers that write the message themselves: text and html as alternatives, both
 * quoted-printable, so that no line is longer than RFC 5322 allows. No part of it may name a file or an address to fetch.
 * A provider behind an API sets a Feedback-ID of its own.
 */
export const composeMail = (mail: Mail): MailComposerOptions => ({
  from: { name: mail.from.name, address: mail.from.email },
  to: { name: mail.to.name ?? '', address: mail.to.email },
  ...(mail.replyTo !== null && { replyTo: { name: '', address: mail.replyTo } }),
  ...(mail.messageId !== null && { messageId: mail.messageId }),
  subject: mail.subject,
  text: mail.text,
  html: mail.html,
  headers: { ...mail.headers, ...(mail.feedbackId !== null && { 'Feedback-ID': mail.feedbackId }) },
  encoding: 'quoted-printable',
  newline: 'win',
  disableFileAccess: true,
  disableUrlAccess: true,
})
