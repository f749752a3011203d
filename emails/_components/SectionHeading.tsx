import type { ReactNode } from 'react'
import { light } from '../_theme/colors.ts'
import { SERIF } from '../_theme/styles.ts'

/** Heads what stands after the article; a level with the article's own headings. */
export function SectionHeading({ children }: { children: ReactNode }) {
  return <h2 style={{ margin: '0 0 16px', color: light.ink, font: `bold 20px/26px ${SERIF}` }}>{children}</h2>
}
