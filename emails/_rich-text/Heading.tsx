import type { CSSProperties } from 'react'
import type { BlockOf } from './blockOf.ts'
import { Inlines } from './Inlines.tsx'
import type { Look } from './look.ts'

/** Below the article's title, which is the mail's h1. */
export function Heading({
  block: { level, children },
  look,
  isFirst,
}: {
  block: BlockOf<'heading'>
  look: Look
  isFirst: boolean
}) {
  const Tag = `h${level}` as const
  const { above, ...font } = SIZES[level]
  return (
    <Tag style={{ margin: `${isFirst ? 0 : above}px 0 10px`, ...font }}>
      <Inlines inlines={children} look={look} />
    </Tag>
  )
}

const SIZES: Record<BlockOf<'heading'>['level'], CSSProperties & { above: number }> = {
  2: { above: 36, fontSize: '23px', lineHeight: '30px' },
  3: { above: 28, fontSize: '19px', lineHeight: '26px' },
  4: { above: 24, fontSize: '17px', lineHeight: '26px' },
}
