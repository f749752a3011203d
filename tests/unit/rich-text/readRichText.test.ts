import { describe, expect, it } from '@jest/globals'
import type { Inline, RichText } from '../../../src/rich-text/model.ts'
import type { StoredNode } from '../../../src/rich-text/node.ts'
import { readRichText } from '../../../src/rich-text/readRichText.ts'
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

const place = { baseUrl: 'https://trimero.example', locale: 'sv' } as const
const read = (...nodes: StoredNode[]): RichText => readRichText({ content: root(...nodes), place })

const words = (value: string): Inline => ({ kind: 'text', text: value, formats: [] })
const line = (value: string): RichText[number] => ({ kind: 'paragraph', children: [words(value)] })
const bullets = (...items: { children: Inline[]; nested: never[] }[]) => ({
  kind: 'list',
  style: 'bullet',
  start: 1,
  items: items.map((entry) => ({ isChecked: null, ...entry })),
})
const bullet = (value: string) => ({ children: [words(value)], nested: [] })

describe('a table', () => {
  const cell = (value: string, heads: 'column' | null = null) => ({
    heads,
    children: value === '' ? [] : [words(value)],
  })
  const cells = (...values: string[]) => values.map((value) => [paragraph(text(value))])

  it('has as many cells in each row, and no row or column in which nobody has written', () => {
    expect(read(table([cells('Kurs', 'Pris', ''), cells('', '', ''), cells('Frukost')]))).toEqual([
      {
        kind: 'table',
        rows: [
          [cell('Kurs', 'column'), cell('Pris', 'column')],
          [cell('Frukost'), cell('')],
        ],
      },
    ])
  })

  it('has what cannot stand in a cell after it, and the lines of a list in it', () => {
    const bulletLines = [words('• '), words('Ett'), { kind: 'linebreak' }, words('• '), words('Två')]
    expect(
      read(
        table([[[list('bullet', [item([text('Ett')]), item([text('Två')])]), upload(media())]]], {
          heads: false,
        }),
      ).map((found) => (found.kind === 'table' ? found : found.kind)),
    ).toEqual([{ kind: 'table', rows: [[{ heads: null, children: bulletLines }]] }, 'image'])
  })

  it('that is empty is left out', () => {
    expect(read(table([cells('', '')]))).toEqual([])
  })

  it('is as wide as any mail can show', () => {
    const [found] = read(table([cells(...Array.from({ length: 30 }, (_, index) => `${index}`))]))
    expect(found?.kind === 'table' && found.rows[0]?.length).toBe(20)
  })
})

describe('what is no text', () => {
  it.each([
    ['nothing', null],
    ['a word', 'text'],
    ['a list', []],
    ['an empty object', {}],
    ['a root that is none', { root: 'root' }],
    ['a root without children', { root: {} }],
    ['children that are none', { root: { children: [null, 1, 'a', [], { children: 'b' }] } }],
  ])('reads as empty: %s', (_, content) => {
    expect(readRichText({ content, place })).toEqual([])
  })

  it.each([
    'paragraph',
    'heading',
    'quote',
    'list',
    'upload',
    'block',
    'link',
    'text',
    'listitem',
    'autolink',
  ])('reads as empty when it says no more than that it is a %s', (type) => {
    expect(read({ type })).toEqual([])
  })

  it('is dropped where it is only space', () => {
    expect(
      read(
        paragraph(),
        paragraph(text('  \u00a0')),
        paragraph({ type: 'linebreak' }),
        heading('h2', ' '),
        element('quote', [text('')]),
        list('bullet', [item([])]),
        block({ blockType: 'code', code: ' \n ' }),
        block({ blockType: 'callout', tone: 'tip', content: root(paragraph()) }),
      ),
    ).toEqual([])
  })
})

describe('text', () => {
  it('keeps all formats that the editor has and no others', () => {
    expect(read(paragraph(text('a', 1 | 2 | 4 | 8 | 16 | 32 | 64 | 128)))).toEqual([
      {
        kind: 'paragraph',
        children: [
          {
            kind: 'text',
            text: 'a',
            formats: ['bold', 'italic', 'strikethrough', 'underline', 'code'],
          },
        ],
      },
    ])
  })

  it('loses line breaks at its ends', () => {
    const linebreak = { type: 'linebreak' }
    expect(read(paragraph(linebreak, text('a'), linebreak, text('b'), linebreak, linebreak))).toEqual([
      { kind: 'paragraph', children: [words('a'), { kind: 'linebreak' }, words('b')] },
    ])
  })

  it('that stands loose between blocks is a paragraph', () => {
    expect(read(text('a'), text('b'), { type: 'horizontalrule' }, text('c'))).toEqual([
      { kind: 'paragraph', children: [words('a'), words('b')] },
      { kind: 'rule' },
      line('c'),
    ])
  })

  it('of unknown nodes is kept, within a line and between blocks', () => {
    expect(
      read(
        paragraph(text('En '), { type: 'hashtag', text: '#tagg' }, element('mark', [text(' till')])),
        element('columns', [
          element('column', [paragraph(text('Vänster'))]),
          element('column', [text('Höger')]),
        ]),
        block({ blockType: 'map', address: 'Drottninggatan 1' }),
      ),
    ).toEqual([
      { kind: 'paragraph', children: [words('En '), words('#tagg'), words(' till')] },
      line('Vänster'),
      line('Höger'),
    ])
  })

  it('is parted by an image that was pasted into it', () => {
    expect(read(paragraph(text('Före'), upload(media()), text('Efter'))).map(({ kind }) => kind)).toEqual([
      'paragraph',
      'image',
      'paragraph',
    ])
  })

  it('has headings that fit below the title', () => {
    expect(
      ['h1', 'h2', 'h3', 'h4', 'h5', 'h6', undefined].map((tag) => read(heading(String(tag), 'a'))[0]),
    ).toEqual([2, 2, 3, 4, 4, 4, 2].map((level) => ({ kind: 'heading', level, children: [words('a')] })))
  })

  it('that goes deeper than anybody writes ends there, and nothing breaks', () => {
    let node = paragraph(text('för djupt'))
    for (let depth = 0; depth < 5_000; depth++) node = element('box', [node])
    expect(read(node, paragraph(text('kvar')))).toEqual([line('kvar')])
  })
})

describe('lists', () => {
  it('that Lexical stores in an item of their own belong to the item before', () => {
    const inner = list('number', [item([text('inre')])])
    expect(read(list('bullet', [item([text('yttre')]), item([inner]), item([text('nästa')])]))).toEqual([
      {
        kind: 'list',
        style: 'bullet',
        start: 1,
        items: [
          {
            isChecked: null,
            children: [words('yttre')],
            nested: [
              {
                kind: 'list',
                style: 'number',
                start: 1,
                items: [{ isChecked: null, children: [words('inre')], nested: [] }],
              },
            ],
          },
          { isChecked: null, children: [words('nästa')], nested: [] },
        ],
      },
    ])
  })

  it('move up where nothing stands above them', () => {
    expect(read(list('bullet', [item([list('bullet', [item([text('a')])])]), item([text('b')])]))).toEqual([
      bullets(bullet('a'), bullet('b')),
    ])
  })

  it('without an item around them are read as well', () => {
    expect(read(list('bullet', [item([text('a')]), list('bullet', [item([text('b')])])]))).toEqual([
      {
        kind: 'list',
        style: 'bullet',
        start: 1,
        items: [{ isChecked: null, children: [words('a')], nested: [bullets(bullet('b'))] }],
      },
    ])
  })

  it('know their kind by their tag when nothing else says it', () => {
    const styles = [{ tag: 'ol' }, { tag: 'ul' }, {}, { listType: 'odd', tag: 'ol' }].map(
      (more) => read(element('list', [item([text('a')])], more))[0],
    )
    expect(styles.map((found) => found?.kind === 'list' && found.style)).toEqual([
      'number',
      'bullet',
      'bullet',
      'number',
    ])
  })

  it('hold pasted paragraphs as lines', () => {
    expect(read(list('bullet', [item([paragraph(text('a')), paragraph(text('b'))])]))).toEqual([
      bullets({ children: [words('a'), { kind: 'linebreak' }, words('b')], nested: [] }),
    ])
  })

  it('know what is ticked, whatever else is stored', () => {
    const [checks] = read(
      list('check', [
        item([text('a')], { checked: true }),
        item([text('b')], { checked: 'true' }),
        item([text('c')]),
      ]),
    )
    expect(checks?.kind === 'list' && checks.items.map(({ isChecked }) => isChecked)).toEqual([
      true,
      false,
      false,
    ])
  })
})

describe('links', () => {
  const targets = (...nodes: StoredNode[]) =>
    read(paragraph(...nodes)).flatMap((found) =>
      found.kind === 'paragraph'
        ? found.children.map((child) => (child.kind === 'link' ? child.url : child.kind))
        : [],
    )

  it('to an article lead to it in the reader’s language', () => {
    expect(targets(articleLink({ id: 1, slug: 'grus & damm' }, text('a')))).toEqual([
      'https://trimero.example/sv/articles/grus%20%26%20damm',
    ])
  })

  it.each([
    ['an id, for nobody may read it', 7],
    ['nothing, for it is gone', null],
    ['a draft', { slug: 'a', _status: 'draft' }],
    ['in the trash', { slug: 'a', _status: 'published', deletedAt: '2026-01-01T00:00:00.000Z' }],
    ['without a slug', { slug: null }],
  ])('to an article that is %s keep their text', (_, value) => {
    expect(targets(articleLink(value, text('a')))).toEqual(['text'])
  })

  it('to a document of another kind keep their text', () => {
    const fields = { linkType: 'internal', doc: { relationTo: 'users', value: { slug: 'a' } } }
    expect(targets(element('link', [text('a')], { fields }))).toEqual(['text'])
  })

  it('that are unsafe keep their text', () => {
    expect(targets(link('javascript:alert(1)', text('a')), link('data:text/html,x', text('b')))).toEqual([
      'text',
      'text',
    ])
  })

  it('of an older editor have their address on the node', () => {
    expect(targets(element('link', [text('a')], { url: '/om' }))).toEqual(['https://trimero.example/om'])
  })

  it('within links are one link, and those around nothing are none', () => {
    expect(targets(link('/a', link('/b', text('a'))), link('/c', text(' ')))).toEqual([
      'https://trimero.example/a',
      'text',
    ])
  })
})

describe('blocks', () => {
  it('with a tone that is not known are notes', () => {
    expect(read(block({ blockType: 'callout', tone: 'shout', content: root(paragraph(text('a'))) }))).toEqual(
      [{ kind: 'callout', tone: 'note', content: [line('a')] }],
    )
  })

  it('that are buttons without a label or a safe address are dropped', () => {
    expect(
      read(
        block({ blockType: 'button', label: ' ', url: '/a' }),
        block({ blockType: 'button', label: 'Klicka', url: 'javascript:alert(1)' }),
        block({ blockType: 'button', label: 'Klicka' }),
      ),
    ).toEqual([])
  })

  it('of code keep their indentation and lose empty lines around', () => {
    expect(read(block({ blockType: 'code', code: '\n  a\r\n    b\n\n' }))).toEqual([
      { kind: 'code', code: '  a\n    b' },
    ])
  })
})

describe('images', () => {
  it('are dropped when they are only an id, or not an image', () => {
    expect(read(upload(7), upload(null), upload(media({ mimeType: 'application/pdf' })))).toEqual([])
  })

  it('have a caption only when it says something', () => {
    expect(read(upload(media(), { caption: ' ' }))).toMatchObject([{ kind: 'image', caption: null }])
  })
})
