import type { Block, RichText } from '../../src/rich-text/model.ts'
import { richTextWords } from '../../src/rich-text/words.ts'
import { inlinesToText } from './inlines.ts'
import { paragraphs, prefixLines, underlined } from './lines.ts'
import { listToText } from './list.ts'
import type { TextLook } from './look.ts'
import { tableToText } from './table.ts'

/** A text as plain text. A kind of block without a case here does not compile. */
export const blocksToText = (text: RichText, look: TextLook): string =>
  paragraphs(text.map((block) => blockToText(block, look)))

function blockToText(block: Block, look: TextLook): string {
  switch (block.kind) {
    case 'paragraph':
      return inlinesToText(block.children, look)
    case 'heading':
      return underlined(inlinesToText(block.children, look), block.level === 2 ? '-' : '~')
    case 'quote':
      return prefixLines(inlinesToText(block.children, look), '> ')
    case 'list':
      return listToText(block, look)
    case 'rule':
      return '* * *'
    case 'table':
      return tableToText(block, look)
    case 'image':
      return imageToText(block, look)
    case 'code':
      return prefixLines(block.code, '    ')
    case 'callout':
      return calloutToText(block, look)
    case 'video':
      return look.writeLink({ text: `▶  ${richTextWords[look.language].play(block.title)}`, url: block.url })
    case 'file':
      return look.writeLink({
        text: `${block.title} (${richTextWords[look.language].file(block.bytes)})`,
        url: block.url,
      })
    case 'button':
      return look.writeLink({ text: block.label, url: block.url })
  }
}

/** What it shows, for those who do not see it. */
function imageToText({ image, caption }: Extract<Block, { kind: 'image' }>, { language }: TextLook): string {
  const shown = [image.alt, caption].filter(Boolean).join('. ')
  return shown && `[${richTextWords[language].image}: ${shown}]`
}

const calloutToText = ({ tone, content }: Extract<Block, { kind: 'callout' }>, look: TextLook): string =>
  prefixLines(`${richTextWords[look.language].callouts[tone]}:\n${blocksToText(content, look)}`, '| ')
