import { describeOutcome } from './describeOutcome.ts'
import type { CsvRecord } from './readRecords.ts'
import { SubscriberFileError } from './SubscriberFileError.ts'

/** @throws SubscriberFileError when there is none. */
export async function readHeaderOf(
  records: AsyncIterable<CsvRecord>,
): Promise<Extract<CsvRecord, { kind: 'values' }>> {
  for await (const record of records) {
    if (record.kind === 'values') return record
    const outcome = { kind: 'refused' as const, problems: [record.problem] }
    throw new SubscriberFileError({
      en: `has a wrong header: ${describeOutcome({ outcome, language: 'en' })}`,
      sv: `har en felaktig rubrikrad: ${describeOutcome({ outcome, language: 'sv' })}`,
    })
  }
  throw new SubscriberFileError({ en: 'is empty', sv: 'är tom' })
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
