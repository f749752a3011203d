import { expect, it } from '@jest/globals'
import { namedIn, readText, type Named, type StoredText } from '../../../src/preflight/readText.ts'

const node = (type: string, more: object = {}) => ({ type, version: 1, ...more })
const words = (text: string) => node('text', { text })
const linkTo = (fields: object, text = 'läs mer') => node('link', { fields, children: [words(text)] })

const content = {
  root: node('root', {
    children: [
      node('heading', { tag: 'h2', children: [words('Rubriken')] }),
      node('paragraph', {
        children: [
          words('Hej '),
          linkTo({ linkType: 'custom', url: 'https://example.com/x' }),
          linkTo({ linkType: 'custom', url: '/kontakt' }, 'kontakt'),
          linkTo({ linkType: 'custom', url: 'en annan gång' }, 'fel'),
          linkTo({ linkType: 'internal', doc: { relationTo: 'articles', value: 7 } }, 'artikeln'),
          linkTo({ linkType: 'internal', doc: { relationTo: 'articles', value: 8 } }, 'den som är borta'),
        ],
      }),
      node('upload', { relationTo: 'media', value: 3, fields: { caption: 'En bildtext' } }),
      node('upload', { relationTo: 'media', value: 4 }),
      node('block', { fields: { blockType: 'file', file: 5, title: 'Rapporten' } }),
      node('block', { fields: { blockType: 'file', file: 6, title: '' } }),
      node('block', { fields: { blockType: 'code', code: 'echo ${namn} {{ x }}' } }),
      node('paragraph', { children: [node('text', { text: '{{kod}}', format: 16 })] }),
      node('block', { fields: { blockType: 'button', label: 'Anmäl dig', url: 'http://example.com/form' } }),
      node('block', {
        fields: {
          blockType: 'callout',
          content: {
            root: node('root', {
              children: [node('heading', { tag: 'h4', children: [words('I rutan')] })],
            }),
          },
        },
      }),
    ],
  }),
}

const stored: StoredText = {
  title: 'Titeln',
  subject: null,
  preheader: null,
  excerpt: 'Ingressen',
  content,
  heroImage: '9',
}

const picture = { name: 'bild.jpg', hasAlt: true, isThere: true, bytes: 10 }
const named: Named = {
  articles: new Map([['7', { title: 'Artikeln', isPublic: true }]]),
  images: new Map([
    ['3', picture],
    ['9', { ...picture, name: 'led.jpg' }],
  ]),
  files: new Set(['5']),
  baseUrl: 'https://news.example.com',
}

it('reads what the editor wrote, wherever it stands', () => {
  const typed = (text: string, url: string, isAddress = true) => ({ text, url, isAddress, article: null })
  expect(readText(stored, named)).toEqual({
    title: 'Titeln',
    subject: 'Titeln',
    preheader: 'Ingressen',
    words:
      'Rubriken\nHej läs merkontaktfelartikelnden som är borta\nEn bildtext\n\n\n\n\n\nAnmäl dig\nI rutan\n\n\n\n',
    links: [
      typed('läs mer', 'https://example.com/x'),
      typed('kontakt', 'https://news.example.com/kontakt'),
      typed('fel', 'en annan gång', false),
      { text: 'artikeln', url: null, isAddress: true, article: { title: 'Artikeln', isPublic: true } },
      { text: 'den som är borta', url: null, isAddress: true, article: { title: '8', isPublic: false } },
      typed('Anmäl dig', 'http://example.com/form'),
    ],
    headings: [2, 4],
    images: [
      { ...picture, name: 'led.jpg' },
      picture,
      { name: '#4', hasAlt: false, isThere: false, bytes: 0 },
    ],
    files: [
      { name: 'Rapporten', isThere: true },
      { name: '#6', isThere: false },
    ],
  })
})

it('names the documents that a text needs', () => {
  expect(namedIn(content)).toEqual({ articles: ['7', '8'], images: ['3', '4'], files: ['5', '6'] })
})

it.each([
  [null],
  [undefined],
  ['text'],
  [[]],
  [{ root: null }],
  [{ root: { children: [null, 1, 'x', {}] } }],
])('takes %j for an empty text', (odd) => {
  const { links, headings, images } = readText({ ...stored, content: odd, heroImage: null }, named)
  expect([links, headings, images]).toEqual([[], [], []])
})
