import { render } from '@react-email/render'
import { createElement } from 'react'
import { articleText } from '../../../emails/_plain-text/articleText.ts'
import { ArticleMail } from '../../../emails/article.tsx'
import type { ArticleContent } from '../../../emails/props.ts'
import type { Renderer } from '../../newsletter/ports.ts'
import { oneLine } from '../../text/cleanText.ts'
import { finishHtml } from './finishHtml.ts'

/** Renders the templates of emails/. */
export const articleRenderer: Renderer<ArticleContent> = {
  render: async ({ content, locale, personal }) => {
    const props = { content: content[locale], locale, personal }
    return {
      subject: oneLine(props.content.subject),
      html: finishHtml(await render(createElement(ArticleMail, props))),
      text: articleText(props),
    }
  },
}
