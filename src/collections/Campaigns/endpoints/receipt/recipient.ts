import { setImmediate as letOthersRun } from 'node:timers/promises'
import { shownEmail } from '../../../../subscribers/emailAddress.ts'
import type { DeliveryStatus, Id, Locale, ReceiptRow } from '../../../../newsletter/model.ts'
import type { Store } from '../../../../newsletter/ports.ts'

/** One recipient's fate, as the receipt tells it: the columns of the CSV in their order, the same names in JSON. */
export interface Recipient {
  email: string
  name: string | null
  locale: Locale
  status: DeliveryStatus
  reason: string | null
  /** The provider's own words. */
  detail: string | null
  providerId: string | null
  /** ISO 8601, UTC; null while it is pending. */
  settledAt: string | null
  batch: number
  /** What the provider told later: when it happened first, ISO 8601, UTC. */
  deliveredAt: string | null
  delayedAt: string | null
  bouncedAt: string | null
  complainedAt: string | null
  failedAt: string | null
}

export const RECIPIENT_COLUMNS = [
  'email',
  'name',
  'locale',
  'status',
  'reason',
  'detail',
  'providerId',
  'settledAt',
  'batch',
  'deliveredAt',
  'delayedAt',
  'bouncedAt',
  'complainedAt',
  'failedAt',
] as const satisfies (keyof Recipient)[]

/** So many are in memory at a time, however many there are; SQLite, which blocks, takes some 10 ms for them. */
const PAGE_SIZE = 500

/** All recipients of a campaign, each once, in the order in which they are mailed; page by page, as they are asked for. */
export async function* readRecipients({
  store,
  campaignId,
  pageSize = PAGE_SIZE,
}: {
  store: Pick<Store, 'readReceipt'>
  campaignId: Id
  pageSize?: number
}): AsyncGenerator<Recipient[]> {
  let after: Parameters<Store['readReceipt']>[0]['after'] = null
  while (true) {
    const rows: ReceiptRow[] = await store.readReceipt({ campaignId, after, limit: pageSize })
    if (rows.length > 0) yield rows.map(toRecipient)
    // A reader of the file who is fast would leave no turn to anybody else.
    await letOthersRun()
    const last = rows.at(-1)
    if (!last || rows.length < pageSize) return
    after = { batchNumber: last.batchNumber, position: last.position }
  }
}

/** A delivery as it is shown. */
export const toRecipient = ({
  email,
  name,
  locale,
  status,
  reason,
  detail,
  providerId,
  settledAt,
  batchNumber,
  ...facts
}: ReceiptRow): Recipient => ({
  email: shownEmail(email),
  name,
  locale,
  status,
  reason,
  detail,
  providerId,
  settledAt: settledAt?.toISOString() ?? null,
  batch: batchNumber,
  deliveredAt: facts.deliveredAt?.toISOString() ?? null,
  delayedAt: facts.delayedAt?.toISOString() ?? null,
  bouncedAt: facts.bouncedAt?.toISOString() ?? null,
  complainedAt: facts.complainedAt?.toISOString() ?? null,
  failedAt: facts.failedAt?.toISOString() ?? null,
})
