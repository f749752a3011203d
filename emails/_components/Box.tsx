import type { CSSProperties, ReactNode } from 'react'
import type { Locale } from '../../src/newsletter/model.ts'
import { Column, Row } from './react-email.ts'

/**
 * A table of one cell: the only element whose padding, border and background every client shows. Its text does not
 * inherit: Outlook begins anew in each table, so `style` names the font.
 */
export function Box({
  style,
  className,
  lang,
  children,
}: {
  style: CSSProperties
  className?: string
  /** Of its text, where it may be another than the mail's. */
  lang?: Locale
  children: ReactNode
}) {
  return (
    <Row>
      <Column className={className} lang={lang} style={style}>
        {children}
      </Column>
    </Row>
  )
}
