import { oneLine } from '../../text/cleanText.ts'
import type { Delivery, Id, Locale, Mail, Mailing, RenderedMail } from '../model.ts'
import type { PersonalParts } from '../ports.ts'
import { shownEmail } from '../../subscribers/emailAddress.ts'
import { feedbackIdFor, newsletterHeaders } from './headers.ts'
import { makeReaderToken } from './readerToken.ts'

/** Begins every placeholder of one mailing, and nothing that an article can hold. */
export const newPlaceholderPrefix = (randomId: () => string): string => `u${randomId().replace(/-/g, '')}`

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
  const { subscriberId, linkKey, email, name } = delivery
  const template = templateOf(mailing)
  const { expiresAt } = template
  const person = { secret, subscriberId, linkKey, data: null }
  const leave = makeReaderToken({ ...person, purpose: 'leave', expiresAt: null })
  const preferences = makeReaderToken({ ...person, purpose: 'preferences', expiresAt })
  const { subject, ...fillable } = template.mails[delivery.locale]
  // Without a key it was sealed by an earlier version, and keeps its bytes.
  const shown = linkKey === null ? email : shownEmail(email)
  const html = fillIn(fillable.html, { email: escapeHtml(shown), leave, preferences })
  const text = fillIn(fillable.text, { email: shown, leave, preferences })
  const mail: Mail = {
    to: { email, name: name === null ? null : oneLine(name) },
    from: template.from,
    replyTo: mailing.sender.replyTo,
    subject,
    // Put together when somebody asks: a mailer that makes bytes of the pieces has no use for the whole.
    get html() {
      return wholeOf(html)
    },
    get text() {
      return wholeOf(text)
    },
    headers: { ...listHeaders({ mailing, leave }), ...mailing.envelope?.headers },
    tags: { delivery: delivery.id },
    messageId: `<${mailing.envelope?.messageIdPrefix ?? `campaign-${campaignId}`}-delivery-${delivery.id}@${template.domain}>`,
    feedbackId: feedbackIdFor({ campaignId, listId: mailing.listId }),
  }
  filledTexts.set(mail, { html, text })
  return mail
}

/** Where the links of previews and test mails lead: to a page that says so. It is nobody's token and changes nothing. */
export const TRIAL_TOKEN = 'trial'

/**
 * A mail as a reader with that address would get it, made from what was rendered with the placeholders of `prefix`: the same
 * bytes, but for the tokens of its links.
 */
export function personaliseTrial({
  rendered: { subject, html, text },
  prefix,
  email,
}: {
  rendered: RenderedMail
  prefix: string
  email: string
}): RenderedMail {
  const shown = shownEmail(email)
  const fill = (template: string, address: string) =>
    wholeOf(
      fillIn(toFillable({ text: template, prefix }), {
        email: address,
        leave: TRIAL_TOKEN,
        preferences: TRIAL_TOKEN,
      }),
    )
  return { subject: oneLine(subject), html: fill(html, escapeHtml(shown)), text: fill(text, shown) }
}

/**
 * A text of which the mails of one mailing differ only in what is filled in between the pieces: there is one fill less
 * than pieces, and the pieces are one array for all of them, in each locale.
 */
export interface FilledText {
  pieces: readonly string[]
  fills: readonly string[]
}

/** How the html and text of a mail are put together; null when it was not made by `personalise`. */
export const filledTextsOf = (mail: Mail): { html: FilledText; text: FilledText } | null =>
  filledTexts.get(mail) ?? null

const filledTexts = new WeakMap<Mail, { html: FilledText; text: FilledText }>()

const wholeOf = ({ pieces, fills }: FilledText): string =>
  pieces.map((piece, index) => piece + (fills[index] ?? '')).join('')

/** The headers of a real mail, with a link that leaves nothing. */
export const trialListHeaders = ({
  baseUrl,
  listId,
  listName,
}: Pick<Mailing, 'baseUrl' | 'listId'> & { listName: string }): Record<string, string> => ({
  ...listHeaders({ mailing: { baseUrl, listId }, leave: TRIAL_TOKEN }),
  ...newsletterHeaders({ listId, listName }),
})

/** RFC 8058 (one click), RFC 2369 (List-Unsubscribe) and RFC 2919 (List-Id). */
const listHeaders = ({
  mailing,
  leave,
}: {
  mailing: Pick<Mailing, 'baseUrl' | 'listId'>
  leave: string
}): Record<string, string> => ({
  'List-Unsubscribe': `<${mailing.baseUrl}/api/unsubscribe?token=${leave}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  'List-Id': `<${mailing.listId}>`,
})

/** What all mails of a mailing share, made once: to look for the placeholders in each costs more than the rest. */
interface Template {
  from: Mail['from']
  domain: string
  /** Of the links to the preferences; null as in mailings of an earlier version, whose mails keep their bytes. */
  expiresAt: Date | null
  mails: Record<Locale, { subject: string; html: Fillable; text: Fillable }>
}

interface Fillable {
  pieces: readonly string[]
  /** The personal part that stands after each piece but the last. */
  parts: readonly PersonalPart[]
}

type PersonalPart = 'email' | 'leave' | 'preferences'

const templates = new WeakMap<Mailing, Template>()

function templateOf(mailing: Mailing): Template {
  const template = templates.get(mailing) ?? makeTemplate(mailing)
  templates.set(mailing, template)
  return template
}

function makeTemplate({ sender, placeholderPrefix: prefix, linksUntil, mails }: Mailing): Template {
  const ofLocale = ({ subject, html, text }: RenderedMail) => ({
    subject: oneLine(subject),
    html: toFillable({ text: html, prefix }),
    text: toFillable({ text, prefix }),
  })
  return {
    from: { email: sender.email, name: oneLine(sender.name) },
    expiresAt: linksUntil === undefined ? null : new Date(linksUntil),
    domain: sender.email.slice(sender.email.lastIndexOf('@') + 1),
    mails: { sv: ofLocale(mails.sv), en: ofLocale(mails.en) },
  }
}

function toFillable({ text, prefix }: { text: string; prefix: string }): Fillable {
  // What stands in brackets is kept: every second entry is the name of a part.
  const entries = text.split(new RegExp(`${prefix}-(email|leave|preferences)`))
  return {
    pieces: entries.filter((_, index) => index % 2 === 0),
    parts: entries.filter((_, index) => index % 2 === 1) as PersonalPart[],
  }
}

const fillIn = ({ pieces, parts }: Fillable, values: Record<PersonalPart, string>): FilledText => ({
  pieces,
  fills: parts.map((part) => values[part]),
})

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#x27;',
}
const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character)
