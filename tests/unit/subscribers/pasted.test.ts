import { describe, expect, it } from '@jest/globals'
import { pastedFile } from '../../../src/subscribers/pasted.ts'

const lines = (...rows: string[]) => `${rows.join('\r\n')}\r\n`

describe('what somebody pastes', () => {
  it.each([
    ['one address a line', 'anna@example.com\n\n bo@example.com \n'],
    ['addresses with commas', 'anna@example.com, bo@example.com'],
    ['addresses with semicolons, the last one too', 'anna@example.com; bo@example.com;'],
    ['addresses over lines with commas', 'anna@example.com,\r\nbo@example.com,'],
  ])('is a list of %s', (_, text) => {
    expect(pastedFile(text)).toBe(lines('email', 'anna@example.com', 'bo@example.com'))
  })

  it('is what the field of a mail holds, names and all', () => {
    expect(pastedFile('Anna Berg <anna@example.com>; "Ek, Bo" <bo@example.com>')).toBe(
      lines('email', 'Anna Berg <anna@example.com>', '"""Ek, Bo"" <bo@example.com>"'),
    )
  })

  it.each([
    ['tabs', 'Anna\tanna@example.com\tLund\nBo\tbo@example.com\tMalmö'],
    ['semicolons', 'Anna;anna@example.com;Lund\nBo;bo@example.com;Malmö'],
    ['bars', 'Anna|anna@example.com|Lund\nBo|bo@example.com|Malmö'],
    ['commas', 'Anna,anna@example.com,Lund\nBo,bo@example.com,Malmö'],
  ])('is rows without a header, split by %s', (_, text) => {
    expect(pastedFile(text)).toBe(
      lines('name,email,3', 'Anna,anna@example.com,Lund', 'Bo,bo@example.com,Malmö'),
    )
  })

  it('loses the quotation marks of its cells', () => {
    expect(pastedFile('"Ek, Bo","bo@example.com"\n"Li ""Lo""",li@example.com\n')).toBe(
      lines('name,email', '"Ek, Bo",bo@example.com', '"Li ""Lo""",li@example.com'),
    )
  })

  it('keeps its own header', () => {
    expect(pastedFile('E-post;Namn\nanna@example.com;Anna\n')).toBe('E-post;Namn\nanna@example.com;Anna\n')
  })

  it.each(['', '  \n', 'Anna Berg'])('is nothing without an address: %j', (text) => {
    expect(pastedFile(text)).toBeNull()
  })

  it('is looked through in time, however long a line is', () => {
    expect(pastedFile(`a@example.com ${'"'.repeat(20_001)}`)).toContain('a@example.com')
  })
})
