import { BYTE_ORDER_MARK, csvRow, type Separator } from '../../../../subscribers/csv.ts'
import { RECIPIENT_COLUMNS, type Recipient } from './recipient.ts'

/** The receipt as CSV: RFC 4180, a header row, UTF-8. */
export async function* receiptCsv({
  pages,
  separator = ',',
}: {
  pages: AsyncIterable<Recipient[]>
  separator?: Separator
}): AsyncGenerator<string> {
  let head = BYTE_ORDER_MARK + csvRow(RECIPIENT_COLUMNS, separator)
  for await (const recipients of pages) {
    yield head + recipients.map((recipient) => toRow(recipient, separator)).join('')
    head = ''
  }
  if (head) yield head
}

const toRow = (recipient: Recipient, separator: Separator): string =>
  csvRow(
    RECIPIENT_COLUMNS.map((name) => recipient[name]),
    separator,
  )
