import type { Locale } from '../../newsletter/model.ts'
import type { Article } from '../../payload-types.ts'
import { readRichText } from '../readRichText.ts'
import { Blocks } from './Blocks.tsx'

/** An article's text on its page and in the feed; every address in it is absolute. */
export function ArticleBody({
  content,
  locale,
  baseUrl,
}: {
  content: Article['content']
  locale: Locale
  baseUrl: string
}) {
  return <Blocks text={readRichText({ content, place: { baseUrl, locale } })} locale={locale} />
}
