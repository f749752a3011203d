import { BYTE_ORDER_MARK, csvRow } from '../../../../subscribers/csv.ts'
import { RECIPIENT_COLUMNS, type Recipient } from './recipient.ts'

/** The receipt as CSV: RFC 4180, a header row, UTF-8. */
export async function* receiptCsv(pages: AsyncIterable<Recipient[]>): AsyncGenerator<string> {
  let head = BYTE_ORDER_MARK + csvRow(RECIPIENT_COLUMNS)
  for await (const recipients of pages) {
    yield head + recipients.map(toRow).join('')
    head = ''
  }
  if (head) yield head
}

const toRow = (recipient: Recipient): string => csvRow(RECIPIENT_COLUMNS.map((name) => recipient[name]))
