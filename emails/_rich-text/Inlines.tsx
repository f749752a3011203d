import type { ReactNode } from 'react'
import type { Inline, TextFormat } from '../../src/rich-text/model.ts'
import { light } from '../_theme/colors.ts'
import { MONO } from '../_theme/styles.ts'
import type { Look } from './look.ts'

export function Inlines({ inlines, look }: { inlines: Inline[]; look: Look }) {
  return inlines.map((inline, index) => <InlineView key={index} inline={inline} look={look} />)
}

function InlineView({ inline, look }: { inline: Inline; look: Look }) {
  switch (inline.kind) {
    case 'text':
      return inline.formats.reduceRight<ReactNode>(formatted, inline.text)
    case 'link':
      return (
        <a href={inline.url} target="_blank" style={linkStyle(inline.url, look)}>
          <Inlines inlines={inline.children} look={look} />
        </a>
      )
    case 'linebreak':
      return <br />
  }
}

/** A telephone number stays on one line. */
const linkStyle = (url: string, { colors }: Look) => ({
  color: colors.accent,
  textDecoration: 'underline',
  ...(url.startsWith('tel:') && { whiteSpace: 'nowrap' as const }),
})

function formatted(children: ReactNode, format: TextFormat): ReactNode {
  switch (format) {
    case 'bold':
      return <strong>{children}</strong>
    case 'italic':
      return <em>{children}</em>
    case 'underline':
      return <u>{children}</u>
    case 'strikethrough':
      return <s>{children}</s>
    case 'code':
      return (
        <code style={{ backgroundColor: light.tint, fontFamily: MONO, fontSize: '90%' }}>{children}</code>
      )
  }
}
