import { BLOCK_MARGIN } from '../_theme/styles.ts'
import type { BlockOf } from './blockOf.ts'
import { Inlines } from './Inlines.tsx'
import type { Look } from './look.ts'

export function Paragraph({ block, look }: { block: BlockOf<'paragraph'>; look: Look }) {
  return (
    <p style={{ margin: BLOCK_MARGIN }}>
      <Inlines inlines={block.children} look={look} />
    </p>
  )
}
