import type { Endpoint, PayloadRequest } from 'payload'
import { readRouteDocument } from '../../../endpoints/readRouteDocument.ts'
import { requireEditor } from '../../../access/requireEditor.ts'
import { depsOf } from '../../../deps.ts'
import type { Campaign } from '../../../payload-types.ts'
import { receiptCsv } from './receipt/receiptCsv.ts'
import { receiptJson } from './receipt/receiptJson.ts'
import { readRecipients } from './receipt/recipient.ts'
import { readSeparator } from '../../../endpoints/readSeparator.ts'
import { streamText } from '../../../endpoints/streamText.ts'
import { refusal } from '../../../refusals/refusal.ts'

/**
 * `GET /api/campaigns/:id/receipt` by an editor -> what became of each recipient, streamed: JSON {campaign, recipients,
 * totals}, or CSV with `?format=csv` or `Accept: text/csv` (about `&separator=` see readSeparator). 400 for another format; 401, 403,
 * 404.
 */
export const receiptEndpoint: Endpoint = {
  path: '/:id/receipt',
  method: 'get',
  handler: async (req) => {
    requireEditor(req)
    const format = wantedFormat(req)
    const separator = readSeparator(req)
    const campaign = await readRouteDocument(req, { collection: 'campaigns' })
    const { store, log } = depsOf(req.payload)
    const campaignId = String(campaign.id)
    const pages = readRecipients({ store, campaignId })
    const body = await streamText({
      texts: format === 'csv' ? receiptCsv({ pages, separator }) : receiptJson({ campaign, pages }),
      onError: (error) => log('receipt.failed', { campaign: campaignId, error: nameOf(error) }),
    })
    return new Response(body, {
      headers: {
        'Content-Type': TYPES[format],
        'Content-Disposition': `attachment; filename="${receiptName(campaign)}.${format}"`,
        'Cache-Control': 'no-store',
      },
    })
  },
}

type Format = 'csv' | 'json'

const TYPES: Record<Format, string> = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
}

function wantedFormat(req: PayloadRequest): Format {
  const { format } = req.query
  if (format === 'csv' || format === 'json') return format
  if (format !== undefined)
    throw refusal({
      req,
      code: 'parameter_invalid',
      status: 400,
      text: { en: 'format: csv or json.', sv: 'format: csv eller json.' },
    })
  return /\btext\/csv\b/i.test(req.headers.get('Accept') ?? '') ? 'csv' : 'json'
}

/** Such as `receipt-12-ett-ar-utan-chefer`: the subject in letters that every system takes in a file's name. */
export function receiptName({ id, subject }: Pick<Campaign, 'id' | 'subject'>): string {
  const words = (subject ?? '')
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-|-$/g, '')
  return ['receipt', id, words].filter((part) => part !== '').join('-')
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown')
