import { contrastOf, READABLE, readableOn, type Color } from './contrast.ts'

/** Warm greys like the site's; whatever text stands on them is tested to be readable. */
export const light = {
  page: '#f4f1ec',
  card: '#ffffff',
  /** Behind callouts and code. */
  tint: '#f8f6f2',
  ink: '#23201c',
  inkSoft: '#5f574d',
  line: '#e3ddd3',
  important: '#9c2a1c',
} as const

/** For clients that follow the reader's dark mode; the others turn the light colours themselves. */
export const dark = {
  page: '#131210',
  card: '#1d1b18',
  tint: '#282521',
  ink: '#ebe6dd',
  inkSoft: '#a9a196',
  line: '#413c34',
  important: '#ffa898',
} as const

/** What is made from the brand colour, so that any brand colour can be read. */
export interface BrandColors {
  brand: Color
  /** The surface of a button: the brand colour, darkened until white can be read on it. */
  action: Color
  /** Links and rules on the light backgrounds. */
  accent: Color
  /** Links on the dark backgrounds. */
  accentInDark: Color
  onAction: Color
}

export function brandColors(brandColor: string): BrandColors {
  const brand = /^#[0-9a-f]{6}$/i.test(brandColor) ? brandColor.toLowerCase() : light.ink
  const accent = readableOn({
    color: brand,
    backgrounds: [light.page, light.card, light.tint],
    toward: light.ink,
  })
  return {
    brand,
    // Not a bright surface with dark words: a forced dark mode turns the words white and keeps the surface.
    action: contrastOf(brand, WHITE) >= READABLE ? brand : accent,
    onAction: WHITE,
    accent,
    accentInDark: readableOn({
      color: brand,
      backgrounds: [dark.page, dark.card, dark.tint],
      toward: '#fff6e6',
    }),
  }
}

const WHITE = '#ffffff'
