import type { Locale } from '../newsletter/model.ts'
import type { RichText } from '../rich-text/model.ts'
import type { ContentPorts } from './ports.ts'
import type { ContentFormat } from './shapes.ts'

type Rendering = Pick<ContentPorts, 'render'>

/** A text as it was asked for. */
export async function formatText(
  { render }: Rendering,
  { text, format, language }: { text: RichText; format: ContentFormat; language: Locale },
): Promise<RichText | string> {
  switch (format) {
    case 'json':
      return text
    case 'html':
      return render.html(text, language)
    case 'markdown':
      return render.markdown(text, language)
    case 'text':
      return render.plain(text, language)
  }
}

/** Of an adult who reads for pleasure: Brysbaert 2019, doi:10.1016/j.jml.2019.104047. */
const WORDS_PER_MINUTE = 238

export const readingMinutesOf = (
  { render }: Rendering,
  { text, language }: { text: RichText; language: Locale },
): number => {
  const words = render.plain(text, language).match(/[\p{L}\p{N}]+/gu)?.length ?? 0
  return Math.max(1, Math.round(words / WORDS_PER_MINUTE))
}
