import { RECIPIENT_COLUMNS, type Recipient } from './recipient.ts'

/**
 * The receipt as CSV: RFC 4180, a header row, UTF-8. It begins with a byte order mark: without one Excel, where most of
 * these files are opened, takes UTF-8 for the code page of Windows and shows Åsa as Ã…sa. Programs that read CSV skip it.
 */
export async function* receiptCsv(pages: AsyncIterable<Recipient[]>): AsyncGenerator<string> {
  let head = BYTE_ORDER_MARK + csvRow(RECIPIENT_COLUMNS)
  for await (const recipients of pages) {
    yield head + recipients.map(toRow).join('')
    head = ''
  }
  if (head) yield head
}

const BYTE_ORDER_MARK = '\uFEFF'

const toRow = (recipient: Recipient): string => csvRow(RECIPIENT_COLUMNS.map((name) => recipient[name]))

/** One row with its line break. */
export const csvRow = (cells: readonly (string | number | null)[]): string =>
  `${cells.map(csvCell).join(',')}\r\n`

function csvCell(cell: string | number | null): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const text = RUNS_AS_FORMULA.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text
}

/**
 * A spreadsheet runs a cell that begins so, and names come from strangers. An apostrophe before it makes it a text
 * (OWASP, CSV injection); the full-width signs are what some versions take for the plain ones.
 */
const RUNS_AS_FORMULA = /^[=+\-@\t\r\n＝＋－＠]/
