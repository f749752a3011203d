import type { StoredNode } from '../../../src/rich-text/node.ts'
import {
  articleLink,
  block,
  element,
  heading,
  item,
  link,
  list,
  media,
  paragraph,
  root,
  table,
  text,
  upload,
} from './stored.ts'

/** Something that the editor can make, and how to tell that a renderer shows it. */
export interface Sample {
  /** Also the name of its golden files. */
  name: string
  node: StoredNode
  /** Part of what both HTML renderers must make of it. */
  html: string
  /** The same of the mail alone, where it makes something else of it. */
  mail?: string
  /** Part of the plain text. */
  text: string
}

const formatted = (name: string, bit: number, tag: string): Sample => ({
  name,
  node: paragraph(text('Nu '), text(name, bit), text('.')),
  html: `<${tag}`,
  text: name,
})
const callout = (tone: 'note' | 'tip' | 'important', label: string): Sample => ({
  name: `callout-${tone}`,
  node: block({
    blockType: 'callout',
    tone,
    content: root(paragraph(text('Läs '), link('https://example.com/villkor', text('villkoren')))),
  }),
  html: label,
  text: `| ${label}:\n| Läs villkoren <https://example.com/villkor>`,
})

const formatBits = { bold: 1, italic: 2, strikethrough: 4, underline: 8, code: 16 }

/** By the editor's feature that brings them. A feature without a sample here fails the tests. */
export const samplesByFeature: Record<string, Sample[]> = {
  paragraph: [
    { name: 'paragraph', node: paragraph(text('Hej på dig.')), html: '<p', text: 'Hej på dig.' },
    {
      name: 'linebreak',
      node: paragraph(text('Rad ett'), { type: 'linebreak', version: 1 }, text('Rad två')),
      html: '<br/>',
      text: 'Rad ett\nRad två',
    },
    {
      name: 'tab',
      node: paragraph(text('Före'), { ...text('\t'), type: 'tab' }, text('efter')),
      html: 'Före\tefter',
      text: 'Före\tefter',
    },
  ],
  heading: [
    { name: 'heading-2', node: heading('h2', 'Friheter'), html: '<h2', text: 'Friheter\n--------' },
    { name: 'heading-3', node: heading('h3', 'Ansvar'), html: '<h3', text: 'Ansvar\n~~~~~~' },
    { name: 'heading-4', node: heading('h4', 'Smått'), html: '<h4', text: 'Smått\n~~~~~' },
  ],
  bold: [formatted('bold', formatBits.bold, 'strong')],
  italic: [formatted('italic', formatBits.italic, 'em')],
  underline: [formatted('underline', formatBits.underline, 'u')],
  strikethrough: [{ ...formatted('strikethrough', formatBits.strikethrough, 's'), text: '~strikethrough~' }],
  inlineCode: [formatted('code-inline', formatBits.code, 'code')],
  link: [
    {
      name: 'link',
      node: paragraph(text('Se '), link('https://example.com/a', text('sidan')), text('.')),
      html: '<a href="https://example.com/a"',
      text: 'Se sidan <https://example.com/a>.',
    },
    {
      name: 'link-article',
      node: paragraph(articleLink({ id: 7, slug: 'grus', title: 'Grus' }, text('Om grus'))),
      html: '<a href="https://trimero.example/sv/articles/grus"',
      text: 'Om grus <https://trimero.example/sv/articles/grus>',
    },
    {
      name: 'autolink',
      node: paragraph(
        element('autolink', [text('https://example.com/b')], {
          fields: { linkType: 'custom', url: 'https://example.com/b' },
        }),
      ),
      html: '<a href="https://example.com/b"',
      text: '<https://example.com/b>',
    },
  ],
  unorderedList: [
    {
      name: 'list-bullet',
      node: list('bullet', [item([text('Ett')]), item([text('Två')])]),
      html: '<ul',
      text: '- Ett\n- Två',
    },
  ],
  orderedList: [
    {
      name: 'list-number',
      node: list('number', [item([text('Tre')]), item([text('Fyra')])], { start: 3 }),
      html: 'start="3"',
      text: '3. Tre\n4. Fyra',
    },
  ],
  checklist: [
    {
      name: 'list-check',
      node: list('check', [
        item([text('Klart')], { checked: true }),
        item([text('Kvar')], { checked: false }),
      ]),
      html: '☑',
      text: '[x] Klart\n[ ] Kvar',
    },
  ],
  indent: [
    {
      name: 'list-nested',
      node: list('bullet', [
        item([text('Överst')]),
        item([
          list('number', [
            item([text('Under')]),
            item([list('check', [item([text('Underst')], { checked: true })])]),
          ]),
        ]),
        item([text('Sist')]),
      ]),
      html: '<ol',
      text: '- Överst\n  1. Under\n     [x] Underst\n- Sist',
    },
  ],
  blockquote: [
    {
      name: 'quote',
      node: element('quote', [text('Frihet är en vana.')]),
      html: '<blockquote',
      text: '> Frihet är en vana.',
    },
  ],
  horizontalRule: [
    {
      name: 'rule',
      node: { type: 'horizontalrule', version: 1 },
      html: '<hr',
      mail: 'role="separator"',
      text: '* * *',
    },
  ],
  table: [
    {
      name: 'table',
      node: table([
        [[paragraph(text('Kurs'))], [paragraph(text('Pris'))]],
        [[paragraph(text('Ledarskap'))], [paragraph(text('4 500 kr'))]],
        [[paragraph(link('https://example.com/gratis', text('Frukost')))], [paragraph(text('gratis'))]],
      ]),
      html: '<th scope="col"',
      text: 'Kurs',
    },
    {
      name: 'table-wide',
      node: table([
        [[paragraph(text('Fråga'))], [paragraph(text('Svar'))]],
        [
          [paragraph(text('Vad ingår i kursen?'))],
          [paragraph(text('Två dagar på plats, lunch båda dagarna och allt material som vi använder.'))],
        ],
      ]),
      html: '<th scope="col"',
      text: 'Fråga: Vad ingår i kursen?\nSvar: Två dagar på plats',
    },
  ],
  upload: [
    {
      name: 'image',
      node: upload(media(), { caption: 'Foto: Frida Ek' }),
      html: 'alt="En kopp kaffe"',
      text: '[Bild: En kopp kaffe. Foto: Frida Ek]',
    },
  ],
  blocks: [
    callout('note', 'Bra att veta'),
    callout('tip', 'Tips'),
    callout('important', 'Viktigt'),
    {
      name: 'button',
      node: block({ blockType: 'button', label: 'Boka plats', url: '/boka' }),
      html: 'Boka plats</a>',
      text: 'Boka plats <https://trimero.example/boka>',
    },
    {
      name: 'video',
      node: block({
        blockType: 'video',
        url: 'https://youtu.be/dQw4w9WgXcQ?si=abc',
        title: 'Så arbetar vi',
        picture: media(),
      }),
      html: '<a href="https://www.youtube.com/watch?v=dQw4w9WgXcQ"',
      text: '▶  Spela upp: Så arbetar vi <https://www.youtube.com/watch?v=dQw4w9WgXcQ>',
    },
    {
      name: 'video-without-picture',
      node: block({ blockType: 'video', url: 'vimeo.com/123456789', title: 'Om oss', picture: 7 }),
      html: 'Spela upp: Om oss',
      text: 'Om oss <https://vimeo.com/123456789>',
    },
    {
      name: 'file',
      node: block({
        blockType: 'file',
        file: 3,
        title: 'Årsredovisning 2025',
        url: '/api/files/file/arsredovisning-2025-AbCdEfGhIjKlMnOpQrStUv.pdf',
        bytes: 1_234_567,
      }),
      html: 'href="https://trimero.example/api/files/file/arsredovisning-2025-AbCdEfGhIjKlMnOpQrStUv.pdf"',
      text: 'Årsredovisning 2025 (PDF, 1,2 MB) <https://trimero.example/api/files/file/arsredovisning-2025-AbCdEfGhIjKlMnOpQrStUv.pdf>',
    },
    {
      name: 'code',
      node: block({ blockType: 'code', code: 'if (a < b) {\n  return "&"\n}' }),
      html: 'if (a &lt; b) {\n  return &quot;&amp;&quot;\n}',
      text: '    if (a < b) {\n      return "&"\n    }',
    },
  ],
}

/** Features that only help to write. */
export const featuresWithoutNodes = ['toolbarFixed', 'linkKey', 'pasting']

export const samples = Object.values(samplesByFeature).flat()
