import { describe, expect, it } from '@jest/globals'
import { readUrl } from '../../../src/rich-text/urls/readUrl.ts'

const urlOf = (written: string) => {
  const read = readUrl(written)
  return read.kind === 'url' ? read.url : read.kind
}

/** As Payload's link field stored an address that it did not know: once more at each save. */
const saved = (url: string, times: number): string =>
  times === 0 ? url : saved(encodeURIComponent(url), times - 1)

describe('an address as people write it', () => {
  it.each([
    ['trimero.se/om-oss', 'https://trimero.se/om-oss'],
    ['exempel.example/x?y=1', 'https://exempel.example/x?y=1'],
    ['www.exempel.example', 'https://www.exempel.example'],
    ['www.exempel.okänd', 'https://www.exempel.okänd'],
    ['åkeri.example/väg', 'https://åkeri.example/väg'],
    ['xn--keri-toa.example', 'https://xn--keri-toa.example'],
    ['пример.рф/x', 'https://пример.рф/x'],
    ['exempel.co.uk#del', 'https://exempel.co.uk#del'],
    ['exempel.se:8080/a', 'https://exempel.se:8080/a'],
    ['localhost:3000/a', 'http://localhost:3000/a'],
    ['192.0.2.1:80/x', 'https://192.0.2.1:80/x'],
    ['//exempel.se/x', 'https://exempel.se/x'],
    ['HTTPS://Exempel.se/A', 'https://Exempel.se/A'],
    ['exempel.se.', 'https://exempel.se'],
    ['https:/exempel.se', 'https://exempel.se'],
    ['https//exempel.se', 'https://exempel.se'],
    ['https://https://exempel.se/a', 'https://exempel.se/a'],
    ['https://hej@exempel.se', 'https://hej@exempel.se'],
    ['https:///sok', '/sok'],
    ['https://exempel.example/a b', 'https://exempel.example/a%20b'],
    ['https://exempel.example/å?q=ö', 'https://exempel.example/å?q=ö'],
    ['\u200bhttps://exempel.se\u2028', 'https://exempel.se'],
    ['<https://exempel.se/a>', 'https://exempel.se/a'],
    ['(exempel.se)', 'https://exempel.se'],
    ['”www.exempel.se”', 'https://www.exempel.se'],
    ['exempel.se,', 'https://exempel.se'],
    ['https://exempel.se).', 'https://exempel.se'],
    ['https://exempel.se/a).', 'https://exempel.se/a'],
    ['https://exempel.se/a,', 'https://exempel.se/a'],
    ['https://exempel.se/a”),', 'https://exempel.se/a'],
    ['https://sv.example/wiki/Å_(ö)).', 'https://sv.example/wiki/Å_(ö)'],
    ['https://exempel.se/Inc.', 'https://exempel.se/Inc.'],
    ['https%3A//exempel.se/a', 'https://exempel.se/a'],
    ['https://exempel.se/?a=1&amp;b=2', 'https://exempel.se/?a=1&b=2'],
    ['https://exempel.se/?a=1&amp;amp;b=2', 'https://exempel.se/?a=1&b=2'],
    ['https://exempel.se\\@annan.example', 'https://exempel.se/@annan.example'],
    ['https://exempel.se/"><b>', 'https://exempel.se/%22%3E%3Cb%3E'],
    ['https://sv.example/wiki/Å_(ö)', 'https://sv.example/wiki/Å_(ö)'],
  ])('%s is a web address: %s', (written, url) => {
    expect(urlOf(written)).toBe(url)
  })

  it.each([
    ['hej@exempel.example', 'mailto:hej@exempel.example'],
    ['hej@åkeri.example?subject=Hej på dig', 'mailto:hej@åkeri.example?subject=Hej%20på%20dig'],
    ['mailto:hej@exempel.example?subject=Hej på dig', 'mailto:hej@exempel.example?subject=Hej%20på%20dig'],
    ['mailto: Anna <anna@exempel.example>', 'mailto:anna@exempel.example'],
    ['mailto:a@exempel.se, b@exempel.se', 'mailto:a@exempel.se,b@exempel.se'],
    ['mailto:?subject=Läs', 'mailto:?subject=Läs'],
    ['mailto://hej@exempel.example', 'mailto:hej@exempel.example'],
    ['mailto:hej%40exempel.example', 'mailto:hej@exempel.example'],
    ['hej@exempel.example.', 'mailto:hej@exempel.example'],
    ['(08) 123 45 67', 'tel:(08)1234567'],
    ['tel://08-123 45', 'tel:08-12345'],
    ['tel:+46 8-123 45 67', 'tel:+468-1234567'],
    ['tel:+46 (0)8-123 45 67', 'tel:+468-1234567'],
    ['tel:112', 'tel:112'],
    ['08-123 45 67', 'tel:08-1234567'],
    ['+46 8 123 45 67', 'tel:+4681234567'],
    ['sms:+46 70 123?body=Hej du', 'sms:+4670123?body=Hej%20du'],
  ])('%s reaches a person: %s', (written, url) => {
    expect(urlOf(written)).toBe(url)
  })

  it.each([
    ['/sok?q=å&x=1', '/sok?q=å&x=1'],
    ['/a b', '/a%20b'],
    ['?x=1', '?x=1'],
    ['#del', '#del'],
    ['om-oss', '/om-oss'],
    ['om-oss/kontakt', '/om-oss/kontakt'],
    ['./om-oss', '/om-oss'],
    ['rapport.pdf', '/rapport.pdf'],
    ['index.html#del', '/index.html#del'],
    ['bilder.zip', '/bilder.zip'],
  ])('%s is on this site: %s', (written, url) => {
    expect(urlOf(written)).toBe(url)
  })
})

describe('an address that Payload has damaged', () => {
  const urls = [
    'https://exempel.example/x?y=1',
    'http://exempel.example/a%2Fb?c=%25',
    'https://localhost/å',
    'mailto:hej@exempel.example',
    '/sok?q=å&x=1',
    '/sök?q=100%25',
  ]
  it.each(urls.flatMap((url) => [0, 1, 2, 5].map((times) => [url, times] as const)))(
    'is what it was: %s, saved %i times',
    (url, times) => {
      expect(urlOf(saved(url, times))).toBe(url)
    },
  )

  it.each([
    ['trimero.se%2Fom-oss', 'https://trimero.se/om-oss'],
    ['http%253A%252F%252Fexempel.example%252Fa', 'http://exempel.example/a'],
    ['hej%40exempel.example', 'mailto:hej@exempel.example'],
    ['https%3a%2f%2fexempel.se%2f', 'https://exempel.se/'],
  ])('%s is %s again', (stored, url) => {
    expect(urlOf(stored)).toBe(url)
  })

  it.each([
    'https://exempel.example/a%2Fb',
    'https://exempel.example/?next=https%3A%2F%2Fexempel.se%2F%25',
    '/a%2Fb?c=%25',
    'https://exempel.example/100%',
  ])('is not %s: that is how it is written', (url) => {
    expect(urlOf(url)).toBe(url)
  })
})

const PIECES = [
  ...[
    'java',
    'script',
    ':',
    'javascript:',
    'data:',
    'http',
    'https',
    '://',
    '/',
    '//',
    '\\',
    'www.',
    'exempel.se',
  ],
  ...['a', 'å', '@', '?', '#', '&', '=', '%', '%20', '%2F', '%3A', '%25', '%40', '&amp;', '&#58;', '&colon;'],
  ...[
    '\t',
    '\n',
    '\0',
    '\u200b',
    '\u00a0',
    ' ',
    '.',
    ',',
    '(',
    ')',
    '[',
    ']',
    '<',
    '>',
    '"',
    '”',
    '`',
    'mailto:',
  ],
  ...[
    'tel:',
    '+46',
    '08',
    '-',
    '123',
    '..',
    'localhost',
    '[::1]',
    '🎉',
    '\ud800',
    ':8080',
    'file:',
    '{',
    '|',
  ],
  ...['\u202e', '\u200d', 'C:', '%0a', '%6A', 'İ', 'ſ'],
]
/** The same texts in each run: mulberry32 with a fixed seed. */
function textsOfPieces(count: number): string[] {
  let state = 42
  const below = (end: number) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % end
  }
  return Array.from({ length: count }, () =>
    Array.from({ length: 1 + below(7) }, () => PIECES[below(PIECES.length)]).join(''),
  )
}

it('reads whatever it gives as itself, and gives only what is safe to put into a page', () => {
  const site = 'https://site.example'
  const wrong = textsOfPieces(20_000).filter((written) => {
    const url = urlOf(written)
    if (url === 'unsafe' || url === 'unclear') return false
    const { origin, protocol } = new URL(url, `${site}/`)
    const isOfSite = !/^[/?#]/.test(url) || origin === site
    const isSafe = ['http:', 'https:', 'mailto:', 'tel:', 'sms:'].includes(protocol)
    return urlOf(url) !== url || !isOfSite || !isSafe || /[\s"<>`\p{Cc}\p{Cs}]/u.test(url)
  })
  expect(wrong).toEqual([])
})

describe('an address that could run or read something', () => {
  it.each([
    'javascript:alert(1)',
    ' JavaScript:alert(1)',
    'java\tscript:alert(1)',
    'java\u0000script:alert(1)',
    'java\u200dscript:alert(1)',
    '\u0001javascript:alert(1)',
    '(javascript:alert(1))',
    'ｊavascript:alert(1)',
    'javascript：alert(1)',
    '(javascript:alert(1)',
    '”javascript:alert(1)',
    '&#106;avascript:alert(1)',
    '&#x6A;avascript:alert(1)',
    'jav&Tab;ascript&colon;alert(1)',
    '%6Aavascript:alert(1)',
    'javascript%3Aalert(1)',
    saved('javascript:alert("å")', 3),
    'https://javascript:alert(1)',
    'vbscript:x',
    'data:text/html,<script>',
    'file:///etc/passwd',
    'C:\\Users\\anna\\brev.docx',
    '\\\\server\\brev.docx',
    '/\\exempel.se',
    'blob:https://exempel.se/1',
    'ftp://exempel.se',
    'intent://x',
    'view-source:https://exempel.se',
  ])('%j is never let through', (written) => {
    expect(readUrl(written).kind).not.toBe('url')
  })
})

it.each([
  '',
  ' ',
  'https://',
  'http://[',
  'https://a b',
  'mailto:',
  'mailto:anna',
  'tel:',
  'tel:anna',
  'läs mer',
  '@anna',
  'https://exempel.se https://exempel.example',
  'https://exempel.se\nhttps://exempel.example',
  'https://exempel.se/a www.exempel.example',
])('%j is no address', (written) => {
  expect(readUrl(written)).toEqual({ kind: 'unclear' })
})
