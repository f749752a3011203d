/**
 * What begins a cell that a spreadsheet runs as a formula; the full-width signs are what some versions take for it. A cell
 * begins at the start of a value, and within it after what else a spreadsheet may part cells or rows by: Excel in Sweden, and
 * in most of Europe, parts them by semicolons, and takes a quotation mark in the middle of one for a sign like any other.
 */
const FORMULA = /(?:^|(?<=[;\t\r\n]))'*(?=[" ]*[=+\-@＝＋－＠])|^'*(?=[\t\r\n])/g

const DEFUSED = /(?:^|(?<=[;\t\r\n]))'+(?=[" ]*[=+\-@＝＋－＠])|^'+(?=[\t\r\n])/g

/**
 * A value as a cell that no spreadsheet runs: an apostrophe before it makes it a text (OWASP, CSV injection). One that has
 * such an apostrophe of its own gets another, so that `readCell` gives back exactly what was here.
 */
export const defuseCell = (value: string): string => value.replace(FORMULA, (before) => `'${before}`)

/** A cell without the apostrophes that `defuseCell` set; any other one stays, as in “'t Hooft”. */
export const readCell = (cell: string): string => cell.replace(DEFUSED, (before) => before.slice(1))
