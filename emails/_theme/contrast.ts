/** `#rrggbb` */
export type Color = string

/** What WCAG 2 asks of text (1.4.3, level AA). */
export const READABLE = 4.5

/** The contrast of two colours, from 1 to 21 (WCAG 2, "contrast ratio"). */
export function contrastOf(a: Color, b: Color): number {
  const [darker = 0, lighter = 0] = [luminanceOf(a), luminanceOf(b)].sort((left, right) => left - right)
  return (lighter + 0.05) / (darker + 0.05)
}

/**
 * The colour itself where it can be read on all of the backgrounds, else mixed with as little of `toward` as that takes.
 */
export function readableOn({
  color,
  backgrounds,
  toward,
}: {
  color: Color
  backgrounds: Color[]
  toward: Color
}): Color {
  const shades = Array.from({ length: 21 }, (_, step) => mix({ color, toward, share: step / 20 }))
  const isReadable = (shade: Color) =>
    backgrounds.every((background) => contrastOf(shade, background) >= READABLE)
  return shades.find(isReadable) ?? toward
}

const mix = ({ color, toward, share }: { color: Color; toward: Color; share: number }): Color => {
  const target = channelsOf(toward)
  return toColor(channelsOf(color).map((value, index) => value + ((target[index] ?? 0) - value) * share))
}

const toColor = (channels: number[]): Color =>
  `#${channels.map((value) => Math.round(value).toString(16).padStart(2, '0')).join('')}`

const channelsOf = (color: Color): number[] =>
  [1, 3, 5].map((start) => Number.parseInt(color.slice(start, start + 2), 16))

/** WCAG 2, "relative luminance". */
function luminanceOf(color: Color): number {
  const [red = 0, green = 0, blue = 0] = channelsOf(color).map((value) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
