import sharp, { type Metadata, type Sharp } from 'sharp'
import { MAX_PIXELS } from './pictures.ts'

/** The files of a picture that are made for mail alone: still JPEGs without transparency, since clients differ there. */
export const MAIL_SIZES = ['mail', 'thumb', 'portrait'] as const
export type MailSize = (typeof MAIL_SIZES)[number]

/** Twice the pixels that a mail shows, for sharp screens. */
const WIDTH = 1200
const CROPS = { thumb: { width: 224, height: 168 }, portrait: { width: 96, height: 96 } } as const

/** A ground that what stands on it is told from: white, but for a picture that is nearly white itself. */
const PLATES = { white: '#ffffff', dark: '#1b1917' } as const
/** The relative luminance (WCAG 2.2) whose contrast with white is 2:1. */
const TOO_BRIGHT_FOR_WHITE = 0.475

export interface MailFile {
  data: Buffer
  /** Pixels. */
  width: number
  height: number
}

/** Where the picture's subject is, in per cent from its left and from its top. */
export interface FocalPoint {
  x: number
  y: number
}

/**
 * What mails show of a picture. `mail` stands in for the whole picture where its own file would not do: Outlook shows no
 * WebP and no AVIF, and what is transparent meets a ground that nobody knows. `thumb` and `portrait` are cut out around the
 * focal point, since most clients cannot crop.
 * @throws what sharp throws for a file that it cannot read.
 */
export async function makeMailFiles({
  data,
  focalPoint,
}: {
  data: Buffer
  focalPoint: FocalPoint
}): Promise<Record<MailSize, MailFile | null>> {
  const metadata = await sharp(data, { limitInputPixels: MAX_PIXELS, animated: true }).metadata()
  const isTransparent = await hasTransparency({ data, metadata })
  const plate = isTransparent ? await plateFor(data) : PLATES.white
  const still = () => stillOf(data).flatten({ background: plate })
  const { autoOrient, pageHeight } = metadata
  const whole = { width: autoOrient.width, height: pageHeight ?? autoOrient.height }
  const crop = (size: keyof typeof CROPS) =>
    encode(cover({ still: still(), whole, focalPoint, ...CROPS[size] }), { isTransparent })
  return {
    mail: needsStandIn({ metadata, isTransparent })
      ? await encode(still().resize({ width: WIDTH, withoutEnlargement: true }), { isTransparent })
      : null,
    thumb: await crop('thumb'),
    portrait: await crop('portrait'),
  }
}

/** The first frame, upright. */
const stillOf = (data: Buffer): Sharp => sharp(data, { limitInputPixels: MAX_PIXELS }).autoOrient()

/** A GIF that moves goes out as it is: a still picture would say less. */
function needsStandIn({ metadata, isTransparent }: { metadata: Metadata; isTransparent: boolean }): boolean {
  const { format, pages = 1 } = metadata
  if (format === 'webp' || format === 'heif') return true
  return isTransparent && pages === 1
}

async function hasTransparency({ data, metadata }: { data: Buffer; metadata: Metadata }): Promise<boolean> {
  if (!metadata.hasAlpha) return false
  const small = await stillOf(data).resize({ width: WIDTH, withoutEnlargement: true }).png().toBuffer()
  return !(await sharp(small).stats()).isOpaque
}

/** By the mean luminance of what is seen of it. */
async function plateFor(data: Buffer): Promise<string> {
  const pixels = await stillOf(data)
    .resize({ width: 64, height: 64, fit: 'inside' })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer()
  let [light, seen] = [0, 0]
  for (let at = 0; at + 3 < pixels.length; at += 4) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = pixels.subarray(at, at + 4)
    light += alpha * (0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue))
    seen += alpha
  }
  return seen > 0 && light / seen > TOO_BRIGHT_FOR_WHITE ? PLATES.dark : PLATES.white
}

/** WCAG 2.2, "relative luminance". */
const linear = (value: number): number =>
  value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4

/** The largest part of this shape that has the focal point as near to its middle as the edges allow; never enlarged. */
function cover({
  still,
  whole,
  focalPoint,
  width,
  height,
}: {
  still: Sharp
  whole: { width: number; height: number }
  focalPoint: FocalPoint
  width: number
  height: number
}): Sharp {
  const scale = Math.min(whole.width / width, whole.height / height)
  const part = {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  }
  const start = (all: number, taken: number, percent: number) =>
    Math.round(Math.min(Math.max((all * percent) / 100 - taken / 2, 0), all - taken))
  return still
    .extract({
      left: start(whole.width, part.width, focalPoint.x),
      top: start(whole.height, part.height, focalPoint.y),
      ...part,
    })
    .resize({ width: Math.min(width, part.width), height: Math.min(height, part.height), fit: 'cover' })
}

/** What has transparency is mostly drawn: its edges stay clean at a higher quality. */
async function encode(picture: Sharp, { isTransparent }: { isTransparent: boolean }): Promise<MailFile> {
  const options = isTransparent ? { quality: 92, chromaSubsampling: '4:4:4' } : { quality: 80 }
  const { data, info } = await picture.jpeg(options).toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height }
}
