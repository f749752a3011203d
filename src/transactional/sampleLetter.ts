import type { Payload } from 'payload'
import { depsOf } from '../deps.ts'
import {
  TRANSACTIONAL_MAIL_KINDS,
  type FrozenMail,
  type Locale,
  type TransactionalMailKind,
} from '../newsletter/model.ts'
import { AUTOMATIC_HEADERS } from '../newsletter/rules/headers.ts'
import { TRIAL_TOKEN } from '../newsletter/rules/personalise.ts'
import { readConsentText } from '../subscribing/consentText.ts'
import type { MailContent } from './mailRequest.ts'
import { passwordMail } from './passwordMail.ts'
import { freezeMail, newMessageId } from './queueMail.ts'

/** What readers and staff get by itself, and what can be tested: every kind but the test itself, and Payload's own mail. */
export type SampleKind = Exclude<TransactionalMailKind, 'test-mail'> | 'new-password'
export const SAMPLE_KINDS: readonly SampleKind[] = [
  ...TRANSACTIONAL_MAIL_KINDS.filter((kind) => kind !== 'test-mail'),
  'new-password',
]

/** The name of the reader that a sample is for. */
const READER = 'Kim Berg'

const MESSAGE: Record<Locale, string> = {
  sv: 'Hej! Det här är ett prov på vad någon skriver.\nDet har två rader.',
  en: 'Hello! This is a sample of what somebody writes.\nIt has two lines.',
}

const TITLE: Record<Locale, string> = { sv: 'Artikelns rubrik', en: 'The title of the article' }

/** One of the automatic mails, whole, to somebody who tests it: with the settings of the site, and links that change nothing. */
export async function sampleLetter({
  payload,
  kind,
  locale,
  email,
}: {
  payload: Payload
  kind: SampleKind
  locale: Locale
  email: string
}): Promise<FrozenMail> {
  if (kind === 'new-password') return samplePassword({ payload, locale, email })
  const to = { email, name: READER }
  return freezeMail({
    payload,
    request: { ...(await contentOf({ payload, kind, locale, email })), to, locale },
  })
}

async function contentOf({
  payload,
  kind,
  locale,
  email,
}: {
  payload: Payload
  kind: Exclude<SampleKind, 'new-password'>
  locale: Locale
  email: string
}): Promise<MailContent> {
  const { serverUrl } = depsOf(payload).env
  const link = (path: string) => `${serverUrl}${path}?token=${TRIAL_TOKEN}`
  switch (kind) {
    case 'confirm-subscription':
      return { kind, confirmUrl: link('/confirm'), consentText: await readConsentText({ payload, locale }) }
    case 'welcome':
      return {
        ...{ kind, preferencesUrl: link('/preferences'), unsubscribeUrl: link('/unsubscribe') },
        leaveUrl: link('/api/unsubscribe'),
      }
    case 'confirm-address':
      return { kind, confirmUrl: link('/confirm-address') }
    case 'address-changed':
      return { kind }
    case 'fresh-link':
      return { kind, preferencesUrl: link('/preferences') }
    case 'contact-thanks':
      return { kind, message: MESSAGE[locale] }
    case 'contact-notice':
      return {
        ...{ kind, message: MESSAGE[locale], from: { name: READER, email } },
        adminUrl: `${serverUrl}/admin/collections/contact-messages`,
      }
    case 'review-asked':
    case 'review-returned':
      return {
        ...{ kind, from: READER, title: TITLE[locale], message: MESSAGE[locale] },
        adminUrl: `${serverUrl}/admin/collections/articles`,
      }
  }
}

/** Payload sends the real one: see adapters/authMail. */
async function samplePassword({
  payload,
  locale,
  email,
}: {
  payload: Payload
  locale: Locale
  email: string
}): Promise<FrozenMail> {
  const { env, randomId } = depsOf(payload)
  const url = `${env.serverUrl}/admin/reset/${TRIAL_TOKEN}`
  const { from, replyTo = null, subject, html, text } = await passwordMail({ payload, locale, email, url })
  const sender = { email: from.address, name: from.name }
  return {
    ...{ messageId: newMessageId({ from: sender, randomId }), from: sender, to: { email, name: null } },
    ...{ replyTo, subject, html, text, headers: AUTOMATIC_HEADERS },
  }
}
