import { BYTE_ORDER_MARK, csvRow, type Separator } from './csv.ts'
import { columnKey } from './fields.ts'

/** One row that was refused: what is wrong with it, and what stands in it. */
export interface RefusedRow {
  line: number
  problem: string
  values: readonly string[]
}

/** What everybody in a file is by its name, its header or an answer; see planImport. */
export type StatusOfFile = 'unsubscribed' | 'suppressed' | null

/** As a column of statuses says it, so that it is read as what the whole file said; see readSubscriber. */
const WORD = { unsubscribed: 'unsubscribed', suppressed: 'bounced' } as const

/**
 * The rows that were refused as a file: mended, it can be imported as it is. What everybody in the file was stands in each row:
 * whoever left stays so, whatever the new file is called and whatever is answered.
 */
export function refusedCsv({
  header,
  rows,
  statusOfFile,
  separator,
}: {
  header: readonly string[]
  rows: readonly RefusedRow[]
  statusOfFile: StatusOfFile
  separator: Separator
}): string {
  const own = header.findIndex((name) => columnKey(name) === STATUS)
  const withStatus = (values: readonly string[], word: string): readonly string[] =>
    own < 0
      ? [word, ...values]
      : Array.from({ length: Math.max(values.length, own + 1) }, (_, place) =>
          place === own ? word : (values[place] ?? ''),
        )
  const head = statusOfFile === null ? header : withStatus(header, own < 0 ? STATUS : header[own]!)
  const cells = (values: readonly string[]) =>
    statusOfFile === null ? values : withStatus(values, WORD[statusOfFile])
  return [
    // Columns without a name are passed over by the import.
    BYTE_ORDER_MARK + csvRow(['', '', ...head], separator),
    ...rows.map(({ line, problem, values }) => csvRow([line, problem, ...cells(values)], separator)),
  ].join('')
}

const STATUS = 'status'

/** The beginning of the file's own name stays, since it may say who is in it. The result is short enough for the import. */
export const refusedName = ({ fileName, word }: { fileName: string; word: string }): string =>
  `${fileName.replace(/\.[a-z]{2,4}$/i, '').slice(0, 150)}-${word}.csv`
