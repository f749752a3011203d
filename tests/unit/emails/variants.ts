import type { LetterKind } from '../../../emails/transactional/letterWords.ts'
import type { ArticleMailContent } from '../../../emails/props.ts'
import { LOCALES, type Locale, type RenderedMail } from '../../../src/newsletter/model.ts'
import { readRichText } from '../../../src/rich-text/readRichText.ts'
import { samples } from '../rich-text/samples.ts'
import { root } from '../rich-text/stored.ts'
import { article, BASE, bareContent, content, image, longText, personal, render, site } from './content.ts'
import { letter, letterContents, letterSite, renderLetterOf, type LetterInput } from './letters.ts'

const everyNode = readRichText({
  content: root(...samples.map(({ node }) => node)),
  place: { baseUrl: BASE, locale: 'sv' },
})
const HOSTILE = `</title><script>alert("1")</script> $& $1 ' " <!-- & \\ \u2028 {{x}}`
const hostile = (): ArticleMailContent =>
  content({
    subject: `${HOSTILE}\r\nBcc: somebody@example.com`,
    preheader: HOSTILE,
    site: site({ name: HOSTILE, senderName: HOSTILE, postalAddress: HOSTILE, answerTime: HOSTILE }),
    article: article({
      title: HOSTILE,
      excerpt: HOSTILE,
      authors: [{ name: HOSTILE, title: HOSTILE, bio: HOSTILE, portrait: null }],
      text: [
        { kind: 'paragraph', children: [{ kind: 'text', text: HOSTILE, formats: ['bold', 'code'] }] },
        { kind: 'code', code: HOSTILE },
      ],
    }),
  })

/** A mail, and what it has to say besides what every mail has to. */
export interface Variant {
  name: string
  render: () => Promise<RenderedMail>
  /** The reader's. */
  locale: Locale
  title: string
  /** Of the title where it is not the reader's. */
  titleLanguage?: Locale
  postalAddress: string
  /** Links that must be there. */
  links: string[]
  /** What is there once, in the HTML and in the text. */
  once: string[]
}

const articleVariant = (name: string, mail: ArticleMailContent, locale: Locale = 'sv'): Variant => ({
  name,
  render: () => render(mail, locale),
  locale,
  title: mail.article.title,
  titleLanguage: mail.language,
  postalAddress: mail.site.postalAddress,
  links: [mail.article.url, `mailto:${mail.site.replyTo}`],
  once: [personal.email, personal.unsubscribeUrl, personal.preferencesUrl],
})

/** What staff, readers and strangers can write, all of it hostile. */
const hostileLetterSite = () =>
  letterSite({
    ...{ name: HOSTILE, senderName: HOSTILE, postalAddress: HOSTILE, answerTime: HOSTILE },
    logo: null,
  })

const letterVariant = <Kind extends LetterKind>(
  name: string,
  input: LetterInput<Kind>,
  expected: Pick<Variant, 'links' | 'once'> = { links: [], once: [] },
): Variant => ({
  name: `${input.kind}, ${name}`,
  render: () => renderLetterOf(input),
  locale: input.locale ?? 'sv',
  title: letter(input).title,
  postalAddress: (input.site ?? letterSite()).postalAddress ?? '',
  ...expected,
})

const { welcome } = letterContents
const LINKS_OF_LETTERS: Record<LetterKind, string[]> = {
  'confirm-subscription': [letterContents['confirm-subscription'].confirmUrl],
  welcome: [welcome.unsubscribeUrl, welcome.preferencesUrl],
  'confirm-address': [letterContents['confirm-address'].confirmUrl],
  'address-changed': [],
  'fresh-link': [letterContents['fresh-link'].preferencesUrl],
  'contact-thanks': ['tel:08-7772868'],
  'contact-notice': [letterContents['contact-notice'].adminUrl, 'mailto:bo@example.com'],
  'review-asked': [letterContents['review-asked'].adminUrl],
  'review-returned': [letterContents['review-returned'].adminUrl],
  'new-password': [letterContents['new-password'].url],
}
const LETTER_KINDS = Object.keys(LINKS_OF_LETTERS) as LetterKind[]

const letterVariants = LETTER_KINDS.flatMap((kind) => [
  ...LOCALES.map((locale) =>
    letterVariant(
      locale,
      { kind, locale },
      { links: LINKS_OF_LETTERS[kind], once: [letter({ kind, locale }).footer.why, 'Trimero AB'] },
    ),
  ),
  letterVariant('of a site that nobody has set up', {
    kind,
    site: letterSite({
      ...{ logo: null, replyTo: null, postalAddress: null },
      phone: null,
      answerTime: null,
    }),
  }),
  letterVariant('of a site with hostile settings', { kind, site: hostileLetterSite() }),
])

/** Every kind of mail that there is. Another kind is another line here. */
export const variants: Variant[] = [
  articleVariant('full, Swedish', content()),
  articleVariant('full, English', content({ language: 'en', site: site({ url: `${BASE}/en` }) }), 'en'),
  articleVariant('bare, Swedish', bareContent()),
  articleVariant('bare, English', bareContent(), 'en'),
  articleVariant('of an article in another language', content(), 'en'),
  articleVariant('with every node', content({ article: article({ text: everyNode }) })),
  articleVariant('long', content({ article: article({ text: longText({ words: 900, sections: 6 }) }) })),
  articleVariant('with hostile text', hostile()),
  articleVariant('with a bright brand colour', content({ site: site({ brandColor: '#ffe14d' }) })),
  articleVariant('with a white brand colour', content({ site: site({ brandColor: '#ffffff' }) })),
  articleVariant(
    'with a logo for dark screens',
    content({ site: site({ logoOnDark: image('ljus-logotyp') }) }),
  ),
  articleVariant('with a colour that is none', content({ site: site({ brandColor: 'red' }) })),
  ...letterVariants,
  letterVariant('of a hostile stranger', {
    kind: 'contact-notice',
    content: {
      ...letterContents['contact-notice'],
      message: `${HOSTILE}\r\n\r\n<a href="https://spam.example">Klicka</a>`,
      from: { name: HOSTILE, email: `o'hara@example.com` },
    },
  }),
  letterVariant('with a bright brand colour', {
    kind: 'welcome',
    site: letterSite({ brandColor: '#ffe14d' }),
  }),
]
