import { addressChange } from '../../../src/readers/addressChange.ts'
import { makeReaderToken, type ReaderPurpose } from '../../../src/newsletter/rules/readerToken.ts'
import { confirmLink } from '../../../src/subscribing/rules/confirmLink.ts'
import type { Locale } from '../../../src/newsletter/model.ts'
import { choicesText } from '../../../src/app/(site)/_text/choices/choicesText.ts'
import { siteText } from '../../../src/app/(site)/_text/siteText.ts'
import { linkKeysOf } from '../linkKeys.ts'
import type { MailedSite } from './mailedSite.ts'

/** Each page of a reader's, in each state that it can be in. */
export interface ReaderState {
  /** Also of its screenshots. */
  name: string
  path: string
  heading: string
}

const HOUR_MS = 3_600_000
const NOBODY: Reader = { id: '999999', linkKey: 'f'.repeat(24), email: 'nobody@example.com' }

/** Makes a reader for each state, and says where the page is that shows it. */
export async function makeReaderStates(site: MailedSite, locale: Locale): Promise<ReaderState[]> {
  const active = await makeReader(site, { locale, name: 'active' })
  const left = await makeReader(site, { locale, name: 'left', status: 'unsubscribed' })
  const paused = await makeReader(site, { locale, name: 'paused' })
  const waiting = await askedReader(site, locale)
  const links = linksOf(site)
  await pauseByForm(site, links.choices(paused).replace('/preferences', '/api/preferences/pause'))
  const text = siteText[locale]
  const choices = choicesText[locale]
  const state = (name: string, path: string, heading: string) => ({ name, path, heading })
  return [
    state('subscribe', `/${locale}/subscribe`, text.subscribe.title),
    state('subscribe-wrong', `/${locale}/subscribe?problem=email`, text.subscribe.title),
    state('subscribe-asked', `/${locale}/subscribe?state=asked`, text.subscribe.asked),

    // As it is when the script has tried.
    state('confirm', `${links.confirm(waiting)}&posted=1`, text.confirm.question),
    state('confirm-failed', `${links.confirm(waiting)}&posted=1&problem=not_saved`, text.confirm.question),
    state('confirm-done', links.confirm(active), text.confirm.done),
    state('confirm-left', links.confirm(left), text.confirm.left),
    state('confirm-gone', links.confirm(NOBODY), text.confirm.gone),
    state('confirm-expired', links.confirm(waiting, 8 * 24), text.confirm.expired),
    state('confirm-invalid', '/confirm?token=x', text.linkInvalid.title),

    state('preferences', links.choices(active), text.preferences.title),
    state('preferences-saved', `${links.choices(active)}&saved=1`, text.preferences.title),
    state('preferences-wrong', `${links.choices(active)}&problem=weeks`, text.preferences.title),
    state('preferences-paused', links.choices(paused), text.preferences.title),
    state('preferences-left', links.choices(left), text.preferences.title),
    state('preferences-erase', `${links.choices(active)}&step=erase`, choices.erase.title),
    state('preferences-erased', `${links.choices(NOBODY)}&done=erased`, choices.erase.erased),
    state('preferences-gone', links.choices(NOBODY), text.preferences.gone),
    state('preferences-expired', links.choices(active, -1), choices.expired.title),
    state('preferences-renewed', `${links.choices(active, -1)}&done=renewed`, choices.expired.title),

    state('unsubscribe', links.leave(active), text.unsubscribe.question),
    state('unsubscribe-left', links.leave(left), text.unsubscribe.left),
    state('unsubscribe-gone', links.leave(NOBODY), text.unsubscribe.notMailed),
    state('unsubscribe-invalid', '/unsubscribe?token=x', text.linkInvalid.title),

    state('address', links.address(active, 'new@example.com'), choices.confirmAddress.title),
    state(
      'address-not-free',
      `${links.address(active, 'new@example.com')}&problem=address_not_free`,
      choices.confirmAddress.title,
    ),
    state(
      'address-changed',
      links.address({ ...left, email: 'old@example.com' }, left.email),
      choices.confirmAddress.changed,
    ),
    state(
      'address-used',
      links.address({ ...active, email: 'old@example.com' }, 'new@example.com'),
      choices.confirmAddress.used,
    ),
    state('address-expired', links.address(active, 'new@example.com', -1), choices.confirmAddress.expired),

    state('contact', `/${locale}/contact`, text.contactForm.title),
    state('contact-sent', `/${locale}/contact?state=sent`, text.contactForm.sent),
  ]
}

interface Reader {
  id: string
  linkKey: string
  email: string
}

async function makeReader(
  { rest, server }: MailedSite,
  { locale, name, status = 'active' }: { locale: Locale; name: string; status?: 'active' | 'unsubscribed' },
): Promise<Reader> {
  const email = `${name}.${locale}@example.com`
  const { doc } = await rest.post<{ doc: { id: number } }>('/subscribers', {
    ...{ email, name: 'Anna Berg', locale, status },
    consentSource: locale === 'sv' ? 'Mässan i Malmö' : 'The fair in Malmö',
  })
  return withKey({ server, id: String(doc.id), email })
}

/** Nobody but the person can ask. */
async function askedReader({ baseUrl, rest, server }: MailedSite, locale: Locale): Promise<Reader> {
  const email = `waiting.${locale}@example.com`
  await fetch(`${baseUrl}/api/subscribe`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email, locale }),
  })
  const { docs } = await rest.get<{ docs: { id: number }[] }>(`/subscribers?where[email][equals]=${email}`)
  return withKey({ server, id: String(docs[0]?.id), email })
}

async function withKey({
  server,
  id,
  email,
}: Pick<MailedSite, 'server'> & Pick<Reader, 'id' | 'email'>): Promise<Reader> {
  return { id, linkKey: (await linkKeysOf(server.env)).get(id) ?? '', email }
}

async function pauseByForm({ baseUrl }: MailedSite, path: string): Promise<void> {
  const { ok, status } = await fetch(baseUrl + path, {
    method: 'POST',
    body: new URLSearchParams({ weeks: '3' }),
  })
  if (!ok) throw new Error(`The pause was not taken: ${status}`)
}

/** The links of the mails, from the root on; by hours from now until when they work, or since when they were asked for. */
function linksOf({ server: { env } }: MailedSite) {
  const secret = env.payloadSecret
  const tokenOf = (purpose: ReaderPurpose, reader: Reader, hours: number | null, data: string | null) =>
    makeReaderToken({
      ...{ secret, purpose, subscriberId: reader.id, linkKey: reader.linkKey, data },
      expiresAt: hours === null ? null : new Date(Date.now() + hours * HOUR_MS),
    })
  return {
    choices: (reader: Reader, hours = 1) =>
      `/preferences?token=${tokenOf('preferences', reader, hours, null)}`,
    leave: (reader: Reader) => `/unsubscribe?token=${tokenOf('leave', reader, null, null)}`,
    confirm: ({ id: subscriberId, linkKey }: Reader, hoursAgo = 1) =>
      confirmLink({
        ...{ baseUrl: '', secret, subscriberId, linkKey },
        askedAt: new Date(Date.now() - hoursAgo * HOUR_MS),
      }),
    address: (reader: Reader, to: string, hours = 1) => {
      const data = addressChange({ secret, from: reader.email, to })
      return `/confirm-address?token=${tokenOf('confirm-address', reader, hours, data)}`
    },
  }
}
