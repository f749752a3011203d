import type { CSSProperties } from 'react'
import { richTextWords } from '../../src/rich-text/words.ts'
import { light } from '../_theme/colors.ts'
import { BLOCK_MARGIN, SANS } from '../_theme/styles.ts'
import type { BlockOf } from './blockOf.ts'
import type { Look } from './look.ts'

/** A link to a PDF. The mark beside it is a word in a cell: it is there with images off, and in Outlook. */
export function File({ block: { title, url, bytes }, look }: { block: BlockOf<'file'>; look: Look }) {
  const { action, accent, onAction } = look.colors
  return (
    <div style={{ margin: BLOCK_MARGIN }}>
      <table role="presentation" width="100%" cellPadding={0} cellSpacing={0}>
        <tbody>
          <tr>
            <td
              className="mark"
              width={MARK_WIDTH}
              align="center"
              aria-hidden="true"
              style={{ ...MARK, border: `1px solid ${accent}`, backgroundColor: action, color: onAction }}
            >
              PDF
            </td>
            <td className="box" style={TEXT}>
              <a href={url} target="_blank" style={{ color: accent, font: `bold 16px/24px ${SANS}` }}>
                {title}
              </a>
              <br />
              <span className="soft" style={{ color: light.inkSoft, font: FACTS }}>
                {richTextWords[look.language].file(bytes)}
              </span>
            </td>
          </tr>
        </tbody>
      </table>
    </div>
  )
}

const MARK_WIDTH = 56
const FACTS = `14px/20px ${SANS}`

const MARK: CSSProperties = { padding: '12px 8px', font: `bold 14px/20px ${SANS}` }

const TEXT: CSSProperties = {
  border: `1px solid ${light.line}`,
  padding: '12px 16px',
  backgroundColor: light.tint,
  color: light.ink,
  font: FACTS,
  wordBreak: 'break-word',
}
