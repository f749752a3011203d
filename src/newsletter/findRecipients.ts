import type { Id, ReceiptPlace, ReceiptRow } from './model.ts'
import type { Store } from './ports.ts'
import { isOfFate, STATUS_OF_FATE, type Fate } from './rules/fates.ts'

/** What is looked for among a campaign's recipients. */
export interface RecipientQuery {
  campaignId: Id
  /** Null: whatever became of them. */
  fate: Fate | null
  /** What an address begins with (in its one spelling), or a word of a name; null: everybody. */
  text: { address: string; name: string } | null
}

/** Where a search goes on: first among addresses, by the subscribers; then through the recipients in their order. */
export type SearchPlace =
  { through: 'addresses'; after: string } | { through: 'recipients'; after: ReceiptPlace | null }

export interface FoundRecipients {
  rows: ReceiptRow[]
  /** How many were looked at to find them. */
  looked: number
  /** Null: that is all. */
  next: SearchPlace | null
}

/** So many are looked at for one answer, however many there are: then the caller asks again. */
export const MOST_LOOKED_AT = 10_000

/** In one question to the database: SQLite blocks for some milliseconds. */
const CHUNK = 500
const ADDRESSES = 200

type Reading = Pick<Store, 'readReceipt' | 'readRecipients' | 'findAddresses'>

/**
 * Recipients of a campaign by what became of them and by the beginning of an address or a name. No answer costs more with a million
 * recipients than with ten thousand: a status and an address have an index; what the provider told and names are looked for in the
 * rows, MOST_LOOKED_AT of them at a time. Each recipient comes once. An address is that of the subscriber today.
 * @param input.letOthersRun between two questions to the database.
 */
export async function findRecipients(
  { store, letOthersRun }: { store: Reading; letOthersRun: () => Promise<unknown> },
  { query, place, limit }: { query: RecipientQuery; place: SearchPlace | null; limit: number },
): Promise<FoundRecipients> {
  const found: FoundRecipients = { rows: [], looked: 0, next: place ?? beginningOf(query) }
  while (found.next && found.rows.length < limit && found.looked < MOST_LOOKED_AT) {
    const wanted = limit - found.rows.length
    const chunk =
      found.next.through === 'addresses'
        ? await lookThroughAddresses(store, { query, after: found.next.after, wanted })
        : await lookThroughRecipients(store, { query, after: found.next.after, wanted })
    found.rows.push(...chunk.rows)
    found.looked += chunk.looked
    found.next = chunk.next
    await letOthersRun()
  }
  return found
}

const beginningOf = ({ text }: RecipientQuery): SearchPlace =>
  text ? { through: 'addresses', after: '' } : { through: 'recipients', after: null }

async function lookThroughAddresses(
  store: Reading,
  {
    query: { campaignId, fate, text },
    after,
    wanted,
  }: { query: RecipientQuery; after: string; wanted: number },
): Promise<FoundRecipients> {
  const prefix = text?.address ?? ''
  const people =
    prefix === '' ? [] : await store.findAddresses({ prefix, after: after || null, limit: ADDRESSES })
  const theirs = await store.readRecipients({ campaignId, subscriberIds: people.map(({ id }) => id) })
  const bySubscriber = new Map(theirs.filter(isOfFate(fate)).map((row) => [row.subscriberId, row]))
  const hits = people.filter(({ id }) => bySubscriber.has(id))
  const last = hits.length > wanted ? hits[wanted - 1] : people.at(ADDRESSES - 1)
  return {
    rows: hits.slice(0, wanted).flatMap(({ id }) => bySubscriber.get(id) ?? []),
    looked: people.length,
    next: last ? { through: 'addresses', after: last.email } : afterAddresses(text),
  }
}

/** No name has an @: who writes one looks for an address. */
const afterAddresses = (text: RecipientQuery['text']): SearchPlace | null =>
  text === null || text.address.includes('@') ? null : { through: 'recipients', after: null }

async function lookThroughRecipients(
  store: Reading,
  {
    query: { campaignId, fate, text },
    after,
    wanted,
  }: { query: RecipientQuery; after: ReceiptPlace | null; wanted: number },
): Promise<FoundRecipients> {
  const status = fate && STATUS_OF_FATE[fate]
  const page = await store.readReceipt({ campaignId, status, after, limit: CHUNK })
  const hits = page.filter(isOfFate(fate)).filter(isCalled(text?.name ?? null))
  const isFoundBefore = await whoHasAddress(store, { hits, prefix: text?.address ?? '' })
  const fresh = hits.filter(({ subscriberId }) => !isFoundBefore.has(subscriberId))
  const rows = fresh.slice(0, wanted)
  const isCut = fresh.length > wanted
  const last = isCut ? rows.at(-1) : page.length < CHUNK ? undefined : page.at(-1)
  const next: SearchPlace | null = last ? { through: 'recipients', after: placeOf(last) } : null
  return { rows, looked: page.length, next }
}

const placeOf = ({ batchNumber, position }: ReceiptPlace): ReceiptPlace => ({ batchNumber, position })

/** Whether a word of the name begins so, in whatever case. */
const isCalled =
  (beginning: string | null) =>
  ({ name }: ReceiptRow): boolean => {
    if (beginning === null) return true
    const sought = folded(beginning)
    return sought !== '' && ` ${folded(name ?? '')}`.includes(` ${sought}`)
  }

const folded = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s-]+/g, ' ')
    .trim()

/** Whom the search has found by their address before. */
async function whoHasAddress(
  store: Reading,
  { hits, prefix }: { hits: ReceiptRow[]; prefix: string },
): Promise<ReadonlySet<Id | null>> {
  const among = hits.flatMap(({ subscriberId }) => subscriberId ?? [])
  if (prefix === '' || among.length === 0) return new Set()
  const found = await store.findAddresses({ prefix, after: null, limit: CHUNK, among })
  return new Set(found.map(({ id }) => id))
}
