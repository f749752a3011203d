import { describe, expect, it } from '@jest/globals'
import { cleanLine, cleanText } from '../../../src/text/cleanText.ts'

/** Char of XML 1.0, section 2.2. */
const XML = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u

describe('a text of several lines', () => {
  it.each(['\v', '\u0085', '\u2028', '\u2029'])('has %j as a line break', (mark) => {
    expect(cleanText(`a${mark}b`)).toBe('a\nb')
  })

  it('keeps tabs and line breaks as they are', () => {
    expect(cleanText('a\tb\nc\r\nd')).toBe('a\tb\nc\r\nd')
  })

  it('loses what is no text', () => {
    const marks = [
      '\0',
      '\u0002',
      '\b',
      '\f',
      '\u001f',
      '\u007f',
      '\u009f',
      '\ud800',
      '\udc00',
      '\ufdd0',
      '\ufeff',
    ]
    const others = ['\ufff9', '\ufffc', '\ufffe', '\uffff', '\u{1fffe}', '\u{10ffff}']
    expect([...marks, ...others].map((mark) => cleanText(`a${mark}b`))).toEqual(
      [...marks, ...others].map(() => 'ab'),
    )
  })

  it('keeps what letters, words and emoji are made of', () => {
    const texts = ['👩‍👩‍👧‍👦', '🏴󠁧󠁢󠁳󠁣󠁴󠁿', 'می‌خواهم', 'क्‍ष', 'sam\u00adtal', 'a\u00a0b', '\u2067שלום\u2069', '❤️']
    expect(texts.map(cleanText)).toEqual(texts)
    expect(texts.map(cleanLine)).toEqual(texts)
  })

  it('is one that XML takes, whichever character it held', () => {
    const all = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code, 97)).join('')
    expect(XML.test(all)).toBe(false)
    expect(XML.test(cleanText(all))).toBe(true)
    expect(XML.test(cleanLine(all))).toBe(true)
  })
})

it('a text of one line has spaces for line breaks and tabs, and no turned direction', () => {
  expect(cleanLine('a\vb\r\nc\td\u2028e\u202ef')).toBe('a b c d ef')
})
