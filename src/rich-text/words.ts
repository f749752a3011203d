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
  /** What kind of file a link leads to, and how much there is of it. */
  file: (bytes: number) => string
}

export const richTextWords: Record<Locale, RichTextWords> = {
  sv: {
    callouts: { note: 'Bra att veta', tip: 'Tips', important: 'Viktigt' },
    checked: 'Klart',
    unchecked: 'Inte klart',
    image: 'Bild',
    play: (title) => `Spela upp: ${title}`,
    file: (bytes) => `PDF, ${sizeOf(bytes, 'sv')}`,
  },
  en: {
    callouts: { note: 'Good to know', tip: 'Tip', important: 'Important' },
    checked: 'Done',
    unchecked: 'Not done',
    image: 'Image',
    play: (title) => `Play: ${title}`,
    file: (bytes) => `PDF, ${sizeOf(bytes, 'en')}`,
  },
}

/** As a reader's own computer says it: "1,2 MB", "340 kB". */
const sizeOf = (bytes: number, locale: Locale): string => {
  const isLarge = bytes >= 1_000_000
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: isLarge ? 1 : 0 })
  return isLarge ? `${number.format(bytes / 1_000_000)} MB` : `${number.format(Math.max(1, bytes / 1000))} kB`
}
