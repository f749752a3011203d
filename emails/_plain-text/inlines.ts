import type { Inline } from '../../src/rich-text/model.ts'
import type { TextLook } from './look.ts'

/** Text without its formats, except that what is struck out must not read as if it stood. */
export const inlinesToText = (inlines: Inline[], look: TextLook): string =>
  inlines
    .map((inline) => inlineToText(inline, look))
    .join('')
    .trim()

function inlineToText(inline: Inline, look: TextLook): string {
  switch (inline.kind) {
    case 'text':
      return inline.formats.includes('strikethrough') ? `~${inline.text}~` : inline.text
    case 'link':
      return look.writeLink({ text: inlinesToText(inline.children, look), url: inline.url })
    case 'linebreak':
      return '\n'
  }
}
