import type { CSSProperties } from 'react'
import type { BrandColors } from '../_theme/colors.ts'
import { SANS } from '../_theme/styles.ts'

/**
 * A link as a button. The link fills it, so that a tap anywhere hits. Outlook for Windows knows no padding of a link: there
 * the cell has it. The border keeps the shape where a forced dark mode takes the background.
 */
export function Action({ label, url, colors }: { label: string; url: string; colors: BrandColors }) {
  return (
    <div style={{ margin: '28px 0' }}>
      <table role="presentation" cellPadding={0} cellSpacing={0} style={{ borderCollapse: 'separate' }}>
        <tbody>
          <tr>
            <td className="action" style={surface(colors)}>
              <a href={url} target="_blank" style={{ ...LINK, color: colors.onAction }}>
                {label}
              </a>
            </td>
          </tr>
        </tbody>
      </table>
    </div>
  )
}

const FONT = `bold 16px/24px ${SANS}`

/** For Outlook for Windows alone: other clients do not know this property. */
const OUTLOOK_PADDING: Record<string, string> = { msoPaddingAlt: '10px 24px' }

const surface = ({ action, accent, onAction }: BrandColors): CSSProperties => ({
  border: `2px solid ${accent}`,
  borderRadius: 24,
  backgroundColor: action,
  color: onAction,
  font: FONT,
  ...OUTLOOK_PADDING,
})

const LINK: CSSProperties = {
  display: 'inline-block',
  padding: '10px 24px',
  borderRadius: 22,
  font: FONT,
  textDecoration: 'none',
}
