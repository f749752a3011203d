import { isEmailAddress, normaliseEmail, shownEmail } from '../subscribers/emailAddress.ts'
import { cleanText, oneLine } from '../text/cleanText.ts'
import type { MailContent, MailRequest } from './mailRequest.ts'

/** More than a contact form takes; a mail is cut off by Gmail at 102 KB. */
const LONGEST_MESSAGE = 20_000
const LONGEST_NAME = 100

/**
 * A request of which nothing can begin another header: names are one line, addresses are addresses, links are absolute and
 * written as a URL is.
 * @throws TypeError that says which part is wrong, and not what it holds: it may be personal.
 */
export const cleanRequest = (request: MailRequest): MailRequest => ({
  ...cleanContent(request),
  to: { email: cleanAddress('to', request.to.email), name: cleanName(request.to.name) || null },
  locale: request.locale,
  subscriberId: request.subscriberId ?? null,
  contactMessageId: request.contactMessageId ?? null,
})

function cleanContent(content: MailContent): MailContent {
  switch (content.kind) {
    case 'confirm-subscription':
      return {
        kind: content.kind,
        confirmUrl: cleanUrl('confirmUrl', content.confirmUrl),
        consentText: cleanMessage(content.consentText),
      }
    case 'confirm-address':
      return { kind: content.kind, confirmUrl: cleanUrl('confirmUrl', content.confirmUrl) }
    case 'welcome':
      return {
        kind: content.kind,
        preferencesUrl: cleanUrl('preferencesUrl', content.preferencesUrl),
        unsubscribeUrl: cleanUrl('unsubscribeUrl', content.unsubscribeUrl),
        leaveUrl: cleanUrl('leaveUrl', content.leaveUrl),
      }
    case 'address-changed':
      return { kind: content.kind }
    case 'fresh-link':
      return { kind: content.kind, preferencesUrl: cleanUrl('preferencesUrl', content.preferencesUrl) }
    case 'contact-thanks':
      return { kind: content.kind, message: '' }
    case 'contact-notice': {
      const email = cleanAddress('from', content.from.email)
      return {
        kind: content.kind,
        message: cleanMessage(content.message),
        from: { name: cleanName(content.from.name) || shownEmail(email), email },
        adminUrl: cleanUrl('adminUrl', content.adminUrl),
      }
    }
    case 'review-asked':
    case 'review-returned':
      return {
        ...{ kind: content.kind, from: cleanName(content.from), title: oneLine(content.title) },
        message: cleanMessage(content.message),
        adminUrl: cleanUrl('adminUrl', content.adminUrl),
      }
  }
}

function cleanAddress(part: string, email: string): string {
  const address = normaliseEmail(email)
  if (!isEmailAddress(address)) throw new TypeError(`${part}: not an e-mail address.`)
  return address
}

function cleanUrl(part: string, url: string): string {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new TypeError(`${part}: not an absolute web address.`)
  return new URL(url).href
}

/** Cut first: what is left of a character that was cut in two goes too. */
const cleanName = (name: string | null): string => oneLine((name ?? '').slice(0, LONGEST_NAME))

const cleanMessage = (message: string): string => cleanText(message.slice(0, LONGEST_MESSAGE))
