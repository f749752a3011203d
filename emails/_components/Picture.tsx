import type { CSSProperties } from 'react'
import type { RichImage } from '../../src/rich-text/model.ts'
import { light } from '../_theme/colors.ts'
import { SANS } from '../_theme/styles.ts'

/**
 * An image at most `width` pixels wide, narrower on a narrow screen. Its file has twice as many pixels where there is
 * one, for sharp screens. Where images are off, its text is shown in its place; without a height, so that it takes no
 * more room then. A client that knows no `<picture>` drops the tag and keeps the image in it.
 */
export function Picture({
  image,
  alt = image.alt,
  width,
  height,
  style,
  onDark = null,
}: {
  image: RichImage
  alt?: string
  width: number
  height?: number
  style?: CSSProperties
  /** Instead of `image` where the reader's screen is dark. */
  onDark?: RichImage | null
}) {
  const file = fileFor(image, 2 * width)
  if (!file) return null
  const shown = Math.min(width, file.width)
  const picture = (
    <img src={file.url} alt={alt} width={shown} height={height} style={{ ...FLUID, ...style }} />
  )
  const dark = onDark && fileFor(onDark, 2 * width)
  if (!dark) return picture
  return (
    <picture>
      <source media="(prefers-color-scheme: dark)" srcSet={dark.url} />
      {picture}
    </picture>
  )
}

/** With the font and colour of its text. */
const FLUID: CSSProperties = {
  display: 'block',
  border: 0,
  maxWidth: '100%',
  height: 'auto',
  color: light.inkSoft,
  font: `14px/20px ${SANS}`,
}

const fileFor = ({ files }: RichImage, width: number) =>
  files.find((file) => file.width >= width) ?? files.at(-1)
