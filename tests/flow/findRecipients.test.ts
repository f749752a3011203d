import { describe, expect, it } from '@jest/globals'
import {
  findRecipients,
  MOST_LOOKED_AT,
  type RecipientQuery,
  type SearchPlace,
} from '../../src/newsletter/findRecipients.ts'
import type { ReceiptRow } from '../../src/newsletter/model.ts'
import type { Store } from '../../src/newsletter/ports.ts'

const BATCH = 100
const LIMIT = 50

const recipient = (index: number): ReceiptRow => ({
  ...{ deliveryId: String(index), subscriberId: String(index), email: `reader-${index}@example.com` },
  ...{ name: null, locale: 'sv', status: 'submitted', reason: null, detail: null, providerId: null },
  ...{ settledAt: null, deliveredAt: null, delayedAt: null, bouncedAt: null, complainedAt: null },
  ...{ failedAt: null, batchNumber: Math.floor(index / BATCH), position: index % BATCH },
})

/** A campaign that is larger than a test can hold: its rows are made when they are read. */
function endlessStore(change: (index: number) => Partial<ReceiptRow> = () => ({})) {
  const reads = { rows: 0, calls: 0 }
  const store: Pick<Store, 'readReceipt' | 'readRecipients' | 'findAddresses'> = {
    readReceipt: async ({ after, limit }) => {
      const first = after ? after.batchNumber * BATCH + after.position + 1 : 0
      reads.calls += 1
      reads.rows += limit
      return Array.from({ length: limit }, (_, index) => ({
        ...recipient(first + index),
        ...change(first + index),
      }))
    },
    readRecipients: async ({ subscriberIds }) => {
      reads.calls += 1
      reads.rows += subscriberIds.length
      return []
    },
    findAddresses: async ({ after, limit }) => {
      const first = after ? Number(/\d+/.exec(after)) + 1 : 0
      reads.rows += limit
      return Array.from({ length: limit }, (_, index) => ({
        ...{ id: String(first + index), email: `reader-${first + index}@example.com` },
      }))
    },
  }
  return { store, reads }
}

const QUERY: RecipientQuery = { campaignId: '1', fate: null, text: null }

const find = (
  store: ReturnType<typeof endlessStore>['store'],
  query: Partial<RecipientQuery>,
  place: SearchPlace | null = null,
) =>
  findRecipients(
    { store, letOthersRun: async () => undefined },
    { query: { ...QUERY, ...query }, place, limit: LIMIT },
  )

describe('a search among a million recipients', () => {
  it('reads no more than a page’s worth where all of them are meant', async () => {
    const { store, reads } = endlessStore()
    const { rows, next } = await find(store, {})
    expect([rows.length, next, reads.calls]).toEqual([
      LIMIT,
      { through: 'recipients', after: { batchNumber: 0, position: LIMIT - 1 } },
      1,
    ])
  })

  it('looks at so many and no more where hardly anybody is meant, and goes on from there', async () => {
    const hit = MOST_LOOKED_AT + 5
    const { store, reads } = endlessStore((index) => ({ bouncedAt: index === hit ? new Date() : null }))
    const first = await find(store, { fate: 'bounced' })
    expect([first.rows, first.looked, reads.rows]).toEqual([[], MOST_LOOKED_AT, MOST_LOOKED_AT])
    const second = await find(store, { fate: 'bounced' }, first.next)
    expect(second.rows.map(({ deliveryId }) => deliveryId)).toEqual([String(hit)])
  })

  it('looks at so many addresses and no more where none of them is in the campaign', async () => {
    const { store, reads } = endlessStore()
    const { rows, looked, next } = await find(store, { text: { address: 'reader', name: 'reader' } })
    expect([rows, looked, next]).toEqual([
      [],
      MOST_LOOKED_AT,
      { through: 'addresses', after: `reader-${MOST_LOOKED_AT - 1}@example.com` },
    ])
    expect(reads.rows).toBeLessThanOrEqual(2 * MOST_LOOKED_AT)
  })
})
