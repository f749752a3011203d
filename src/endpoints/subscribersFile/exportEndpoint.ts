import type { Endpoint } from 'payload'
import { requireEditor } from '../../access/requireEditor.ts'
import { readSeparator } from '../readSeparator.ts'
import { streamText } from '../streamText.ts'
import { depsOf, subscriberListOf } from '../../deps.ts'
import { exportSubscribers } from '../../subscribers/exportSubscribers.ts'
import { refusal } from '../../refusals/refusal.ts'

/**
 * `GET /api/subscribers/export?status=all|active&separator=comma|semicolon` by an editor -> the subscribers as CSV (UTF-8),
 * streamed, as the import takes it; about the separator see readSeparator. 400 for another status or separator; 401, 403.
 */
export const exportEndpoint: Endpoint = {
  path: '/export',
  method: 'get',
  handler: async (req) => {
    requireEditor(req)
    const { status = 'all' } = req.query
    if (status !== 'all' && status !== 'active')
      throw refusal({
        req,
        code: 'parameter_invalid',
        status: 400,
        text: { en: 'status: active or all.', sv: 'status: active eller all.' },
      })
    const separator = readSeparator(req)
    const { clock, log } = depsOf(req.payload)
    const body = await streamText({
      texts: exportSubscribers({ list: subscriberListOf(req.payload), status, separator }),
      onError: (error) => log('export.failed', { error: error instanceof Error ? error.name : 'unknown' }),
    })
    log('subscribers.exported', { by: String(req.user?.id), status })
    const day = clock.now().toISOString().slice(0, 10)
    return new Response(body, {
      headers: {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': `attachment; filename="subscribers-${day}.csv"`,
        'Cache-Control': 'no-store',
      },
    })
  },
}
