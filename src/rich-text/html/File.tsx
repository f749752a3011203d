import type { Locale } from '../../newsletter/model.ts'
import type { Block } from '../model.ts'
import { richTextWords } from '../words.ts'

/** A link to a PDF, which says so and how large it is before somebody follows it. */
export function File({ url, title, bytes, locale }: Extract<Block, { kind: 'file' }> & { locale: Locale }) {
  return (
    <p className="file">
      <a href={url} type="application/pdf">
        <svg className="file-mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
          <path d="M6 2.75h8l4.25 4.25v14.25H6zM14 2.75V7h4.25M9 12h6M9 15h6M9 18h4" />
        </svg>
        <span>
          <span className="file-title">{title}</span>{' '}
          <span className="file-facts">{richTextWords[locale].file(bytes)}</span>
        </span>
      </a>
    </p>
  )
}
