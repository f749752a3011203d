import type { Image } from '../../content-api/shapes.ts'
import type { Media } from '../../payload-types.ts'

/** What toImage reads of a picture. */
export const IMAGE = {
  alt: true,
  url: true,
  width: true,
  height: true,
  focalX: true,
  focalY: true,
  mimeType: true,
  sizes: true,
} as const

/** A picture as strangers get it; null for one that is gone. */
export function toImage(media: Media | number | string | null | undefined): Image | null {
  if (typeof media !== 'object' || !media?.url || !media.width || !media.height) return null
  const { alt, url, width, height, focalX, focalY, mimeType, sizes } = media
  const own = { url, width, height, mimeType }
  const files = [sizes?.small, sizes?.medium, sizes?.large, own]
    .map(toFile)
    .filter((file) => file !== null)
    .filter((file, index, all) => all.findIndex((other) => other.width === file.width) === index)
  return {
    ...{ alt: alt ?? '', url, width, height, files },
    focalPoint: { x: focalX ?? MIDDLE, y: focalY ?? MIDDLE },
  }
}

const MIDDLE = 50

type StoredFile = { [Key in 'url' | 'width' | 'height' | 'mimeType']?: Media[Key] }

const toFile = (file: StoredFile | undefined): Image['files'][number] | null =>
  file?.url && file.width && file.height
    ? {
        url: file.url,
        width: file.width,
        height: file.height,
        type: file.mimeType ?? 'application/octet-stream',
      }
    : null
