import type { Locale } from '../../newsletter/model.ts'
import type { Block } from '../model.ts'
import { richTextWords } from '../words.ts'
import { Blocks } from './Blocks.tsx'

/** A note and not a landmark: there can be many in one text. */
export function Callout({ tone, content, locale }: Extract<Block, { kind: 'callout' }> & { locale: Locale }) {
  const label = richTextWords[locale].callouts[tone]
  return (
    <aside className={`callout callout-${tone}`} role="note" aria-label={label}>
      <p className="callout-label" aria-hidden="true">
        {label}
      </p>
      <Blocks text={content} locale={locale} />
    </aside>
  )
}
