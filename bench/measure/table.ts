/** Columns as wide as they must be; numbers stand right, the first `texts` columns left. */
export function table({
  header,
  rows,
  texts = 1,
}: {
  header: string[]
  rows: string[][]
  texts?: number
}): string {
  const all = [header, ...rows]
  const widths = header.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  const pad = (cell: string, column: number) =>
    column < texts ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)
  return all.map((row) => row.map(pad).join('  ').trimEnd()).join('\n')
}
