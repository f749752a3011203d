import { Box } from '../_components/Box.tsx'
import { light } from '../_theme/colors.ts'
import { BLOCK_MARGIN, SERIF } from '../_theme/styles.ts'
import type { BlockOf } from './blockOf.ts'
import { Inlines } from './Inlines.tsx'
import type { Look } from './look.ts'

/** The rule beside it is the border of a cell: Outlook knows no padding of a blockquote. */
export function Quote({ block, look }: { block: BlockOf<'quote'>; look: Look }) {
  return (
    <blockquote style={{ margin: BLOCK_MARGIN }}>
      <Box
        className="edge"
        style={{
          borderLeft: `3px solid ${look.colors.accent}`,
          padding: '2px 0 2px 20px',
          color: light.ink,
          font: `italic 20px/30px ${SERIF}`,
        }}
      >
        <Inlines inlines={block.children} look={look} />
      </Box>
    </blockquote>
  )
}
