import { describe, expect, it } from '@jest/globals'
import { filesOf, imageFor } from '../../../src/app/(site)/_components/imageSource.ts'
import type { Media } from '../../../src/payload-types.ts'

const file = (width: number) => ({ url: `/${width}.jpg`, width, height: width / 2 })
const image = (data: Partial<Media>): Media => ({ id: 1, alt: 'x', createdAt: '', updatedAt: '', ...data })

describe('the files of an image', () => {
  it('are its sizes from small to large, and the original', () => {
    const sizes = { small: file(640), medium: file(1280), large: file(1920) }
    expect(filesOf(image({ sizes, ...file(4000) }))).toEqual([file(640), file(1280), file(1920), file(4000)])
  })

  it('are each there once: a small image has no larger sizes, and one as wide as a size is not listed twice', () => {
    const sizes = { small: file(500), medium: { url: null, width: null, height: null } }
    expect(filesOf(image({ sizes, url: '/original.jpg', width: 500, height: 250 }))).toEqual([file(500)])
  })

  it('are none when the upload is gone', () => {
    expect(filesOf(image({ url: null }))).toEqual([])
    expect(imageFor(image({}), 640)).toBeNull()
  })

  it('of them the smallest that is wide enough is shown, else the largest', () => {
    const sizes = { small: file(640), medium: file(1280) }
    const shown = [600, 640, 641, 9000].map(
      (width) => imageFor(image({ sizes, ...file(1500) }), width)?.width,
    )
    expect(shown).toEqual([640, 640, 1280, 1500])
  })
})
