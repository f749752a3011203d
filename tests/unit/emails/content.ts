import type { ArticleMailContent, MailArticle, MailSite } from '../../../emails/props.ts'
import { articleRenderer } from '../../../src/adapters/renderer/index.ts'
import type { Locale, RenderedMail } from '../../../src/newsletter/model.ts'
import { placeholderParts } from '../../../src/newsletter/rules/personalise.ts'
import type { Inline, RichImage, RichText } from '../../../src/rich-text/model.ts'

export const BASE = 'https://trimero.example'

/** The personal parts as the flow gives them to the renderer. */
export const personal = placeholderParts({ baseUrl: BASE, prefix: 'u123' })

export const image = (name: string, alt = `Bild av ${name}`): RichImage => ({
  alt,
  files: [640, 1280].map((width) => ({
    url: `${BASE}/api/media/file/${name}-${width}.jpg`,
    width,
    height: (width * 9) / 16,
  })),
})

export const site = (more: Partial<MailSite> = {}): MailSite => ({
  name: 'Trimero',
  url: `${BASE}/sv`,
  brandColor: '#1f5f4a',
  logo: image('logotyp'),
  logoOnDark: null,
  senderName: 'Trimero AB',
  replyTo: 'hej@trimero.example',
  postalAddress: 'Drottninggatan 12\n111 51 Stockholm',
  phone: '08-777 28 68',
  answerTime: 'Vi svarar via e-post inom 24 timmar.',
  ...more,
})

export const article = (more: Partial<MailArticle> = {}): MailArticle => ({
  title: 'Frihet och ansvar',
  excerpt: 'Två sidor av samma mynt.',
  url: `${BASE}/sv/articles/frihet-och-ansvar`,
  publishedAt: '2026-11-24T07:00:00.000Z',
  heroImage: image('frukost'),
  authors: [
    { name: 'Sanna Lind', title: 'Konsult', bio: 'Bjuder gärna på frukost.', portrait: image('sanna') },
    { name: 'Frida Ek', title: null, bio: null, portrait: null },
  ],
  text: [{ kind: 'paragraph', children: [{ kind: 'text', text: 'Hej på dig!', formats: [] }] }],
  ...more,
})

/** A mail with everything in it. */
export const content = (more: Partial<ArticleMailContent> = {}): ArticleMailContent => ({
  language: 'sv',
  subject: 'Frihet och ansvar',
  preheader: 'Vad vi kom fram till på frukosten.',
  site: site(),
  article: article(),
  related: [
    {
      language: 'sv',
      title: 'Grus i relationer',
      excerpt: 'Hur man tar upp det.',
      url: `${BASE}/sv/articles/grus`,
      image: image('grus'),
    },
    {
      language: 'en',
      title: 'Feedback that lands',
      excerpt: null,
      url: `${BASE}/sv/articles/feedback`,
      image: null,
    },
  ],
  ...more,
})

/** A mail of what cannot be left out. */
export const bareContent = (): ArticleMailContent =>
  content({
    preheader: '',
    site: site({ logo: null, phone: null, answerTime: null }),
    article: article({ excerpt: null, publishedAt: null, heroImage: null, authors: [] }),
    related: [],
  })

export const render = (mail: ArticleMailContent, locale: Locale = 'sv'): Promise<RenderedMail> =>
  articleRenderer.render({ content: { sv: mail, en: mail }, locale, personal })

/** An article of so many words in paragraphs, with as many headings, lists of three items and images as `sections`. */
export function longText({ words, sections }: { words: number; sections: number }): RichText {
  const sentence = (count: number) =>
    Array.from({ length: count }, (_, index) => VOCABULARY[index % VOCABULARY.length]).join(' ')
  const line = (count: number): Inline[] => [{ kind: 'text', text: sentence(count), formats: [] }]
  const each = Math.floor(words / sections)
  return Array.from({ length: sections }, (_, index): RichText => [
    { kind: 'heading', level: 2, children: line(4) },
    { kind: 'paragraph', children: line(Math.floor((each - 34) / 2)) },
    { kind: 'image', image: image(`bild-${index}`), caption: sentence(6) },
    {
      kind: 'list',
      style: 'bullet',
      start: 1,
      items: [8, 8, 8].map((count) => ({ isChecked: null, children: line(count), nested: [] })),
    },
    { kind: 'paragraph', children: line(Math.ceil((each - 34) / 2)) },
  ]).flat()
}

const VOCABULARY = 'Frihet och ansvar med självledarskap ger medarbetare utveckling i vardagen'.split(' ')
