import { describe, expect, it } from '@jest/globals'
import type { Block, Inline, TextFormat } from '../../../src/rich-text/model.ts'
import { toMarkdown } from '../../../src/rich-text/markdown/toMarkdown.ts'
import { readRichText } from '../../../src/rich-text/readRichText.ts'
import { samples } from './samples.ts'
import { root } from './stored.ts'

const text = (value: string, ...formats: TextFormat[]): Inline => ({ kind: 'text', text: value, formats })
const paragraph = (...children: Inline[]): Block => ({ kind: 'paragraph', children })
const link = (url: string, value: string): Inline => ({ kind: 'link', url, children: [text(value)] })
const item = (value: string, isChecked: boolean | null = null) => ({
  ...{ isChecked, children: [text(value)], nested: [] },
})
const image = { alt: 'En [bild]', files: [{ url: 'https://x.se/a.jpg', width: 640, height: 480 }] }
const cell = (value: string, heads: 'column' | null = null) => ({ heads, children: [text(value)] })

describe('a text as Markdown', () => {
  it.each<[name: string, block: Block, markdown: string]>([
    ['formats', paragraph(text('a '), text('b', 'bold', 'italic'), text(' c')), 'a **_b_** c'],
    [
      'strikethrough and code',
      paragraph(text('a', 'strikethrough'), text(' '), text('b`', 'code')),
      '~~a~~ `` b` ``',
    ],
    [
      'no mark of its own',
      paragraph(text('1 * 2 * 3 _x_ [a](b) <b> # `')),
      '1 \\* 2 \\* 3 \\_x\\_ \\[a]\\(b) \\<b> # \\`',
    ],
    ['no list or heading of its own', paragraph(text('1. ett')), '1\\. ett'],
    ['a link', paragraph(link('https://x.se/a_(b)', 'x')), '[x](https://x.se/a_\\(b\\))'],
    ['a line break', paragraph(text('a'), { kind: 'linebreak' }, text('b')), 'a\\\nb'],
    ['a heading', { kind: 'heading', level: 3, children: [text('Rubrik')] }, '### Rubrik'],
    ['a quote', { kind: 'quote', children: [text('Ord.')] }, '> Ord.'],
    ['a rule', { kind: 'rule' }, '---'],
    ['code', { kind: 'code', code: 'a\n```\nb' }, '````\na\n```\nb\n````'],
    [
      'a numbered list',
      { kind: 'list', style: 'number', start: 3, items: [item('c'), item('d')] },
      '3. c\n4. d',
    ],
    [
      'a check list',
      { kind: 'list', style: 'check', start: 1, items: [item('a', true), item('b', false)] },
      '- [x] a\n- [ ] b',
    ],
    [
      'an image with its caption',
      { kind: 'image', image, caption: 'Foto: X' },
      '![En \\[bild\\]](https://x.se/a.jpg)\n\n*Foto: X*',
    ],
    [
      'a callout',
      { kind: 'callout', tone: 'tip', content: [paragraph(text('Prova.'))] },
      '> **Tips**\n>\n> Prova.',
    ],
    [
      'a file, with its size',
      { kind: 'file', title: 'Rapport', url: 'https://x.se/r.pdf', bytes: 1_200_000 },
      '[Rapport](https://x.se/r.pdf) (PDF, 1,2 MB)',
    ],
    ['a button', { kind: 'button', label: 'Läs', url: 'https://x.se' }, '[Läs](https://x.se)'],
    [
      'a table with heads',
      {
        kind: 'table',
        rows: [
          [cell('A', 'column'), cell('B', 'column')],
          [cell('1|2'), cell('3')],
        ],
      },
      '| A    | B |\n| ---- | - |\n| 1\\|2 | 3 |',
    ],
    ['a table without', { kind: 'table', rows: [[cell('1'), cell('2')]] }, '|   |   |\n| - | - |\n| 1 | 2 |'],
  ])('%s', (_, block, markdown) => {
    expect(toMarkdown([block], 'sv')).toBe(markdown)
  })

  it.each(samples.map((sample) => [sample.name, sample] as const))(
    'has something to say of %s',
    (_, { node }) => {
      const read = readRichText({ content: root(node), place: { baseUrl: 'https://x.se', locale: 'sv' } })
      expect(toMarkdown(read, 'sv') === '').toBe(read.length === 0)
    },
  )
})
