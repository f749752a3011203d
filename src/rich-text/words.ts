import type { Locale } from '../newsletter/model.ts'
import type { CalloutTone } from './model.ts'

/** What the renderers themselves say within a text. */
export interface RichTextWords {
  callouts: Record<CalloutTone, string>
  /** Said of the items of a check list. */
  checked: string
  unchecked: string
  image: string
  /** On the link to a video. */
  play: (title: string) => string
}

export const richTextWords: Record<Locale, RichTextWords> = {
  sv: {
    callouts: { note: 'Bra att veta', tip: 'Tips', important: 'Viktigt' },
    checked: 'Klart',
    unchecked: 'Inte klart',
    image: 'Bild',
    play: (title) => `Spela upp: ${title}`,
  },
  en: {
    callouts: { note: 'Good to know', tip: 'Tip', important: 'Important' },
    checked: 'Done',
    unchecked: 'Not done',
    image: 'Image',
    play: (title) => `Play: ${title}`,
  },
}
