import type { SharpDependency } from 'payload'
import sharp, { type Metadata } from 'sharp'
import { bareJpeg } from './bareJpeg.ts'
import { bareGif } from './bareGif.ts'
import { barePng } from './barePng.ts'
import { bareWebp } from './bareWebp.ts'

/** The formats that are taken, as a file's own bytes say; the names are those that people know. */
export const PICTURE_TYPES = {
  'image/jpeg': 'JPEG',
  'image/png': 'PNG',
  'image/webp': 'WebP',
  'image/gif': 'GIF',
  'image/avif': 'AVIF',
} as const

export type PictureType = keyof typeof PICTURE_TYPES

/** 64 megapixels, an animation's frames together: what a picture may cost is bounded before it is decoded. */
export const MAX_PIXELS = 64_000_000

export type PictureProblem = 'unknown_type' | 'too_many_pixels' | 'unreadable'

/** A file that cannot be stored as a picture. */
export class PictureError extends Error {
  constructor(
    readonly code: PictureProblem,
    options?: ErrorOptions,
  ) {
    super(code, options)
  }
}

export interface Picture {
  data: Buffer
  type: PictureType
  width: number
  height: number
}

/**
 * Sharp as Payload uses it: bounded in pixels, and a picture that is stored whole keeps its colour profile (the sizes are
 * in sRGB). Payload reads all frames of a GIF or WebP to store it whole, and of no other format.
 */
export const boundedSharp: SharpDependency = (input, options) => {
  const made = sharp(input, { ...options, limitInputPixels: MAX_PIXELS })
  return options?.animated ? made.keepIccProfile() : made
}

/**
 * A picture that tells nothing beside what it shows: no position, name, camera, comment or thumbnail. An orientation is
 * applied to the pixels. The format, the frames and the colour profile are kept. A JPEG or PNG that stands upright keeps its
 * very pixels; one that does not is encoded again, since a turned JPEG cannot be cut into blocks without a loss.
 * @throws PictureError when it is no picture of a type that is taken, is too large or cannot be read.
 */
export async function cleanPicture(data: Buffer): Promise<Picture> {
  const metadata = await readMetadata(data)
  const type = typeOf(metadata)
  if (!type) throw new PictureError('unknown_type')
  if (pixelsOf(metadata) > MAX_PIXELS) throw new PictureError('too_many_pixels')
  // Nobody turns the frames of an animation one by one.
  const isAnimation = (metadata.pages ?? 1) > 1
  const isUpright = isAnimation || (metadata.orientation ?? 1) === 1
  const { width, height } = isUpright ? metadata : metadata.autoOrient
  const frame = { width, height: isAnimation ? (metadata.pageHeight ?? height) : height }
  const bare = isUpright ? bareOf({ data, type, metadata }) : null
  return { type, ...frame, data: bare ?? (await encodeAgain({ data, type, isUpright })) }
}

/** @throws PictureError when nothing in it is a picture. */
async function readMetadata(data: Buffer): Promise<Metadata> {
  try {
    // The limit is asked for by hand, so that its error has a name of its own.
    return await sharp(data, { limitInputPixels: false, animated: true }).metadata()
  } catch (error) {
    throw new PictureError('unknown_type', { cause: error })
  }
}

function typeOf({ format, compression }: Metadata): PictureType | null {
  if (format === 'heif') return compression === 'av1' ? 'image/avif' : null
  return format === 'jpeg' || format === 'png' || format === 'webp' || format === 'gif'
    ? `image/${format}`
    : null
}

/** The height is that of all frames together. */
const pixelsOf = ({ width, height }: Metadata): number => width * height

function bareOf({
  data,
  type,
  metadata,
}: {
  data: Buffer
  type: PictureType
  metadata: Metadata
}): Buffer | null {
  switch (type) {
    case 'image/jpeg':
      return bareJpeg(data)
    case 'image/png':
      return barePng(data)
    case 'image/webp':
      return bareWebp(data)
    case 'image/gif':
      return bareGif(data)
    case 'image/avif':
      return hasMetadata(metadata) ? null : bareBoxes(data)
  }
}

const hasMetadata = ({ exif, xmp, iptc, comments }: Metadata): boolean =>
  Boolean(exif ?? xmp ?? iptc ?? comments)

/** An AVIF that consists of its picture alone; null when it carries other boxes (ISO/IEC 14496-12, 4.2). */
function bareBoxes(data: Buffer): Buffer | null {
  let at = 0
  while (at + 8 <= data.length) {
    const size = data.readUInt32BE(at)
    if (!['ftyp', 'meta', 'mdat'].includes(data.toString('latin1', at + 4, at + 8)) || size < 8) return null
    at += size
  }
  return at === data.length ? data : null
}

/** At a quality that nobody tells from the original; PNG and GIF lose nothing that they had. */
async function encodeAgain({
  data,
  type,
  isUpright,
}: {
  data: Buffer
  type: PictureType
  isUpright: boolean
}): Promise<Buffer> {
  const animated = type === 'image/webp' || type === 'image/gif'
  const read = sharp(data, { limitInputPixels: MAX_PIXELS, animated }).keepIccProfile()
  const upright = isUpright ? read : read.autoOrient()
  try {
    switch (type) {
      case 'image/jpeg':
        return await upright.jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer()
      case 'image/png':
        return await upright.png().toBuffer()
      case 'image/webp':
        return await upright.webp({ quality: 95 }).toBuffer()
      case 'image/gif':
        return await upright.gif().toBuffer()
      case 'image/avif':
        return await upright.avif({ quality: 80 }).toBuffer()
    }
  } catch (error) {
    throw new PictureError('unreadable', { cause: error })
  }
}
