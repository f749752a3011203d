import { DELIVERY_STATUSES, type DeliveryStatus } from '../../../../newsletter/model.ts'
import type { Campaign } from '../../../../payload-types.ts'
import type { Recipient } from './recipient.ts'

export type ReceiptTotals = Record<DeliveryStatus | 'recipients', number>

/** What the receipt says of the campaign itself. */
export type ReceiptCampaign = Pick<
  Campaign,
  'id' | 'subject' | 'status' | 'article' | 'startedAt' | 'finishedAt' | 'moves'
>

/**
 * The receipt as JSON: {campaign, recipients, totals}. The totals come last because they are those of the very rows
 * before them: they add up also while the campaign moves.
 */
export async function* receiptJson({
  campaign: { id, subject, status, article, startedAt, finishedAt, moves },
  pages,
}: {
  campaign: ReceiptCampaign
  pages: AsyncIterable<Recipient[]>
}): AsyncGenerator<string> {
  const totals: ReceiptTotals = noTotals()
  const campaign = { id, subject, status, article, startedAt, finishedAt, moves: moves ?? [] }
  let head = `{"campaign":${JSON.stringify(campaign, nullWhenUnset)},"recipients":[`
  let separator = '\n'
  for await (const recipients of pages) {
    for (const { status } of recipients) totals[status]++
    totals.recipients += recipients.length
    yield head + separator + recipients.map((recipient) => JSON.stringify(recipient)).join(',\n')
    head = ''
    separator = ',\n'
  }
  yield `${head}\n],"totals":${JSON.stringify(totals)}}\n`
}

const noTotals = (): ReceiptTotals => ({
  recipients: 0,
  ...(Object.fromEntries(DELIVERY_STATUSES.map((status) => [status, 0])) as Record<DeliveryStatus, number>),
})

const nullWhenUnset = (_key: string, value: unknown): unknown => value ?? null
