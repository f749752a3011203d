import { parse } from 'csv-parse/sync'
import type { RowProblem } from './problems.ts'
import type { Line } from './readLines.ts'
import { splitRow } from './splitRow.ts'

/** One row of a CSV file (RFC 4180) with the lines that it takes up, or why those lines are no row, with what stands there. */
export type CsvRecord = { line: number; lastLine: number } & (
  { kind: 'values'; values: string[] } | { kind: 'broken'; problem: RowProblem; text: string }
)

/** A value in quotation marks may go on over line breaks; not for longer than this. */
const MAX_LINES = 20

/**
 * The rows of a CSV file, values trimmed, rows without any value left out. A quotation mark that is never closed costs
 * its own line alone and reading goes on with the next one: a parser of whole files would swallow everything up to
 * some other mark.
 */
export async function* readRecords({
  lines,
  separator = ',',
}: {
  lines: AsyncIterable<Line> | Iterable<Line>
  separator?: string
}): AsyncGenerator<CsvRecord> {
  let open: Line[] = []
  for await (const line of lines) {
    const { records, rest } = takeRecords({ lines: [...open, line], separator, isEnd: false })
    yield* records
    open = rest
  }
  yield* takeRecords({ lines: open, separator, isEnd: true }).records
}

/** The rows that are whole, and the lines of one that may go on in the next line. */
function takeRecords({ lines, separator, isEnd }: { lines: Line[]; separator: string; isEnd: boolean }): {
  records: CsvRecord[]
  rest: Line[]
} {
  const records: CsvRecord[] = []
  for (let at = 0, size = 1; at < lines.length;) {
    const taken = lines.slice(at, at + size)
    const read = readRecord({ lines: taken, separator })
    if (read.kind === 'unclosed' && size < MAX_LINES && at + size < lines.length) size += 1
    else if (read.kind === 'unclosed' && size < MAX_LINES && !isEnd) return { records, rest: lines.slice(at) }
    else {
      // A line that does not end well together with the next ones is broken by itself.
      const kept = read.kind === 'values' ? taken : taken.slice(0, 1)
      records.push(...toRecord({ lines: kept, read, isAlone: size === 1 }))
      at += kept.length
      size = 1
    }
  }
  return { records, rest: [] }
}

type Read = { kind: 'values'; values: string[] } | { kind: 'unclosed' | 'misplaced' }

function readRecord({ lines, separator }: { lines: Line[]; separator: string }): Read {
  const text = lines.map((line) => line.text).join('\n')
  const whole = splitRow({ text, separator })
  if (whole) return { kind: 'values', values: whole }
  try {
    const [values = []] = parse(text, {
      delimiter: separator,
      relax_column_count: true,
      trim: separator !== '\t',
    })
    return { kind: 'values', values: values.map((value) => value.trim()) }
  } catch (error) {
    const isUnclosed = error instanceof Error && 'code' in error && error.code === 'CSV_QUOTE_NOT_CLOSED'
    return { kind: isUnclosed ? 'unclosed' : 'misplaced' }
  }
}

function toRecord({ lines, read, isAlone }: { lines: Line[]; read: Read; isAlone: boolean }): CsvRecord[] {
  const place = { line: lines[0]?.number ?? 0, lastLine: lines.at(-1)?.number ?? 0 }
  if (read.kind === 'values')
    return read.values.some((value) => value !== '')
      ? [{ ...place, kind: 'values', values: read.values }]
      : []
  const code = read.kind === 'misplaced' && isAlone ? 'quote_inside' : 'quote_open'
  return [{ ...place, kind: 'broken', problem: { code }, text: lines.map(({ text }) => text).join('\n') }]
}
