import { defuseCell } from './formulaCell.ts'

/**
 * Excel, where most of these files are opened, takes UTF-8 without it for the code page of Windows and shows Åsa as Ã…sa.
 * Programs that read CSV skip it, and so does the import.
 */
export const BYTE_ORDER_MARK = '\uFEFF'

/** Between two values: what a Swedish Excel, and most of those in Europe, opens in columns is split by semicolons. */
export type Separator = ',' | ';'

/** What a spreadsheet opens in columns for somebody who reads this language. */
export const separatorFor = (language: string): Separator => (language === 'sv' ? ';' : ',')

/** One row (RFC 4180) with its line break; no cell of it is run as a formula. */
export const csvRow = (cells: readonly (string | number | null)[], separator: Separator = ','): string =>
  `${cells.map(toCell).join(separator)}\r\n`

function toCell(value: string | number | null): string {
  if (value === null) return ''
  return typeof value === 'number' ? String(value) : quoteCell(defuseCell(value))
}

/** Quoted are both separators in either kind of file: whoever guesses the separator guesses right. */
const quoteCell = (text: string): string =>
  /[",;\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text
