import type { Block, Inline, RichText } from './model.ts'

/** About what an inbox shows. */
const LENGTH = 120

/** The first words of a text, in one line; empty where there are none. Headings and code are no sentences: they are left out. */
export function beginningOf(text: RichText): string {
  const words = text.flatMap(wordsOf).join(' ').replace(/\s+/g, ' ').trim()
  if (words.length <= LENGTH) return words
  const end = words.lastIndexOf(' ', LENGTH)
  // A character of two code units is not cut in half.
  return `${words.slice(0, end > 0 ? end : LENGTH).replace(/[\s,;:–\ud800-\udbff-]+$/, '')}…`
}

function wordsOf(block: Block): string[] {
  switch (block.kind) {
    case 'paragraph':
    case 'quote':
      return [plain(block.children)]
    case 'list':
      return block.items.map(({ children }) => plain(children))
    case 'callout':
      return block.content.flatMap(wordsOf)
    case 'heading':
    case 'rule':
    case 'table':
    case 'image':
    case 'code':
    case 'button':
    case 'video':
    case 'file':
      return []
  }
}

const plain = (inlines: Inline[]): string =>
  inlines
    .map((inline) => {
      switch (inline.kind) {
        case 'text':
          return inline.text
        case 'link':
          return plain(inline.children)
        case 'linebreak':
          return ' '
      }
    })
    .join('')
