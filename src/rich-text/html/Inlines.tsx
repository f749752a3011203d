import type { ReactNode } from 'react'
import type { Inline, TextFormat } from '../model.ts'

export function Inlines({ inlines }: { inlines: Inline[] }) {
  return inlines.map((inline, index) => <InlineView key={index} inline={inline} />)
}

function InlineView({ inline }: { inline: Inline }) {
  switch (inline.kind) {
    case 'text':
      return inline.formats.reduceRight<ReactNode>(formatted, inline.text)
    case 'link':
      return (
        <a href={inline.url}>
          <Inlines inlines={inline.children} />
        </a>
      )
    case 'linebreak':
      return <br />
  }
}

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
      return <code>{children}</code>
  }
}
