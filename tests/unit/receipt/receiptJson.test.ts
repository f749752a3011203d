import { describe, expect, it } from '@jest/globals'
import {
  receiptJson,
  type ReceiptCampaign,
} from '../../../src/collections/Campaigns/endpoints/receipt/receiptJson.ts'
import { pagesOf, recipient, textOf } from './recipients.ts'

const campaign: ReceiptCampaign = { id: 7, subject: 'Om ansvar', status: 'submitting', article: 3 }

const read = async (...pages: Parameters<typeof pagesOf>) =>
  JSON.parse(await textOf(receiptJson({ campaign, pages: pagesOf(...pages) }))) as unknown

const shown = {
  id: 7,
  subject: 'Om ansvar',
  status: 'submitting',
  article: 3,
  startedAt: null,
  finishedAt: null,
  moves: [],
}

describe('a receipt as JSON', () => {
  it('tells of the campaign, of each recipient, and how many there are of each kind', async () => {
    const refused = recipient({ status: 'rejected', reason: 'validation_error', providerId: null })
    const waiting = recipient({ status: 'pending', settledAt: null, batch: 1 })
    expect(await read([recipient(), refused], [waiting])).toEqual({
      campaign: shown,
      recipients: [recipient(), refused, waiting],
      totals: { recipients: 3, submitted: 1, rejected: 1, excluded: 0, uncertain: 0, pending: 1 },
    })
  })

  it('is whole also when there is nobody', async () => {
    expect(await read()).toEqual({
      campaign: shown,
      recipients: [],
      totals: { recipients: 0, submitted: 0, rejected: 0, excluded: 0, uncertain: 0, pending: 0 },
    })
  })
})
