import type { ReactNode } from 'react'
import { light } from '../_theme/colors.ts'
import { SANS } from '../_theme/styles.ts'

/** The end of every mail: what it has to say, then who it is from and where they are. */
export function FooterFrame({
  senderName,
  postalAddress,
  children,
}: {
  senderName: string
  postalAddress: string | null
  children: ReactNode
}) {
  return (
    <tr>
      <td className="side soft" style={CELL}>
        {children}
        <p style={{ margin: 0 }}>
          <strong>{senderName}</strong>
          {postalAddress && <Lines text={postalAddress} />}
        </p>
      </td>
    </tr>
  )
}

function Lines({ text }: { text: string }) {
  return text.split(/\r?\n/).map((line, index) => (
    <span key={index}>
      <br />
      {line.trim()}
    </span>
  ))
}

const CELL = { padding: '28px 32px', color: light.inkSoft, font: `13px/20px ${SANS}` }

/** What a footer's paragraphs and links look like. */
export const FOOTER_PARAGRAPH = { margin: '0 0 14px' }
export const FOOTER_LINK = { color: light.inkSoft, textDecoration: 'underline' }
