import { Box } from '../_components/Box.tsx'
import { light } from '../_theme/colors.ts'
import { BLOCK_MARGIN, MONO } from '../_theme/styles.ts'
import type { BlockOf } from './blockOf.ts'

/** Long lines break: a mail cannot scroll sideways. */
export function Code({ block: { code } }: { block: BlockOf<'code'> }) {
  return (
    <div style={{ margin: BLOCK_MARGIN }}>
      <Box
        className="box"
        style={{ border: `1px solid ${light.line}`, padding: '16px 20px', backgroundColor: light.tint }}
      >
        <pre style={PRE}>{code}</pre>
      </Box>
    </div>
  )
}

const PRE = {
  margin: 0,
  color: light.ink,
  font: `14px/22px ${MONO}`,
  whiteSpace: 'pre-wrap',
} as const
