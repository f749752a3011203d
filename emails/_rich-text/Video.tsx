import type { CSSProperties } from 'react'
import { richTextWords } from '../../src/rich-text/words.ts'
import { Box } from '../_components/Box.tsx'
import { Picture } from '../_components/Picture.tsx'
import { SANS } from '../_theme/styles.ts'
import type { BlockOf } from './blockOf.ts'
import type { Look } from './look.ts'

/**
 * No mail plays a video: a picture that leads to it, and below the picture a line with a mark to play, which is there with
 * images off too. Nothing can lie over a picture in Outlook.
 */
export function Video({ block: { url, title, image }, look }: { block: BlockOf<'video'>; look: Look }) {
  const { action, accent, onAction } = look.colors
  return (
    <div style={{ margin: '28px 0' }}>
      {image && (
        <a href={url} target="_blank" style={{ color: accent }}>
          <Picture image={image} alt={title} width={look.width} />
        </a>
      )}
      <Box
        className="action"
        style={{
          padding: '12px 16px',
          border: `2px solid ${accent}`,
          backgroundColor: action,
          color: onAction,
          font: FONT,
        }}
      >
        <a href={url} target="_blank" style={{ ...LINK, color: onAction }}>
          ▶&nbsp; {richTextWords[look.language].play(title)}
        </a>
      </Box>
    </div>
  )
}

const FONT = `bold 16px/24px ${SANS}`
const LINK: CSSProperties = { font: FONT, textDecoration: 'none' }
