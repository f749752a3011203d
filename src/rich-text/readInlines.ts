import type { Inline, TextFormat } from './model.ts'
import { childrenOf, deeper, isTooDeep, stringOf, type Position, type StoredNode } from './node.ts'
import { cleanText } from '../text/cleanText.ts'
import { linkUrl } from './linkUrl.ts'

export const INLINE_TYPES = ['text', 'tab', 'linebreak', 'link', 'autolink', 'inlineBlock'] as const

/** The text of some nodes with its formats, links and line breaks; without line breaks at either end. */
export const readInlines = (input: { nodes: StoredNode[]; at: Position }): Inline[] =>
  withoutOuterBreaks(readAll(input))

/** Whether there is anything to read: not only spaces and line breaks. */
export const hasText = (inlines: Inline[]): boolean =>
  inlines.some((inline) =>
    inline.kind === 'text'
      ? inline.text.trim() !== ''
      : inline.kind === 'link'
        ? hasText(inline.children)
        : false,
  )

const readAll = ({ nodes, at }: { nodes: StoredNode[]; at: Position }): Inline[] =>
  isTooDeep(at) ? [] : nodes.flatMap((node) => readInline({ node, at: deeper(at) }))

function readInline({ node, at }: { node: StoredNode; at: Position }): Inline[] {
  switch (node.type) {
    case 'linebreak':
      return [{ kind: 'linebreak' }]
    case 'link':
    case 'autolink':
      return readLink({ node, at })
    // Also those that no feature of ours brings, such as a hashtag: their text counts.
    default:
      return typeof node.text === 'string' ? readText(node) : readAll({ nodes: childrenOf(node), at })
  }
}

function readText({ text, format }: StoredNode): Inline[] {
  const clean = cleanText(stringOf(text))
  return clean === '' ? [] : [{ kind: 'text', text: clean, formats: formatsOf(format) }]
}

/** Lexical's TEXT_TYPE_TO_FORMAT; what it has besides these, the editor does not offer. */
const FORMAT_BITS: [TextFormat, number][] = [
  ['bold', 1],
  ['italic', 2],
  ['strikethrough', 4],
  ['underline', 8],
  ['code', 16],
]

const formatsOf = (format: unknown): TextFormat[] =>
  typeof format === 'number'
    ? FORMAT_BITS.filter(([, bit]) => (format & bit) !== 0).map(([name]) => name)
    : []

function readLink({ node, at }: { node: StoredNode; at: Position }): Inline[] {
  const children = withoutLinks(readAll({ nodes: childrenOf(node), at }))
  const url = hasText(children) ? linkUrl({ node, place: at.place }) : null
  return url ? [{ kind: 'link', url, children }] : children
}

/** A link inside a link is no HTML. */
const withoutLinks = (inlines: Inline[]): Inline[] =>
  inlines.flatMap((inline) => (inline.kind === 'link' ? inline.children : [inline]))

function withoutOuterBreaks(inlines: Inline[]): Inline[] {
  const isShown = ({ kind }: Inline) => kind !== 'linebreak'
  const first = inlines.findIndex(isShown)
  return first < 0 ? [] : inlines.slice(first, inlines.findLastIndex(isShown) + 1)
}
