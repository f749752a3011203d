import { renderToStaticMarkup } from 'react-dom/server'
import { blocksToText } from '../../../emails/_plain-text/blocks.ts'
import { linkOnce } from '../../../emails/_plain-text/linkOnce.ts'
import { Blocks as MailBlocks } from '../../../emails/_rich-text/Blocks.tsx'
import { brandColors } from '../../../emails/_theme/colors.ts'
import { TEXT_WIDTH } from '../../../emails/_theme/styles.ts'
import { Blocks as WebBlocks } from '../../../src/rich-text/html/Blocks.tsx'
import type { StoredNode } from '../../../src/rich-text/node.ts'
import { readRichText } from '../../../src/rich-text/readRichText.ts'
import { root } from './stored.ts'

/** Stored nodes through the reader and each of the three renderers. */
export function renderSample(...nodes: StoredNode[]): { web: string; mail: string; text: string } {
  const text = readRichText({
    content: root(...nodes),
    place: { baseUrl: 'https://trimero.example', locale: 'sv' },
  })
  const look = { language: 'sv', colors: brandColors('#1f5f4a'), width: TEXT_WIDTH } as const
  return {
    web: renderToStaticMarkup(<WebBlocks text={text} locale="sv" />),
    // Without what React adds for browsers, as the renderer leaves it out.
    mail: renderToStaticMarkup(<MailBlocks text={text} look={look} />).replace(
      /<link rel="preload"[^>]*>/g,
      '',
    ),
    text: blocksToText(text, { language: 'sv', writeLink: linkOnce() }),
  }
}
