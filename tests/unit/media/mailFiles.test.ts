import { describe, expect, it } from '@jest/globals'
import sharp, { type Color } from 'sharp'
import { makeMailFiles } from '../../../src/media/mailFiles.ts'

const CENTRE = { x: 50, y: 50 }
const CLEAR = { r: 0, g: 0, b: 0, alpha: 0 }

/** A disc of one colour in the middle of what is transparent. */
const disc = (fill: string) =>
  sharp({ create: { width: 400, height: 200, channels: 4, background: CLEAR } }).composite([
    {
      input: Buffer.from(
        `<svg width="400" height="200"><circle cx="200" cy="100" r="90" fill="${fill}"/></svg>`,
      ),
    },
  ])

const opaque = ({
  width,
  height,
  background = '#a33',
}: {
  width: number
  height: number
  background?: Color
}) => sharp({ create: { width, height, channels: 3, background } })

/** Frames of 400 x 200, the first one red. */
async function moving(format: 'webp' | 'gif'): Promise<Buffer> {
  const frames = await Promise.all(
    ['#ff0000', '#00ff00', '#0000ff'].map((background) =>
      opaque({ width: 400, height: 200, background }).png().toBuffer(),
    ),
  )
  return sharp(frames, { join: { animated: true } })
    .toFormat(format)
    .toBuffer()
}

const pixelOf = async (data: Buffer | undefined, { left, top }: { left: number; top: number }) => {
  const raw = await sharp(data).extract({ left, top, width: 1, height: 1 }).raw().toBuffer()
  return [...raw].map((value) => Math.round(value / 17) * 17)
}

describe('the file that stands for a picture in mail', () => {
  it.each(['webp', 'avif'] as const)('is a JPEG of a %s, at most 1200 pixels wide', async (format) => {
    const data = await opaque({ width: 1600, height: 900 }).toFormat(format).toBuffer()
    const { mail } = await makeMailFiles({ data, focalPoint: CENTRE })
    const { format: made, width, height } = await sharp(mail?.data).metadata()
    expect([mail?.width, mail?.height, made, width, height]).toEqual([1200, 675, 'jpeg', 1200, 675])
  })

  it.each(['jpeg', 'png', 'gif'] as const)('is not needed for a whole %s', async (format) => {
    const data = await opaque({ width: 40, height: 20 }).toFormat(format).toBuffer()
    expect((await makeMailFiles({ data, focalPoint: CENTRE })).mail).toBeNull()
  })

  it('is not needed for a PNG whose transparency nobody sees', async () => {
    const data = await opaque({ width: 40, height: 20 }).ensureAlpha().png().toBuffer()
    expect((await makeMailFiles({ data, focalPoint: CENTRE })).mail).toBeNull()
  })

  it.each([
    ['png', '#000000', [255, 255, 255]],
    ['png', '#0b1b2b', [255, 255, 255]],
    ['webp', '#cc2200', [255, 255, 255]],
    ['avif', '#000000', [255, 255, 255]],
    ['gif', '#000000', [255, 255, 255]],
    ['png', '#ffffff', [34, 17, 17]],
    ['webp', '#f5f0e6', [34, 17, 17]],
  ] as const)('of a transparent %s in %s has a ground that it is told from', async (format, fill, ground) => {
    const data = await disc(fill).toFormat(format).toBuffer()
    const { mail } = await makeMailFiles({ data, focalPoint: CENTRE })
    const [corner, middle] = [
      await pixelOf(mail?.data, { left: 2, top: 2 }),
      await pixelOf(mail?.data, { left: 200, top: 100 }),
    ]
    expect([corner, middle?.every((value, index) => Math.abs(value - (ground[index] ?? 0)) < 40)]).toEqual([
      [...ground],
      false,
    ])
  })

  it('of a moving WebP is its first frame, in its own size', async () => {
    const { mail } = await makeMailFiles({ data: await moving('webp'), focalPoint: CENTRE })
    const [red = 0, green = 0, blue = 0] = await pixelOf(mail?.data, { left: 5, top: 5 })
    expect([mail?.width, mail?.height, red > 200, green < 50, blue < 50]).toEqual([
      400,
      200,
      true,
      true,
      true,
    ])
  })

  it('is not made of a moving GIF, which every client shows', async () => {
    expect((await makeMailFiles({ data: await moving('gif'), focalPoint: CENTRE })).mail).toBeNull()
  })
})

describe('what is cut out for mail', () => {
  it.each([
    [900, 2700, [224, 168], [96, 96]],
    [4000, 400, [224, 168], [96, 96]],
    [600, 800, [224, 168], [96, 96]],
    [100, 300, [100, 75], [96, 96]],
    [1, 1, [1, 1], [1, 1]],
    [3, 500, [3, 2], [3, 3]],
  ])('of %i x %i has one shape and is never enlarged', async (width, height, thumb, portrait) => {
    const data = await opaque({ width, height }).jpeg().toBuffer()
    const made = await makeMailFiles({ data, focalPoint: CENTRE })
    expect([
      [made.thumb?.width, made.thumb?.height],
      [made.portrait?.width, made.portrait?.height],
    ]).toEqual([thumb, portrait])
  })

  it.each([
    [0, 'red'],
    [100, 'blue'],
  ])('shows the focal point: %i per cent from the left', async (x, colour) => {
    const right = await opaque({ width: 200, height: 200, background: '#0000ff' }).png().toBuffer()
    const data = await opaque({ width: 400, height: 200, background: '#ff0000' })
      .composite([{ input: right, left: 200, top: 0 }])
      .png()
      .toBuffer()
    const { portrait } = await makeMailFiles({ data, focalPoint: { x, y: 50 } })
    const { channels } = await sharp(portrait?.data).stats()
    expect((channels[0]?.mean ?? 0) > (channels[2]?.mean ?? 0) ? 'red' : 'blue').toBe(colour)
  })

  it('shows the first frame of what moves', async () => {
    const { thumb, portrait } = await makeMailFiles({ data: await moving('gif'), focalPoint: CENTRE })
    expect([thumb?.width, thumb?.height, portrait?.width]).toEqual([224, 168, 96])
  })
})
