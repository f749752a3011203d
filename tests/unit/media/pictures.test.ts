import { deflateSync } from 'node:zlib'
import { describe, expect, it } from '@jest/globals'
import sharp from 'sharp'
import { cleanPicture, PictureError } from '../../../src/media/pictures.ts'

const SECRET = 'Anna Hemlig'
const XMP = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">${SECRET}</rdf:RDF></x:xmpmeta>`
const TYPES = ['jpeg', 'png', 'webp', 'avif'] as const

const talkative = ({ type, orientation }: { type: (typeof TYPES)[number]; orientation: number }) =>
  sharp({ create: { width: 40, height: 20, channels: 3, background: '#a33' } })
    .withMetadata({ orientation })
    .withExifMerge({ IFD0: { Artist: SECRET }, IFD3: { GPSLatitude: '59/1 19/1 0/1' } })
    .withXmp(XMP)
    .withIccProfile('p3')
    .toFormat(type)
    .toBuffer()

const codeOf = (data: Buffer) =>
  cleanPicture(data).then(
    () => null,
    (error: unknown) => (error instanceof PictureError ? error.code : error),
  )

describe.each(TYPES)('a picture as %s', (type) => {
  it.each([1, 3, 6, 8])(
    'tells only what it shows, with its colours, and stands upright: orientation %i',
    async (orientation) => {
      const data = await talkative({ type, orientation })
      expect(data.includes(SECRET)).toBe(true)
      const picture = await cleanPicture(data)
      const { exif, xmp, icc, orientation: left, width, height } = await sharp(picture.data).metadata()
      // An AVIF turns by a property of its own; EXIF does not turn it (HEIF, ISO/IEC 23008-12, 6.5.10).
      const isTurned = orientation >= 6
      const size = isTurned ? [20, 40] : [40, 20]
      expect([picture.width, picture.height, width, height]).toEqual([...size, ...size])
      expect([exif, xmp, left, icc !== undefined]).toEqual([undefined, undefined, undefined, true])
      expect(picture.data.includes(SECRET)).toBe(false)
    },
  )
})

describe('a picture that stands upright', () => {
  it.each(['jpeg', 'png'] as const)('keeps its very pixels: %s', async (type) => {
    const data = await talkative({ type, orientation: 1 })
    const pixels = (file: Buffer) => sharp(file).raw().toBuffer()
    expect(await pixels((await cleanPicture(data)).data)).toEqual(await pixels(data))
  })

  it('is the same file once it is clean', async () => {
    const { data } = await cleanPicture(await talkative({ type: 'jpeg', orientation: 6 }))
    expect((await cleanPicture(data)).data).toEqual(data)
  })

  it('loses comments, a second picture and whatever follows its end', async () => {
    const plain = await sharp({ create: { width: 40, height: 20, channels: 3, background: '#a33' } })
      .jpeg({ progressive: true })
      .toBuffer()
    const comment = segment(0xfe, SECRET)
    const iptc = segment(0xed, `Photoshop 3.0\0${SECRET}`)
    const second = segment(0xe2, `MPF\0${SECRET}`)
    const data = Buffer.concat([
      plain.subarray(0, 2),
      comment,
      iptc,
      second,
      plain.subarray(2),
      Buffer.from(SECRET),
    ])
    expect((await cleanPicture(data)).data).toEqual((await cleanPicture(plain)).data)
  })

  it('loses the texts of a PNG and what follows its end', async () => {
    const plain = await sharp({ create: { width: 40, height: 20, channels: 3, background: '#a33' } })
      .png()
      .toBuffer()
    const header = plain.subarray(0, 33)
    const texts = [
      chunk('tEXt', `Author\0${SECRET}`),
      chunk('iTXt', `Author\0\0\0\0\0${SECRET}`),
      chunk('prVt', SECRET),
    ]
    const data = Buffer.concat([header, ...texts, plain.subarray(33), Buffer.from(SECRET)])
    const { data: clean } = await cleanPicture(data)
    expect(clean.includes(SECRET)).toBe(false)
    expect(await sharp(clean).raw().toBuffer()).toEqual(await sharp(plain).raw().toBuffer())
  })
})

it.each(['gif', 'webp'] as const)('an animation keeps its frames: %s', async (type) => {
  const frame = (background: string) =>
    sharp({ create: { width: 40, height: 20, channels: 3, background } })
      .png()
      .toBuffer()
  const frames = await Promise.all(['#f00', '#0f0', '#00f'].map(frame))
  const data = await sharp(frames, { join: { animated: true } })
    .withXmp(XMP)
    .toFormat(type)
    .toBuffer()
  const picture = await cleanPicture(data)
  const { pages, pageHeight } = await sharp(picture.data, { animated: true }).metadata()
  expect([picture.width, picture.height, pages, pageHeight]).toEqual([40, 20, 3, 20])
  expect(picture.data.includes(SECRET)).toBe(false)
})

describe('a file that is refused', () => {
  it('is a picture of more than 64 megapixels, which is not decoded', async () => {
    const header = Buffer.alloc(13)
    header.writeUInt32BE(16_000, 0)
    header.writeUInt32BE(16_000, 4)
    header.set([8, 0], 8)
    const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
    const rows = deflateSync(Buffer.alloc(100))
    const bomb = Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', '')])
    expect(await codeOf(bomb)).toBe('too_many_pixels')
  })

  it.each([
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
    ['a text', Buffer.from('no picture')],
    ['nothing', Buffer.alloc(0)],
    ['a HEIC', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1')],
  ])('is %s', async (_, data) => expect(await codeOf(data)).toBe('unknown_type'))

  it('is a TIFF', async () => {
    const data = await sharp({ create: { width: 9, height: 9, channels: 3, background: '#a33' } })
      .tiff()
      .toBuffer()
    expect(await codeOf(data)).toBe('unknown_type')
  })
})

function segment(marker: number, text: string): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(text.length + 2, 2)
  return Buffer.concat([head, Buffer.from(text, 'latin1')])
}

function chunk(name: string, body: Buffer | string): Buffer {
  const data = Buffer.concat([Buffer.from(name, 'latin1'), Buffer.from(body)])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length - 4)
  sum.writeUInt32BE(crc32(data))
  return Buffer.concat([length, data, sum])
}

/** W3C PNG, annex D. */
function crc32(data: Buffer): number {
  let sum = 0xffffffff
  for (const byte of data) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1
  }
  return (sum ^ 0xffffffff) >>> 0
}

describe('a GIF or WebP', () => {
  const still = () => sharp({ create: { width: 40, height: 20, channels: 3, background: '#a33' } })
  const blue = { create: { width: 40, height: 20, channels: 3 as const, background: '#33a' } }
  const moving = async () => {
    const frames = [await still().png().toBuffer(), await sharp(blue).png().toBuffer()]
    return sharp(frames, { join: { animated: true } })
      .gif({ delay: [100, 200], loop: 3 })
      .toBuffer()
  }
  const extension = (label: number, ...parts: string[]) =>
    Buffer.concat([
      Buffer.from([0x21, label]),
      ...parts.flatMap((part) => [Buffer.from([part.length]), Buffer.from(part)]),
      Buffer.from([0]),
    ])
  const framesOf = async (file: Buffer) => {
    const image = sharp(file, { animated: true })
    const { pages, delay, loop, icc } = await image.metadata()
    return { pixels: await image.raw().toBuffer(), pages, delay, loop, icc }
  }

  it.each([
    ['a comment', extension(0xfe, SECRET), Buffer.alloc(0)],
    ['XMP', extension(0xff, 'XMP DataXMP', SECRET), Buffer.alloc(0)],
    ['a script after its end', Buffer.alloc(0), Buffer.from(`<script>${SECRET}</script>`)],
  ])('loses %s and keeps its frames: GIF', async (_, before, after) => {
    const plain = await moving()
    const told = Buffer.concat([plain.subarray(0, -1), before, plain.subarray(-1), after])
    const { data } = await cleanPicture(told)
    expect([data.equals(plain), await framesOf(data)]).toEqual([true, await framesOf(plain)])
  })

  it('loses EXIF, XMP, what nobody knows and what follows its end, and keeps its frames and colours: WebP', async () => {
    const image = sharp(await moving(), { animated: true }).withIccProfile('p3')
    const told = await image
      .withExifMerge({ IFD0: { Artist: SECRET } })
      .withXmp(XMP)
      .webp()
      .toBuffer()
    const chunk = Buffer.concat([
      Buffer.from('ABCD'),
      Buffer.from([SECRET.length, 0, 0, 0]),
      Buffer.from(SECRET),
    ])
    const odd = Buffer.concat([told, chunk, Buffer.alloc(SECRET.length % 2)])
    odd.writeUInt32LE(odd.length - 8, 4)
    const { data } = await cleanPicture(Buffer.concat([odd, Buffer.from(`<script>${SECRET}`)]))
    const { exif, xmp } = await sharp(data).metadata()
    expect([data.includes(SECRET), exif, xmp]).toEqual([false, undefined, undefined])
    expect(await framesOf(data)).toEqual(await framesOf(told))
  })
})
