import { blocksToText } from '../_plain-text/blocks.ts'
import { paragraphs, underlined } from '../_plain-text/lines.ts'
import { linkOnce } from '../_plain-text/linkOnce.ts'
import type { Block } from '../../src/rich-text/model.ts'
import type { LetterMailProps } from './LetterMail.tsx'
import type { LetterBlock } from './props.ts'

/** The text part: all that the HTML says, in its order, with every link once. */
export function letterText({ site, letter, locale }: LetterMailProps): string {
  const { title, body, footer } = letter
  const writeLink = linkOnce()
  return `${paragraphs([
    writeLink({ text: site.name, url: site.url }),
    underlined(title, '='),
    blocksToText(body.flatMap(inPlainText), { language: locale, writeLink }),
    '* * *',
    footer.why,
    footer.links.map((link) => writeLink({ text: link.label, url: link.url })).join('\n'),
    [site.senderName, site.postalAddress?.replace(/\r\n?/g, '\n')].filter(Boolean).join('\n'),
  ])}\n`
}

/** What it is in plain text. */
function inPlainText(block: LetterBlock): Block[] {
  switch (block.kind) {
    case 'message':
      return [{ ...block, kind: 'quote' }]
    case 'smallPrint':
      return [{ ...block, kind: 'paragraph' }]
    case 'copyLink':
      return []
    default:
      return [block]
  }
}
