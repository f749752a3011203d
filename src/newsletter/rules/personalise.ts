import type { Delivery, Id, Mail, Mailing } from '../model.ts'
import type { PersonalParts } from '../ports.ts'
import { makeReaderToken } from './readerToken.ts'

/** The personal parts of a mail as placeholders that no article can contain: the prefix is random per campaign. */
export function placeholderParts({ baseUrl, prefix }: { baseUrl: string; prefix: string }): PersonalParts {
  return {
    email: `${prefix}-email`,
    unsubscribeUrl: `${baseUrl}/unsubscribe?token=${prefix}-leave`,
    preferencesUrl: `${baseUrl}/preferences?token=${prefix}-preferences`,
  }
}

/** One recipient's mail: the same bytes for the same mailing, delivery and secret, whenever it is made. */
export function personalise({
  mailing,
  delivery,
  campaignId,
  secret,
}: {
  mailing: Mailing
  delivery: Delivery
  campaignId: Id
  secret: string
}): Mail {
  const { subscriberId } = delivery
  const leave = makeReaderToken({ secret, purpose: 'leave', subscriberId })
  const preferences = makeReaderToken({ secret, purpose: 'preferences', subscriberId })
  const rendered = mailing.mails[delivery.locale]
  const fill = (text: string, email: string) =>
    fillIn(text, mailing.placeholderPrefix, { email, leave, preferences })
  return {
    to: { email: delivery.email, name: delivery.name === null ? null : oneLine(delivery.name) },
    from: { email: mailing.sender.email, name: oneLine(mailing.sender.name) },
    replyTo: mailing.sender.replyTo,
    subject: oneLine(rendered.subject),
    html: fill(rendered.html, escapeHtml(delivery.email)),
    text: fill(rendered.text, delivery.email),
    headers: listHeaders({ mailing, leave }),
    messageId: `<campaign-${campaignId}-delivery-${delivery.id}@${domainOf(mailing.sender.email)}>`,
  }
}

/** RFC 8058 (one click), RFC 2369 (List-Unsubscribe) and RFC 2919 (List-Id). */
const listHeaders = ({ mailing, leave }: { mailing: Mailing; leave: string }): Record<string, string> => ({
  'List-Unsubscribe': `<${mailing.baseUrl}/api/unsubscribe?token=${leave}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  'List-Id': `<${mailing.listId}>`,
})

/** A line break in a header's value would begin another header. */
const oneLine = (text: string) => text.replace(/[\s\p{Cc}]+/gu, ' ').trim()

const fillIn = (text: string, prefix: string, parts: Record<'email' | 'leave' | 'preferences', string>) =>
  text.replace(
    new RegExp(`${prefix}-(email|leave|preferences)`, 'g'),
    (_, part: 'email' | 'leave' | 'preferences') => parts[part],
  )

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#x27;',
}
const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character)

const domainOf = (email: string) => email.slice(email.lastIndexOf('@') + 1)
