import { describe, expect, it } from '@jest/globals'
import { readImage } from '../../../src/rich-text/readImage.ts'
import { media } from './stored.ts'

const baseUrl = 'https://trimero.example'
const place = { baseUrl, locale: 'sv' } as const
const read = (more: Parameters<typeof media>[0] = {}) => readImage({ media: media(more), place })
const file = (name: string, width: number, height: number) => ({
  url: `${baseUrl}/api/media/file/${name}`,
  width,
  height,
})

describe('an image', () => {
  it('has its files from small to large, absolute', () => {
    expect(read()).toEqual({
      alt: 'En kopp kaffe',
      files: [
        file('kaffe-640x360.jpg', 640, 360),
        file('kaffe-1280x720.jpg', 1280, 720),
        file('kaffe.jpg', 1600, 900),
      ],
    })
  })

  it('has one file of each width, in whole pixels', () => {
    const sizes = { small: { url: '/a.jpg', width: 639.6, height: 0.2 } }
    expect(read({ sizes, url: 'https://cdn.example/b.jpg', width: 640, height: 360 })?.files).toEqual([
      { url: `${baseUrl}/a.jpg`, width: 640, height: 1 },
    ])
  })

  it('lacks those that cannot be fetched', () => {
    const sizes = {
      a: { url: 'data:image/png;base64,AA', width: 1, height: 1 },
      b: { url: 'mailto:a@example.com', width: 2, height: 1 },
      c: { url: '/c.jpg', width: Number.NaN, height: 1 },
      d: { url: '/d.jpg', width: '3', height: 1 },
      e: null,
    }
    expect(read({ sizes, url: 'https://cdn.example/x.jpg', width: 10, height: 10 })?.files).toEqual([
      { url: 'https://cdn.example/x.jpg', width: 10, height: 10 },
    ])
  })

  it('lacks those that are gone from where they were kept', () => {
    const hasFile = (url: string) => !url.endsWith('kaffe.jpg')
    expect(
      readImage({ media: media(), place: { ...place, hasFile } })?.files.map(({ width }) => width),
    ).toEqual([640, 1280])
    expect(readImage({ media: media(), place: { ...place, hasFile: () => false } })).toBeNull()
  })

  it.each(['webp', 'avif'])(
    'that is a .%s comes as the JPEG that mail clients show, in mail alone',
    (format) => {
      const image = media({
        filename: `kaffe.${format}`,
        sizes: {
          small: { url: `/small.${format}`, width: 640, height: 360 },
          mail: { url: '/mail.jpg', width: 1200, height: 675 },
        },
        url: `/kaffe.${format}`,
        width: 1600,
        height: 900,
      })
      const widthsIn = (isMail: boolean) =>
        readImage({ media: image, place: { ...place, isMail } })?.files.map(({ width }) => width)
      expect([widthsIn(true), widthsIn(false)]).toEqual([[1200], [640, 1600]])
    },
  )

  it('in another format comes as it is, in mail too', () => {
    const mail = { url: '/mail.jpg', width: 1200, height: 675 }
    const image = media({
      filename: 'kaffe.png',
      sizes: { mail },
      url: '/kaffe.png',
      width: 1600,
      height: 900,
    })
    expect(
      readImage({ media: image, place: { ...place, isMail: true } })?.files.map(({ width }) => width),
    ).toEqual([1600])
  })

  it.each([null, undefined, 7, 'id', []])('is none when it is %p', (value) => {
    expect(readImage({ media: value, place })).toBeNull()
  })

  it('without a text has an empty one', () => {
    expect(read({ alt: null })?.alt).toBe('')
  })
})
