/** More cells than any mail shows come from a page that means no good. */
const MOST_SPANNED = 20

/**
 * Tables of facts stay, plain: without looks, and with as many cells in each row. Tables of layout become what is in them, and
 * so does a table within a table.
 * @param keepsTables false: the editor has none, and each row becomes a line with bars between its cells.
 * @returns how many tables became lines.
 */
export function cleanTables(body: HTMLElement, { keepsTables }: { keepsTables: boolean }): number {
  let flattened = 0
  for (const table of innermostFirst(body)) {
    const rows = rowsOf(table)
    if (isLayout(table)) table.replaceWith(...rows.flatMap(cellContent))
    else if (keepsTables && !isWithinFacts(table)) makePlain(table)
    else {
      table.replaceWith(...rows.map(lineOf))
      flattened += 1
    }
  }
  return flattened
}

/** One column is no table. */
const isLayout = (table: HTMLTableElement): boolean => rowsOf(table).every((row) => cellsOf(row).length <= 1)

function isWithinFacts(table: HTMLTableElement): boolean {
  const outer = table.parentElement?.closest('table') ?? null
  return outer !== null && (!isLayout(outer) || isWithinFacts(outer))
}

/** Its own, and not those of a table in one of its cells. */
const rowsOf = (table: HTMLTableElement): HTMLTableRowElement[] =>
  [...table.querySelectorAll('tr')].filter((row) => row.closest('table') === table)

const cellsOf = (row: HTMLTableRowElement): HTMLTableCellElement[] =>
  [...row.querySelectorAll<HTMLTableCellElement>('td, th')].filter((cell) => cell.closest('tr') === row)

const innermostFirst = (body: HTMLElement): HTMLTableElement[] =>
  [...body.querySelectorAll('table')].reverse()

const cellContent = (row: HTMLTableRowElement): Node[] => cellsOf(row).flatMap((cell) => [...cell.childNodes])

function lineOf(row: HTMLTableRowElement): HTMLElement {
  const line = row.ownerDocument.createElement('p')
  for (const [index, cell] of cellsOf(row).entries()) {
    if (index > 0) line.append(' | ')
    for (const block of cell.querySelectorAll('p, div, li, br')) block.after(' ')
    for (const block of [...cell.querySelectorAll('p, div, ul, ol, li, br')].reverse())
      block.replaceWith(...block.childNodes)
    line.append(...cell.childNodes)
  }
  return line
}

/** A cell over several columns or rows is one cell, and empty ones beside or below it. */
function makePlain(table: HTMLTableElement): void {
  for (const extra of table.querySelectorAll('caption, colgroup, col')) extra.remove()
  const below = new Map<number, Set<number>>()
  for (const [index, row] of rowsOf(table).entries()) {
    let column = 0
    for (const cell of cellsOf(row)) {
      for (; below.get(index)?.has(column); column += 1) cell.before(emptyCell(row))
      const [columns, rows] = [spanOf(cell, 'colspan'), spanOf(cell, 'rowspan')]
      for (let down = 1; down < rows; down += 1)
        for (let right = 0; right < columns; right += 1)
          below.set(index + down, (below.get(index + down) ?? new Set()).add(column + right))
      for (let right = 1; right < columns; right += 1) cell.after(emptyCell(row))
      column += columns
    }
    for (; below.get(index)?.has(column); column += 1) row.append(emptyCell(row))
  }
  for (const part of [table, ...table.querySelectorAll('thead, tbody, tfoot, tr, th, td')])
    for (const name of part.getAttributeNames()) part.removeAttribute(name)
}

const emptyCell = (row: HTMLTableRowElement): HTMLElement => row.ownerDocument.createElement('td')

function spanOf(cell: HTMLTableCellElement, name: 'colspan' | 'rowspan'): number {
  const span = Number(cell.getAttribute(name) ?? 1)
  return Number.isInteger(span) && span >= 1 ? Math.min(span, MOST_SPANNED) : 1
}
