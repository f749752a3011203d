import { Picture } from '../_components/Picture.tsx'
import { light } from '../_theme/colors.ts'
import { SANS } from '../_theme/styles.ts'
import type { BlockOf } from './blockOf.ts'
import type { Look } from './look.ts'

export function Image({ block: { image, caption }, look }: { block: BlockOf<'image'>; look: Look }) {
  return (
    <div style={{ margin: '28px 0' }}>
      <Picture image={image} width={look.width} />
      {caption && (
        <p className="soft" style={{ margin: '8px 0 0', color: light.inkSoft, font: `14px/20px ${SANS}` }}>
          {caption}
        </p>
      )}
    </div>
  )
}
