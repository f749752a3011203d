import { describe, expect, it } from '@jest/globals'
import { resolveUrl } from '../../../src/rich-text/resolveUrl.ts'

const baseUrl = 'https://trimero.example'
const resolve = (url: string) => resolveUrl({ url, baseUrl })

describe('an address', () => {
  it.each([
    ['https://example.com', 'https://example.com'],
    [' https://example.com/a?b=c#d ', 'https://example.com/a?b=c#d'],
    ['https://exempel.se/å', 'https://exempel.se/%C3%A5'],
    ['https://example.com/">x', 'https://example.com/%22%3Ex'],
    ['/sv/articles/grus', `${baseUrl}/sv/articles/grus`],
    ['om', `${baseUrl}/om`],
    ['//example.com/a', 'https://example.com/a'],
    ['www.example.com', 'https://www.example.com'],
    ['exempel.se/kurs?x', 'https://exempel.se/kurs?x'],
    ['exempel.example/kurs?x', 'https://exempel.example/kurs?x'],
    ['exempel.example%2Fx%3Fy%3D1', 'https://exempel.example/x?y=1'],
    ['hej%40exempel.example', 'mailto:hej@exempel.example'],
    ['hej@example.com', 'mailto:hej@example.com'],
    ['mailto:hej@example.com?subject=Hej', 'mailto:hej@example.com?subject=Hej'],
    ['tel:08-777 28 68', 'tel:08-7772868'],
    // As Payload stores what it does not take for an address.
    ['https%3A%2F%2Fexempel.se%2F%C3%A5', 'https://exempel.se/%C3%A5'],
    ['%2Fsj%C3%A4lv', `${baseUrl}/sj%C3%A4lv`],
  ])('%s becomes %s', (url, expected) => {
    expect(resolve(url)).toBe(expected)
  })

  it.each([
    '',
    ' ',
    '#del',
    'javascript:alert(1)',
    ' JavaScript:alert(1)',
    'java\nscript:alert(1)',
    'javascript%3Aalert(1)',
    'vbscript:x',
    'data:text/html,<script>',
    'file:///etc/passwd',
    'ftp://example.com',
    'https://',
    'http://[',
    'mailto:',
  ])('%p is none that everybody may follow', (url) => {
    expect(resolve(url)).toBeNull()
  })
})
