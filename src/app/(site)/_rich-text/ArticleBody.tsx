import type { Locale } from '../../../newsletter/model.ts'
import type { Article } from '../../../payload-types.ts'
export function ArticleBody(_: { content: Article['content']; locale: Locale; baseUrl: string }) {
  return null
}
