import type { Clock } from '../newsletter/ports.ts'
import { importRows, type ImportCounts, type LeftOut } from './importRows.ts'
import type { SubscriberList } from './ports.ts'
import { readHeader, type Column } from './readHeader.ts'
import { readLines } from './readLines.ts'
import { readRecords, type CsvRecord } from './readRecords.ts'
import { SubscriberFileError } from './SubscriberFileError.ts'

/** Rows per write: short enough that an editor's save between two of them waits for some ten milliseconds. */
const BLOCK_SIZE = 1_000

/**
 * Adds the people in a CSV file to the subscribers. The rows that bring nobody new are told to `onLeftOut` in the order
 * of the file; the others count. Nothing of a person who is a subscriber already is changed, so that the same file can
 * be imported again, after a crash or after mending it. Memory stays constant however long the file is.
 * @throws SubscriberFileError when the file as a whole is wrong, before anything is written.
 */
export async function importSubscribers(
  { list, clock }: { list: SubscriberList; clock: Clock },
  {
    path,
    onLeftOut,
    onProgress,
  }: {
    path: string
    onLeftOut: (leftOut: LeftOut) => void
    /** Called after each write. */
    onProgress: (progress: { line: number; lines: number }) => void
  },
): Promise<ImportCounts> {
  const { columns, lines } = await checkFile(path)
  const topics = await list.readTopics()
  const now = clock.now()
  const counts: ImportCounts = { imported: 0, refused: 0, repeated: 0, known: 0 }
  for await (const rows of inBlocks(withoutHeader(readRecords(readLines(path))))) {
    const { imported, leftOut } = await importRows({ list, rows, columns, topics, now })
    counts.imported += imported
    for (const row of leftOut) {
      counts[row.kind] += 1
      onLeftOut(row)
    }
    onProgress({ line: rows.at(-1)?.lastLine ?? 0, lines })
  }
  return counts
}

/** Reads the whole file once: a wrong byte in its last line is found before the first person is written. */
async function checkFile(path: string): Promise<{ columns: Column[]; lines: number }> {
  let columns: Column[] | null = null
  for await (const record of readRecords(readLines(path))) {
    columns = headerOf(record)
    break
  }
  if (!columns) throw new SubscriberFileError('is empty')
  let lines = 0
  for await (const line of readLines(path)) lines = line.number
  return { columns, lines }
}

function headerOf(record: CsvRecord): Column[] {
  if (record.kind === 'values') return readHeader(record.values)
  throw new SubscriberFileError(`has a wrong header: ${record.reason}`)
}

async function* withoutHeader(records: AsyncIterable<CsvRecord>): AsyncGenerator<CsvRecord> {
  let isHeader = true
  for await (const record of records) {
    if (!isHeader) yield record
    isHeader = false
  }
}

async function* inBlocks(records: AsyncIterable<CsvRecord>): AsyncGenerator<CsvRecord[]> {
  let block: CsvRecord[] = []
  for await (const record of records) {
    block.push(record)
    if (block.length < BLOCK_SIZE) continue
    yield block
    block = []
  }
  if (block.length > 0) yield block
}
