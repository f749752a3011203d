import { setImmediate as letOthersRun } from 'node:timers/promises'
import { BYTE_ORDER_MARK, csvRow, type Separator } from './csv.ts'
import { shownEmail } from './emailAddress.ts'
import { OWN_COLUMNS, type Field } from './fields.ts'
import { oneLine } from '../text/cleanText.ts'
import type { ListedSubscriber, SubscriberList } from './ports.ts'

/**
 * The subscribers as a file that the import takes: UTF-8, CRLF, by address. Imported into an empty site with the same
 * topics and exported there it is the same, byte for byte. What it does not hold: the history of consents, and suppressed
 * addresses that are nobody's.
 * @param separator what a spreadsheet of the reader's language opens in columns: see csv.ts.
 */
export async function* exportSubscribers({
  list,
  status,
  separator = ',',
}: {
  list: SubscriberList
  status: 'active' | 'all'
  separator?: Separator
}): AsyncGenerator<string> {
  let head = BYTE_ORDER_MARK + csvRow(OWN_COLUMNS, separator)
  for await (const subscribers of list.readAll({ status })) {
    yield head + subscribers.map((subscriber) => toRow(subscriber, separator)).join('')
    head = ''
    await letOthersRun()
  }
  if (head) yield head
}

const toRow = (subscriber: ListedSubscriber, separator: Separator): string =>
  csvRow(
    OWN_COLUMNS.map((column) => CELLS[column]?.(subscriber) ?? ''),
    separator,
  )

const timeCell = (time: Date | null) => time?.toISOString() ?? ''

const CELLS: Partial<Record<Field, (subscriber: ListedSubscriber) => string>> = {
  email: ({ email }) => shownEmail(email),
  name: ({ name }) => oneLine(name ?? ''),
  locale: ({ locale }) => locale,
  topics: ({ topics }) => topics.join('|'),
  consent_source: ({ consentSource }) => oneLine(consentSource ?? ''),
  status: ({ status }) => status,
  consent_at: ({ consentAt }) => timeCell(consentAt),
  unsubscribed_at: ({ unsubscribedAt }) => timeCell(unsubscribedAt),
  paused_until: ({ pausedUntil }) => timeCell(pausedUntil),
  asked_at: ({ askedAt }) => timeCell(askedAt),
  suppression: ({ suppression }) => suppression ?? '',
}
