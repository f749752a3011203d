import type { Id } from '../newsletter/model.ts'
import type { NewSubscriber, SubscriberList } from './ports.ts'
import type { Column } from './readHeader.ts'
import type { CsvRecord } from './readRecords.ts'
import { readSubscriber } from './readSubscriber.ts'

/** A row that brought nobody new, and why. */
export interface LeftOut {
  line: number
  lastLine: number
  /** No subscriber; an address that an earlier row has; an address that was a subscriber before. */
  kind: 'refused' | 'repeated' | 'known'
  reason: string
}

export type ImportCounts = Record<LeftOut['kind'] | 'imported', number>

/** One write: the rows of a block that are new subscribers. Gives the others in the order of the file. */
export async function importRows({
  list,
  rows,
  columns,
  topics,
  now,
}: {
  list: SubscriberList
  rows: CsvRecord[]
  columns: Column[]
  topics: ReadonlyMap<string, Id>
  /** The same for all of one import: a row with this time of creation came from the same file. */
  now: Date
}): Promise<{ imported: number; leftOut: LeftOut[] }> {
  const leftOut: LeftOut[] = []
  const found = new Map<string, { row: CsvRecord; subscriber: NewSubscriber }>()
  for (const row of rows) {
    const read =
      row.kind === 'broken' ? refuse(row.reason) : readSubscriber({ values: row.values, columns, topics })
    if (read.kind === 'refused')
      leftOut.push({ ...placeOf(row), kind: 'refused', reason: read.reasons.join('; ') })
    else if (found.has(read.subscriber.email)) leftOut.push(repeated({ row, email: read.subscriber.email }))
    else found.set(read.subscriber.email, { row, subscriber: read.subscriber })
  }
  const subscribers = [...found.values()].map(({ subscriber }) => subscriber)
  const there = subscribers.length > 0 ? await list.addNew({ subscribers, now }) : []
  for (const { email, createdAt } of there) {
    const row = found.get(email)?.row
    if (row)
      leftOut.push(createdAt.getTime() === now.getTime() ? repeated({ row, email }) : known({ row, email }))
  }
  return { imported: subscribers.length - there.length, leftOut: leftOut.sort((a, b) => a.line - b.line) }
}

const refuse = (reason: string) => ({ kind: 'refused' as const, reasons: [reason] })

const placeOf = ({ line, lastLine }: CsvRecord) => ({ line, lastLine })

type Met = { row: CsvRecord; email: string }

const repeated = ({ row, email }: Met): LeftOut => ({
  ...placeOf(row),
  kind: 'repeated',
  reason: `${email} stands in an earlier line already`,
})

const known = ({ row, email }: Met): LeftOut => ({
  ...placeOf(row),
  kind: 'known',
  reason: `${email} was a subscriber already and stays as they are`,
})
