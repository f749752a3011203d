import sharp from 'sharp'
import type { PictureType } from './pictures.ts'

const TYPES: Record<string, PictureType> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  avif: 'image/avif',
}

/** The type of a picture's file by its name. */
export const typeOfName = (name: string): PictureType =>
  TYPES[name.slice(name.lastIndexOf('.') + 1).toLowerCase()] ?? 'image/jpeg'

const made = new Map<PictureType, Promise<Buffer>>()

/** A small grey field in place of a picture that was taken down; the page or mail around it gives it its size. */
export function neutralPicture(type: PictureType): Promise<Buffer> {
  const picture = made.get(type) ?? makeNeutral(type)
  made.set(type, picture)
  return picture
}

const makeNeutral = (type: PictureType): Promise<Buffer> =>
  sharp({ create: { width: 64, height: 36, channels: 3, background: '#d4d4d4' } })
    .toFormat(
      type === 'image/jpeg' ? 'jpeg' : (type.slice('image/'.length) as 'png' | 'webp' | 'gif' | 'avif'),
    )
    .toBuffer()
