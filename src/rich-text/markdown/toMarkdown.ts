import type { BlockContent, List, ListItem as MarkdownItem, PhrasingContent, Root } from 'mdast'
import { gfmToMarkdown } from 'mdast-util-gfm'
import { toMarkdown as write } from 'mdast-util-to-markdown'
import type { Locale } from '../../newsletter/model.ts'
import type { Block, Inline, ListItem, RichText, TextFormat } from '../model.ts'
import { richTextWords } from '../words.ts'

/** A text as Markdown: CommonMark with the tables, task lists and strikethrough of GFM. */
export const toMarkdown = (text: RichText, locale: Locale): string =>
  write({ type: 'root', children: blocksOf(text, locale) } satisfies Root, {
    extensions: [gfmToMarkdown()],
    bullet: '-',
    rule: '-',
    resourceLink: true,
  }).trimEnd()

const blocksOf = (text: RichText, locale: Locale): BlockContent[] =>
  text.flatMap((block) => blockOf(block, locale))

/** A kind of block without a case here does not compile. */
function blockOf(block: Block, locale: Locale): BlockContent[] {
  switch (block.kind) {
    case 'paragraph':
      return [paragraph(inlinesOf(block.children))]
    case 'heading':
      return [{ type: 'heading', depth: block.level, children: inlinesOf(block.children) }]
    case 'quote':
      return [{ type: 'blockquote', children: [paragraph(inlinesOf(block.children))] }]
    case 'list':
      return [listOf(block)]
    case 'rule':
      return [{ type: 'thematicBreak' }]
    case 'table':
      return [tableOf(block)]
    case 'image':
      return imageOf(block)
    case 'code':
      return [{ type: 'code', value: block.code }]
    case 'callout': {
      const tone = paragraph([
        { type: 'strong', children: textOf(richTextWords[locale].callouts[block.tone]) },
      ])
      return [{ type: 'blockquote', children: [tone, ...blocksOf(block.content, locale)] }]
    }
    case 'button':
      return [paragraph([linkTo(block.url, textOf(block.label))])]
    case 'video':
      return [paragraph([linkTo(block.url, textOf(richTextWords[locale].play(block.title)))])]
    case 'file':
      return [
        paragraph([
          linkTo(block.url, textOf(block.title)),
          ...textOf(` (${richTextWords[locale].file(block.bytes)})`),
        ]),
      ]
  }
}

const paragraph = (children: PhrasingContent[]): BlockContent => ({ type: 'paragraph', children })
const textOf = (value: string): PhrasingContent[] => [{ type: 'text', value }]
const linkTo = (url: string, children: PhrasingContent[]): PhrasingContent => ({
  type: 'link',
  url,
  children,
})

const inlinesOf = (inlines: Inline[]): PhrasingContent[] => inlines.map(inlineOf)

function inlineOf(inline: Inline): PhrasingContent {
  switch (inline.kind) {
    case 'text':
      return formatted(inline)
    case 'link':
      return linkTo(inline.url, inlinesOf(inline.children))
    case 'linebreak':
      return { type: 'break' }
  }
}

/** Markdown has no underline. */
const MARKS = [
  ['strikethrough', 'delete'],
  ['italic', 'emphasis'],
  ['bold', 'strong'],
] as const satisfies [TextFormat, PhrasingContent['type']][]

const formatted = ({ text, formats }: Extract<Inline, { kind: 'text' }>): PhrasingContent =>
  MARKS.filter(([format]) => formats.includes(format)).reduce<PhrasingContent>(
    (child, [, type]) => ({ type, children: [child] }),
    { type: formats.includes('code') ? 'inlineCode' : 'text', value: text },
  )

function imageOf({ image, caption }: Extract<Block, { kind: 'image' }>): BlockContent[] {
  const largest = image.files.at(-1)
  return [
    ...(largest ? [paragraph([{ type: 'image', url: largest.url, alt: image.alt }])] : []),
    ...(caption ? [paragraph([{ type: 'emphasis', children: textOf(caption) }])] : []),
  ]
}

const listOf = ({ style, start, items }: Extract<Block, { kind: 'list' }>): List => ({
  type: 'list',
  ordered: style === 'number',
  ...(style === 'number' && { start }),
  spread: false,
  children: items.map(itemOf),
})

const itemOf = ({ isChecked, children, nested }: ListItem): MarkdownItem => ({
  type: 'listItem',
  checked: isChecked,
  spread: false,
  children: [paragraph(inlinesOf(children)), ...nested.map(listOf)],
})

/** GFM takes the first row for heads: where there are none, it is an empty one. */
function tableOf({ rows }: Extract<Block, { kind: 'table' }>): BlockContent {
  const [first = []] = rows
  const hasHeads = first.every(({ heads }) => heads === 'column')
  const cells = rows.map((row) => row.map(({ children }) => inlinesOf(children)))
  const all = hasHeads ? cells : [first.map(() => []), ...cells]
  return {
    type: 'table',
    children: all.map((row) => ({
      type: 'tableRow',
      children: row.map((children) => ({ type: 'tableCell', children })),
    })),
  }
}
