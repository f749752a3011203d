import { describeOutcome } from './describeOutcome.ts'
import type { CsvRecord } from './readRecords.ts'
import { SubscriberFileError } from './SubscriberFileError.ts'

/** @throws SubscriberFileError when there is none. */
export async function readHeaderOf(records: AsyncIterable<CsvRecord>): Promise<string[]> {
  for await (const record of records) {
    if (record.kind === 'values') return record.values
    const outcome = { kind: 'refused' as const, problems: [record.problem] }
    throw new SubscriberFileError(`has a wrong header: ${describeOutcome({ outcome, language: 'en' })}`)
  }
  throw new SubscriberFileError('is empty')
}

export async function* withoutHeader(records: AsyncIterable<CsvRecord>): AsyncGenerator<CsvRecord> {
  let isHeader = true
  for await (const record of records) {
    if (!isHeader) yield record
    isHeader = false
  }
}

export async function* inBlocks({
  records,
  size,
}: {
  records: AsyncIterable<CsvRecord>
  size: number
}): AsyncGenerator<CsvRecord[]> {
  let block: CsvRecord[] = []
  for await (const record of records) {
    block.push(record)
    if (block.length < size) continue
    yield block
    block = []
  }
  if (block.length > 0) yield block
}
