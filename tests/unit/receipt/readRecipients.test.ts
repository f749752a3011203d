import { expect, it } from '@jest/globals'
import { readRecipients } from '../../../src/collections/Campaigns/endpoints/receipt/recipient.ts'
import type { ReceiptRow } from '../../../src/newsletter/model.ts'
import type { Store } from '../../../src/newsletter/ports.ts'

const row = (index: number): ReceiptRow => ({
  deliveryId: String(index),
  subscriberId: String(index),
  email: `${index}@example.com`,
  name: null,
  locale: 'sv',
  status: 'submitted',
  reason: null,
  detail: null,
  providerId: null,
  settledAt: new Date('2026-11-25T10:00:00Z'),
  ...{ deliveredAt: null, delayedAt: null, bouncedAt: null, complainedAt: null, failedAt: null },
  batchNumber: Math.floor(index / 2),
  position: index % 2,
})

it('shows an address as its owner writes it', async () => {
  const readReceipt = async () => [{ ...row(1), email: 'info@xn--keri-poa.example' }]
  const pages = readRecipients({ store: { readReceipt }, campaignId: '1' })
  expect((await pages.next()).value).toMatchObject([{ email: 'info@åkeri.example' }])
})

it.each([
  [0, [0]],
  [3, [3]],
  [4, [4, 0]],
  [9, [4, 4, 1]],
])('reads %i recipients in pages of %j, each after the last one of the page before', async (count, sizes) => {
  const rows = Array.from({ length: count }, (_, index) => row(index))
  const asked: number[] = []
  const readReceipt: Store['readReceipt'] = async ({ after, limit }) => {
    const start = after === null ? 0 : after.batchNumber * 2 + after.position + 1
    const page = rows.slice(start, start + limit)
    asked.push(page.length)
    return page
  }
  const emails: string[] = []
  for await (const page of readRecipients({ store: { readReceipt }, campaignId: '1', pageSize: 4 }))
    emails.push(...page.map(({ email }) => email))
  expect([emails, asked]).toEqual([rows.map(({ email }) => email), sizes])
})

it('lets others have their turn between two pages', async () => {
  const turns: string[] = []
  const readReceipt: Store['readReceipt'] = async ({ after }) => {
    turns.push('page')
    setImmediate(() => turns.push('another'))
    return after === null || after.batchNumber < 4 ? [row(after ? after.batchNumber * 2 + 2 : 0)] : []
  }
  for await (const _ of readRecipients({ store: { readReceipt }, campaignId: '1', pageSize: 1 }));
  expect(turns.slice(0, 4)).toEqual(['page', 'another', 'page', 'another'])
})
