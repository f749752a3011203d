import { findEncoding, type Encoding } from './findEncoding.ts'
import { HEADER_WITH_EMAIL, headerScore } from './formats.ts'
import { readHeaderOf } from './fileParts.ts'
import { readLines, type Line } from './readLines.ts'
import { readRecords, type CsvRecord } from './readRecords.ts'

/** A file of subscribers, and how it is read. */
export interface SubscriberFile {
  encoding: Encoding
  /** Between two values. */
  separator: string
  /** The names of the columns; those without a name at the end are left out. */
  header: string[]
  /** The rows after the header, read anew each time they are asked for. */
  readRows: () => AsyncGenerator<CsvRecord>
}

/** As programs write files of tables; the first of those that fit equally well counts. */
export const SEPARATORS = [',', ';', '\t', '|'] as const
export type FileSeparator = (typeof SEPARATORS)[number]

/** So many lines are looked at for a header: some programs write a title above it. */
const LINES_OF_HEAD = 30
const ROWS_OF_HEAD = 10

/**
 * Finds out how a file is written: its encoding, its separator (from the header, or from a line `sep=;` as Excel writes
 * it), and the row that holds the header, which may stand below a title.
 * @param isBeginning whether it is only the beginning of a file.
 * @param separator what somebody has chosen; none: it is found out.
 * @throws SubscriberFileError when it cannot be read as a table.
 */
export async function openSubscriberFile({
  path,
  isBeginning = false,
  separator: chosen,
}: {
  path: string
  isBeginning?: boolean
  separator?: FileSeparator | undefined
}): Promise<SubscriberFile> {
  const encoding = await findEncoding({ path, isBeginning })
  const head: Line[] = []
  for await (const line of readLines({ path, encoding })) {
    head.push(line)
    if (head.length === LINES_OF_HEAD) break
  }
  const said = separatorLine(head[0])
  const { separator, header } = await findHeader({
    lines: said ? head.slice(1) : head,
    separators: chosen ? [chosen] : said ? [said] : SEPARATORS,
  })
  return {
    encoding,
    separator,
    header: header.values.slice(0, header.values.findLastIndex((name) => name !== '') + 1),
    async *readRows() {
      for await (const record of readRecords({
        lines: linesAfter({ path, encoding, line: header.lastLine }),
        separator,
      }))
        yield record
    },
  }
}

/** Excel’s own word for the separator, above the header. */
const separatorLine = (line: Line | undefined): string | null =>
  /^"?sep=(.)"?[;,\t|]*$/i.exec(line?.text ?? '')?.[1] ?? null

type Row = Extract<CsvRecord, { kind: 'values' }>

async function findHeader({
  lines,
  separators,
}: {
  lines: Line[]
  separators: readonly string[]
}): Promise<{ separator: string; header: Row }> {
  let best: { separator: string; header: Row; score: number } | null = null
  for (const separator of separators) {
    const header = await headerIn({ lines, separator })
    if (!header) continue
    const score = headerScore(header.values) + Math.min(header.values.length, 9)
    if (!best || score > best.score) best = { separator, header, score }
  }
  const [separator = ','] = separators
  return best ?? { separator, header: await readHeaderOf(readRecords({ lines: lines, separator })) }
}

/** The row that names the column of the address, when nobody’s address stands above it; otherwise the first one. */
async function headerIn({ lines, separator }: { lines: Line[]; separator: string }): Promise<Row | null> {
  const rows: Row[] = []
  for await (const record of readRecords({ lines: lines, separator })) {
    // A first row that is none is told as it is.
    if (record.kind === 'broken' && rows.length === 0) return null
    if (record.kind === 'values') rows.push(record)
    if (rows.length === ROWS_OF_HEAD) break
  }
  const firstPerson = rows.findIndex(({ values }) => values.some((value) => value.includes('@')))
  const above = firstPerson < 0 ? rows : rows.slice(0, firstPerson)
  return above.find(({ values }) => headerScore(values) >= HEADER_WITH_EMAIL) ?? rows[0] ?? null
}

async function* linesAfter({ path, encoding, line }: { path: string; encoding: Encoding; line: number }) {
  for await (const each of readLines({ path, encoding })) if (each.number > line) yield each
}
