import { createElement } from 'react'
import { blocksToText } from '../../../emails/_plain-text/blocks.ts'
import { linkOnce } from '../../../emails/_plain-text/linkOnce.ts'
import type { ContentRenderer } from '../../content-api/ports.ts'
import { Blocks } from '../../rich-text/html/Blocks.tsx'
import { toMarkdown } from '../../rich-text/markdown/toMarkdown.ts'

/** Renders an article's text for frontends, as the site and the mail's text part do. */
export const contentRenderer: ContentRenderer = {
  html: async (text, locale) => {
    // Imported late: Next's compiler allows react-dom/server in a route only like this.
    const { renderToStaticMarkup } = await import('react-dom/server')
    return renderToStaticMarkup(createElement(Blocks, { text, locale }))
  },
  markdown: toMarkdown,
  plain: (text, language) => blocksToText(text, { language, writeLink: linkOnce() }),
}
