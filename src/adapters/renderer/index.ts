import type { ArticleContent } from '../../../emails/props.ts'
import type { Renderer } from '../../newsletter/ports.ts'
export const articleRenderer: Renderer<ArticleContent> = {
  render: async () => ({ subject: '', html: '', text: '' }),
}
