import { NO_COUNTS } from '../../../src/adapters/store/memory/rows.ts'
import type { DeliveryCounts } from '../../../src/newsletter/model.ts'
import type { Article } from '../../../src/payload-types.ts'
import type { TakenMail } from '../processes/startEmulator.ts'
import { toBatchRow, toCampaignRow, toDeliveryRow } from '../flow/readRows.ts'
import { readerEmail } from '../flow/storeRig.ts'
import type { MailingSite } from './mailingSite.ts'

/** What became of a campaign: what its rows say, and what the provider has taken. */
export interface MailingOutcome {
  status: string
  problem: string | null
  counts: DeliveryCounts
  /** Of the rows, by their status; those of tries that never opened the campaign are among them. */
  rows: Record<string, number>
  unsettledBatches: number
  leases: number
  mailedTwice: string[]
  mailedNever: string[]
  /** Who was mailed and is no reader. */
  strangers: string[]
  /** Whose row names another mail at the provider than the one that was taken for them. */
  misattributed: string[]
}

/** @param mails all that the provider has taken; nobody else mails by way of it. */
export async function readOutcome({
  site: { payload, campaignOf },
  article,
  readers,
  mails,
}: {
  site: MailingSite
  article: Article['id']
  readers: number
  mails: readonly TakenMail[]
}): Promise<MailingOutcome> {
  const { id } = await campaignOf(article)
  const campaign = toCampaignRow(await payload.findByID({ collection: 'campaigns', id, depth: 0 }))
  const where = { campaign: { equals: id } }
  const all = { where, depth: 0, pagination: false } as const
  const batches = (await payload.find({ collection: 'batches', ...all })).docs.map(toBatchRow)
  const deliveries = (await payload.find({ collection: 'deliveries', ...all })).docs.map(toDeliveryRow)
  const byAddress = groupBy(mails, ({ to }) => to[0] ?? '')
  const everybody = Array.from({ length: readers }, (_, number) => readerEmail(number))
  const isReader = new Set(everybody)
  const idOf = (email: string) => byAddress.get(email)?.[0]?.id ?? null
  return {
    status: campaign.status,
    problem: campaign.problem?.code ?? null,
    counts: campaign.counts,
    rows: Object.fromEntries(
      [...groupBy(deliveries, ({ status }) => status)].map(([status, { length }]) => [status, length]),
    ),
    unsettledBatches: batches.filter(({ status }) => status !== 'settled').length,
    leases: [campaign, ...batches].filter(({ leaseToken }) => leaseToken !== null).length,
    mailedTwice: [...byAddress].filter(([, { length }]) => length > 1).map(([email]) => email),
    mailedNever: everybody.filter((email) => !byAddress.has(email)),
    strangers: [...byAddress.keys()].filter((email) => !isReader.has(email)),
    misattributed: deliveries
      .filter(({ email, status, providerId }) => status === 'submitted' && providerId !== idOf(email))
      .map(({ email }) => email),
  }
}

/** Everybody got one mail, and the rows say so and nothing else. */
export const everybodyOnce = (readers: number): MailingOutcome => ({
  status: 'submitted',
  problem: null,
  counts: { ...NO_COUNTS, recipients: readers, submitted: readers },
  rows: { submitted: readers },
  unsettledBatches: 0,
  leases: 0,
  mailedTwice: [],
  mailedNever: [],
  strangers: [],
  misattributed: [],
})

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}
