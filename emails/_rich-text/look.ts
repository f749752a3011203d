import type { Locale } from '../../src/newsletter/model.ts'
import type { BrandColors } from '../_theme/colors.ts'

/** What every converter is told besides the node itself. */
export interface Look {
  /** The language of the text. */
  language: Locale
  colors: BrandColors
  /** Pixels that the text has from side to side. */
  width: number
}
