import type { Recipient } from '../../../src/collections/Campaigns/endpoints/receipt/recipient.ts'

/** Somebody who got the mail; what is named differs. */
export const recipient = (more: Partial<Recipient> = {}): Recipient => ({
  email: 'ada@example.com',
  name: 'Ada Åberg',
  locale: 'sv',
  status: 'submitted',
  reason: null,
  detail: null,
  providerId: 're_1',
  settledAt: '2026-11-25T10:00:00.000Z',
  batch: 0,
  ...{ deliveredAt: null, delayedAt: null, bouncedAt: null, complainedAt: null, failedAt: null },
  ...more,
})

export async function* pagesOf(...pages: Recipient[][]): AsyncGenerator<Recipient[]> {
  yield* pages
}

export async function textOf(texts: AsyncIterable<string>): Promise<string> {
  let all = ''
  for await (const text of texts) all += text
  return all
}
