import { csvRow } from './csv.ts'

/** How somebody pastes a list: from a spreadsheet (tabs), a file, or the field of a mail (semicolons or commas). */
const SEPARATORS = ['\t', ';', '|', ','] as const

/** So many lines are looked at to see what stands where. */
const LINES_OF_LOOK = 200

/**
 * What somebody has pasted, as the text of a CSV file with a header: rows that have one stay as they are; a list of addresses, one
 * a line or many, becomes one column; rows without a header get one, in which the column of the addresses has its name.
 * @returns null where there is no address in it.
 */
export function pastedFile(text: string): string | null {
  const lines = text.split(/\r\n|\n|\r/).filter((line) => line.trim() !== '')
  const [first = ''] = lines
  if (!lines.some((line) => line.includes('@'))) return null
  if (!first.includes('@')) return `${lines.join('\n')}\n`
  const separator = separatorOf(lines)
  const rows = lines.map((line) => cellsOf(line, separator))
  const cells = rows.flat().filter((cell) => cell !== '')
  if (cells.every((cell) => cell.includes('@')))
    return fileOf(
      ['email'],
      cells.map((cell) => [cell]),
    )
  const width = Math.max(...rows.slice(0, LINES_OF_LOOK).map((row) => row.length))
  return fileOf(
    headerOf(rows.slice(0, LINES_OF_LOOK), width),
    rows.map((row) => row.map(unquoted)),
  )
}

/** A cell of a table as a spreadsheet or another program writes it in quotation marks. */
const unquoted = (cell: string): string =>
  /^"(?:[^"]|"")*"$/.test(cell) ? cell.slice(1, -1).replaceAll('""', '"').trim() : cell

const fileOf = (header: string[], rows: string[][]): string =>
  [header, ...rows].map((row) => csvRow(row)).join('')

/** The first that splits something: what is inside quotation marks or beside an address is never split by a weaker one. */
function separatorOf(lines: readonly string[]): string | null {
  const looked = lines.slice(0, LINES_OF_LOOK)
  return SEPARATORS.find((separator) => looked.some((line) => parts(line, separator).length > 1)) ?? null
}

function cellsOf(line: string, separator: string | null): string[] {
  const cells = (separator === null ? [line] : parts(line, separator)).map((cell) => cell.trim())
  return cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1)
}

/** A comma within quotation marks belongs to a name: `"Ek, Anna" <anna@example.com>`. A mark that stands alone is a sign. */
function parts(line: string, separator: string): string[] {
  const isPaired = line.split('"').length % 2 === 1
  const found: string[] = []
  let start = 0
  let isInside = false
  for (let at = 0; at < line.length; at += 1) {
    if (line[at] === '"' && isPaired) isInside = !isInside
    if (line[at] !== separator || isInside) continue
    found.push(line.slice(start, at))
    start = at + 1
  }
  return [...found, line.slice(start)]
}

/** The column with most addresses; the first of the others is the name. */
function headerOf(rows: string[][], width: number): string[] {
  const counts = Array.from(
    { length: width },
    (_, place) => rows.filter((row) => row[place]?.includes('@')).length,
  )
  const email = counts.indexOf(Math.max(...counts))
  const name = email === 0 ? 1 : 0
  return counts.map((_, place) => (place === email ? 'email' : place === name ? 'name' : `${place + 1}`))
}
