import { describe, expect, it } from '@jest/globals'
import { videoUrl } from '../../../src/rich-text/urls/videoUrl.ts'

const YOUTUBE = 'https://www.youtube.com/watch?v=dQw4w9WgXcQ'

describe('the address of a video', () => {
  it.each([
    ['https://www.youtube.com/watch?v=dQw4w9WgXcQ', YOUTUBE],
    ['https://youtu.be/dQw4w9WgXcQ?si=aBcDeF', YOUTUBE],
    ['youtube.com/shorts/dQw4w9WgXcQ', YOUTUBE],
    ['http://m.youtube.com/watch?feature=share&v=dQw4w9WgXcQ', YOUTUBE],
    ['https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ', YOUTUBE],
    ['https://youtu.be/dQw4w9WgXcQ?t=90', `${YOUTUBE}&t=90`],
    ['https://vimeo.com/123456789', 'https://vimeo.com/123456789'],
    ['https://player.vimeo.com/video/123456789?h=0a1b2c3d4e', 'https://vimeo.com/123456789/0a1b2c3d4e'],
  ])('%s is %s', (written, url) => {
    expect(videoUrl(written)).toBe(url)
  })

  it.each([
    '',
    'https://example.com/video.mp4',
    'https://youtube.com.example.com/watch?v=dQw4w9WgXcQ',
    'https://user@youtube.com/watch?v=dQw4w9WgXcQ',
    'https://youtube.com:8443/watch?v=dQw4w9WgXcQ',
    'https://www.youtube.com/watch?v=short',
    'https://www.youtube.com/@kanal',
    'https://vimeo.com/kanal',
    'javascript:alert(1)//youtube.com/watch?v=dQw4w9WgXcQ',
    'data:text/html,youtube.com',
    `https://youtu.be/dQw4w9WgXcQ?${'x'.repeat(600)}`,
  ])('%s is none', (written) => {
    expect(videoUrl(written)).toBe(null)
  })
})
