import { letterOf, type LetterContent, type LetterKind } from '../../../emails/transactional/letterWords.ts'
import type { LetterSite } from '../../../emails/transactional/props.ts'
import { renderLetter } from '../../../src/adapters/renderer/letters.ts'
import type { Locale, RenderedMail } from '../../../src/newsletter/model.ts'
import { BASE, site } from './content.ts'

export const READER = 'anna@example.com'

export const letterSite = (more: Partial<LetterSite> = {}): LetterSite => ({ ...site(), ...more })

/** What each kind of letter is about; a kind that is missing does not compile. */
type ContentOf<Kind extends LetterKind> = Extract<LetterContent, { kind: Kind }>

export const letterContents: { [Kind in LetterKind]: ContentOf<Kind> } = {
  'confirm-subscription': {
    kind: 'confirm-subscription',
    confirmUrl: `${BASE}/sv/confirm?token=abc.def`,
    consentText: 'Jag vill ha nyhetsbrevet, “tack” & hej.',
  },
  welcome: {
    kind: 'welcome',
    preferencesUrl: `${BASE}/sv/preferences?token=abc.def`,
    unsubscribeUrl: `${BASE}/sv/unsubscribe?token=abc.def`,
    leaveUrl: `${BASE}/api/unsubscribe?token=abc.def`,
  },
  'confirm-address': { kind: 'confirm-address', confirmUrl: `${BASE}/sv/confirm?token=abc.def` },
  'address-changed': { kind: 'address-changed' },
  'fresh-link': { kind: 'fresh-link', preferencesUrl: `${BASE}/sv/preferences?token=abc.def` },
  'contact-thanks': { kind: 'contact-thanks', message: 'Köp billiga klockor på https://spam.example' },
  'contact-notice': {
    kind: 'contact-notice',
    message: 'Hej!\n\nKan vi ses? Se <https://example.org> & hör av er.\r\n/Bo',
    from: { name: 'Bo Ek', email: 'bo@example.com' },
    adminUrl: `${BASE}/admin/collections/contact-messages/7`,
  },
  'review-asked': {
    ...{ kind: 'review-asked', from: 'Maja Holm', title: 'Om <tid> & rum' },
    message: 'Kolla gärna slutet.\nTack!',
    adminUrl: `${BASE}/admin/collections/articles/7`,
  },
  'review-returned': {
    ...{ kind: 'review-returned', from: 'Eva Lind', title: 'Om <tid> & rum' },
    message: 'Bra! Men källan saknas.',
    adminUrl: `${BASE}/admin/collections/articles/7`,
  },
  'new-password': { kind: 'new-password', url: `${BASE}/admin/reset/abc` },
}

export interface LetterInput<Kind extends LetterKind> {
  kind: Kind
  locale?: Locale
  content?: ContentOf<Kind>
  site?: LetterSite
}

export function letter<Kind extends LetterKind>({
  kind,
  locale = 'sv',
  content = letterContents[kind],
  site: from = letterSite(),
}: LetterInput<Kind>) {
  return letterOf({ kind, locale, content, site: from, email: READER })
}

export const renderLetterOf = <Kind extends LetterKind>(input: LetterInput<Kind>): Promise<RenderedMail> =>
  renderLetter({ site: input.site ?? letterSite(), letter: letter(input), locale: input.locale ?? 'sv' })
