import type { Locale } from '../../src/newsletter/model.ts'
import type { WriteLink } from './linkOnce.ts'

/** What every converter is told besides the node itself. */
export interface TextLook {
  /** The language of the text. */
  language: Locale
  writeLink: WriteLink
}
