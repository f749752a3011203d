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

  const sizes = {
    small: { url: '/small.webp', width: 640, height: 360 },
    mail: { url: '/mail.jpg', width: 1200, height: 675 },
    thumb: { url: '/thumb.jpg', width: 224, height: 168 },
    portrait: { url: '/portrait.jpg', width: 96, height: 96 },
  }
  const none = { url: null, width: null, height: null }
  const widthsOf = (more: Parameters<typeof media>[0], options: { isMail: boolean; crop?: 'thumb' }) => {
    const image = media({ url: '/kaffe.webp', width: 1600, height: 900, ...more })
    const { isMail, crop } = options
    return readImage({ media: image, place: { ...place, isMail }, crop })?.files.map(({ width }) => width)
  }

  it('comes as the file that is made for mail, in mail alone', () => {
    expect([widthsOf({ sizes }, { isMail: true }), widthsOf({ sizes }, { isMail: false })]).toEqual([
      [1200],
      [640, 1600],
    ])
  })

  it('comes as it is in mail too where no file is made for it', () => {
    expect(widthsOf({ sizes: { ...sizes, mail: none } }, { isMail: true })).toEqual([640, 1600])
  })

  it('is cut in mail where a cut file is made, and else as it is in mail', () => {
    expect([
      widthsOf({ sizes }, { isMail: true, crop: 'thumb' }),
      widthsOf({ sizes }, { isMail: false, crop: 'thumb' }),
      widthsOf({ sizes: { ...sizes, thumb: none } }, { isMail: true, crop: 'thumb' }),
      widthsOf({ sizes: { small: sizes.small } }, { isMail: true, crop: 'thumb' }),
    ]).toEqual([[224], [640, 1600], [1200], [640, 1600]])
  })

  it.each([null, undefined, 7, 'id', []])('is none when it is %p', (value) => {
    expect(readImage({ media: value, place })).toBeNull()
  })

  it('without a text has an empty one', () => {
    expect(read({ alt: null })?.alt).toBe('')
  })
})
