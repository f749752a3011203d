import { parse } from 'csv-parse/sync'
import iconv from 'iconv-lite'
import { describe, expect, it } from '@jest/globals'
import { csvRow } from '../../../src/subscribers/csv.ts'
import { noCounts } from '../../../src/subscribers/problems.ts'
import { importing, refused, subscriber } from './importing.ts'

const choices = { consentSource: 'form' }
const ASA = subscriber({ email: 'asa@example.com', name: 'Åsa Öberg' })
const BO = subscriber({ email: 'bo@example.com', name: 'Bo, Ek; "Bosse"' })

const rowsOf = (separator: string) =>
  [
    ['Namn', 'E-post'],
    ['Åsa Öberg', 'asa@example.com'],
    [`"Bo, Ek; ""Bosse"""`, 'bo@example.com'],
  ].map((cells) => cells.join(separator))

const SEPARATORS = { commas: ',', semicolons: ';', tabs: '\t', 'vertical bars': '|' }
const ENCODINGS = {
  'UTF-8': (text: string) => Buffer.from(text),
  'UTF-8 with a byte order mark': (text: string) => Buffer.from(`\uFEFF${text}`),
  'Windows-1252': (text: string) => iconv.encode(text, 'win1252'),
  'Mac OS Roman': (text: string) => iconv.encode(text, 'macroman'),
  'UTF-16 LE': (text: string) => iconv.encode(text, 'utf16le', { addBOM: true }),
  'UTF-16 BE': (text: string) => iconv.encode(text, 'utf16-be', { addBOM: true }),
  'UTF-16 LE without a mark': (text: string) => iconv.encode(text, 'utf16le'),
}
const BREAKS = { 'CR LF': '\r\n', LF: '\n', CR: '\r' }

const cases = Object.entries(ENCODINGS).flatMap(([encoding, encode]) =>
  Object.entries(SEPARATORS).flatMap(([separator, sign]) =>
    Object.entries(BREAKS).map(([name, end]) => ({
      what: `${encoding}, ${separator}, ${name}`,
      content: encode(rowsOf(sign).join(end) + end),
    })),
  ),
)

describe('a file as a spreadsheet saves it', () => {
  it.each(cases)('is read: $what', async ({ content }) => {
    const { added, leftOut, ignored } = await importing(content, { choices })
    expect({ added, leftOut, ignored }).toEqual({ added: [ASA, BO], leftOut: [], ignored: [] })
  })

  it('may name its separator in the first line, as Excel does', async () => {
    const lines = (separator: string) => [`sep=${separator}`, ...rowsOf(separator)].join('\r\n')
    for (const separator of [';', ',', '\t']) {
      const { added, leftOut } = await importing(`\uFEFF${lines(separator)}`, { choices })
      expect({ separator, added, leftOut }).toEqual({ separator, added: [ASA, BO], leftOut: [] })
    }
  })

  it('may have columns without a name, rows without a value, and short rows where the last cells are empty', async () => {
    const { added, leftOut } = await importing(
      ['Namn;E-post;Ämnen;;', 'Åsa Öberg;asa@example.com;;;;;', ';;;;', 'Bo;bo@example.com', ';;;;', ';;;;'],
      { choices },
    )
    expect(leftOut).toEqual([])
    expect(added).toEqual([ASA, subscriber({ email: 'bo@example.com', name: 'Bo' })])
    const ours = await importing(['email,name,,', 'asa@example.com,Åsa Öberg,,'], { choices })
    expect(ours.added).toEqual([ASA])
  })

  it('may have a title above its header, and the lines are counted from the top', async () => {
    const { added, leftOut } = await importing(
      ['Prenumeranter 2026;;', ';;', 'Namn;E-post;', 'Åsa Öberg;asa@example.com;', 'Bo;bo;'],
      { choices },
    )
    expect(added).toEqual([ASA])
    expect(leftOut).toEqual([refused(5, '“bo” is not an e-mail address')])
  })

  it('is split as its header is, whatever stands in a name', async () => {
    const { added } = await importing(
      ['Efternamn, förnamn;E-post', 'Ek, Bo, Bosse;bo@example.com', 'Öberg, Åsa;asa@example.com'],
      { choices: { ...choices, mapping: { name: 'Efternamn, förnamn' } } },
    )
    expect(added.map(({ name }) => name)).toEqual(['Ek, Bo, Bosse', 'Öberg, Åsa'])
  })

  it.each([
    'E-post',
    'e-post',
    'E-postadress',
    'EPOST',
    'Email',
    'E-Mail',
    'email_address',
    'Email Address',
    'Mejladress',
  ])('has the address in the column %j', async (name) => {
    const { added } = await importing(
      [`Förnamn;${name};EFTERNAMN;Språk;Ämnen`, 'Åsa;asa@example.com;Öberg;Svenska;Team'],
      {
        choices,
      },
    )
    expect(added).toEqual([{ ...ASA, topicIds: ['2'] }])
  })

  it('is Windows-1252 also when that shows in its last line alone', async () => {
    const people = Array.from({ length: 20_000 }, (_, index) => `p${index}@example.com;Person`)
    const { counts, added } = await importing(
      iconv.encode(['E-post;Namn', ...people, 'asa@example.com;Åsa Öberg'].join('\r\n'), 'win1252'),
      { choices },
    )
    expect(counts).toEqual({ ...noCounts(), imported: 20_001 })
    expect(added.at(-1)).toEqual(ASA)
  })

  it('is one of our own when it was opened there and saved again', async () => {
    const own = [
      'email;name;locale;topics;consent_source',
      'asa@example.com;Åsa Öberg;sv;team|ledarskap;mässan',
    ]
    const { added } = await importing(iconv.encode(own.join('\r\n'), 'win1252'))
    expect(added).toEqual([{ ...ASA, topicIds: ['2', '1'], consentSource: 'mässan' }])
  })
})

describe('a row for a Swedish spreadsheet', () => {
  it.each([['a;b'], ['a,b'], ['"'], ['=1+1'], ['x;=1'], ['två\nrader'], [' mellanslag ']])(
    'keeps %j in one cell, split by semicolons, and runs no formula of it',
    (cell) => {
      const [[read = '', after] = []] = parse(csvRow([cell, 'after'], ';'), { delimiter: ';' }) as string[][]
      expect({ read: read.replaceAll("'", ''), after }).toEqual({ read: cell, after: 'after' })
      expect(read).not.toMatch(/(^|[;\n])[=+\-@]/)
    },
  )
})
