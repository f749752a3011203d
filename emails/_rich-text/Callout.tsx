import type { CSSProperties } from 'react'
import type { CalloutTone } from '../../src/rich-text/model.ts'
import { richTextWords } from '../../src/rich-text/words.ts'
import { Box } from '../_components/Box.tsx'
import { light } from '../_theme/colors.ts'
import { BLOCK_MARGIN, SANS, SERIF } from '../_theme/styles.ts'
import { Blocks } from './Blocks.tsx'
import type { BlockOf } from './blockOf.ts'
import type { Look } from './look.ts'

const SIDE_PADDING = 22

/** It says in words what it is, and a border all around keeps it apart where backgrounds are dropped. */
export function Callout({ block: { tone, content }, look }: { block: BlockOf<'callout'>; look: Look }) {
  const color = colorOf(tone, look)
  const label: CSSProperties = { margin: '0 0 6px', color, font: `bold 14px/20px ${SANS}` }
  return (
    <div style={{ margin: BLOCK_MARGIN }}>
      <Box
        className={tone === 'important' ? 'box edge important' : 'box edge'}
        style={{
          border: `1px solid ${light.line}`,
          borderLeft: `3px solid ${color}`,
          padding: `18px ${SIDE_PADDING}px 0`,
          backgroundColor: light.tint,
          color: light.ink,
          font: `16px/25px ${SERIF}`,
        }}
      >
        <p className="label" style={label}>
          {richTextWords[look.language].callouts[tone]}
        </p>
        <Blocks text={content} look={{ ...look, width: look.width - 2 * SIDE_PADDING }} />
      </Box>
    </div>
  )
}

function colorOf(tone: CalloutTone, look: Look): string {
  switch (tone) {
    case 'note':
    case 'tip':
      return look.colors.accent
    case 'important':
      return light.important
  }
}
