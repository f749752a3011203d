import type { CSSProperties, ReactNode } from 'react'
import { Column, Row } from './react-email.ts'

/**
 * A table of one cell: the only element whose padding, border and background every client shows. Its text does not
 * inherit: Outlook begins anew in each table, so `style` names the font.
 */
export function Box({
  style,
  className,
  children,
}: {
  style: CSSProperties
  className?: string
  children: ReactNode
}) {
  return (
    <Row>
      <Column className={className} style={style}>
        {children}
      </Column>
    </Row>
  )
}
