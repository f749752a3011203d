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

it('reads its own answers as themselves', () => {
  const written = [
    'exempel.se/å b',
    'hej@exempel.se?subject=a b',
    'tel:08-12 34',
    'om-oss',
    '%2Fa%252Fb',
    'C#',
  ]
  for (const text of written) {
    const url = urlOf(text)
    expect({ text, again: urlOf(url) }).toEqual({ text, again: url })
  }
})

describe('an address that could run or read something', () => {
  it.each([
    'javascript:alert(1)',
    ' JavaScript:alert(1)',
    'java\tscript:alert(1)',
    'java\u0000script:alert(1)',
    'java\u200dscript:alert(1)',
    '\u0001javascript:alert(1)',
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
])('%j is no address', (written) => {
  expect(readUrl(written)).toEqual({ kind: 'unclear' })
})
