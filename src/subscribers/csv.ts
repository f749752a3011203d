import { defuseCell } from './formulaCell.ts'

/**
 * Excel, where most of these files are opened, takes UTF-8 without it for the code page of Windows and shows Åsa as Ã…sa.
 * Programs that read CSV skip it, and so does the import.
 */
export const BYTE_ORDER_MARK = '\uFEFF'

/** One row (RFC 4180) with its line break; no cell of it is run as a formula. */
export const csvRow = (cells: readonly (string | number | null)[]): string =>
  `${cells.map(toCell).join(',')}\r\n`

function toCell(value: string | number | null): string {
  if (value === null) return ''
  return typeof value === 'number' ? String(value) : quoteCell(defuseCell(value))
}

const quoteCell = (text: string): string =>
  /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text
